/**
 * What both sides of the boundary agree on about pools: plain numbers, compiled by AssemblyScript into the kernel and by
 * TypeScript into the host.
 */

// Shares: slots of 24 bytes, a u128 mantissa and an i64 exponent of ten, little-endian ---------------------------------
export const SHARE_SLOT_BYTES = 24;
export const SHARE_SLOTS = 4;
/** Of `safeFloatApply`: the result, then the operands. */
export const SHARE_SLOT_RESULT = 0;
export const SHARE_SLOT_A = 1;
export const SHARE_SLOT_B = 2;
export const SHARE_SLOT_C = 3;
/** Of `sharePool…`: all shares of a pool, and those of one member. */
export const SHARE_SLOT_DENOMINATOR = 1;
export const SHARE_SLOT_MEMBER = 2;

/** A brought to normal form. */
export const SHARE_OPERATION_NEW = 0;
export const SHARE_OPERATION_ADD = 1;
export const SHARE_OPERATION_SUB = 2;
export const SHARE_OPERATION_DIV = 3;
/** A·B/C. */
export const SHARE_OPERATION_MUL_DIV = 4;
/** The mantissa of A is the raw bits of a U64F64. */
export const SHARE_OPERATION_FROM_U64F64 = 5;
export const SHARE_OPERATIONS = 6;
