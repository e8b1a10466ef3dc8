/**
 * What both sides agree on about a row of weights on its way into storage. Plain numbers only, read by both compilers.
 */

// A row of weights, addressed by `rowArray(id)` after `rowBegin(uids, values)` ---------------------------------------------
/** u16 a uid named: the call's uids. */
export const ROW_UIDS = 0;
/** u16 a value: the call's values. */
export const ROW_VALUES = 1;
/** I32F32 a value: input of `rowUpscaleBits`, output of `rowNormalise`. */
export const ROW_BITS = 2;
/** u16 a value: output of `rowUpscale`, `rowUpscaleBits` and `rowNormaliseWhole`. */
export const ROW_RESULT = 3;
export const ROW_ARRAYS = 4;

/** A row names more uids or values than a subnet has at most. */
export const ERROR_ROW_LENGTH = 30;
