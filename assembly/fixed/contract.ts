/**
 * What both sides agree on about single fixed-point operations. Plain numbers only, read by both compilers.
 */

// Fixed point: the operands of `fixedApply(format, operation)` ----------------------------------------------------------
// Slots of 16 bytes (128-bit little-endian two's complement, also for the 64-bit format): 0 is the result, 1.. the operands.
export const FIXED_SLOT_BYTES = 16;
export const FIXED_SLOTS = 8;

export const FORMAT_I32F32 = 0;
export const FORMAT_I64F64 = 1;
export const FORMAT_I96F32 = 2;
export const FORMAT_U64F64 = 3;
export const FORMAT_U96F32 = 4;

export const FIXED_OK = 0;
/** A checked operation does not fit. */
export const FIXED_NONE = 1;
/** A transcendental function is undefined or overflows. */
export const FIXED_ERROR = 2;
/** Division by zero, where the original panics. */
export const FIXED_PANIC = 3;

// Operations of `fixedApply`: EXP, LN, LOG2 for signed formats, EXP_SAFE, SAFE_LN for I32F32, SAFE_POW for U64F64 only ----
export const OPERATION_ADD = 0;
export const OPERATION_SUB = 1;
export const OPERATION_MUL = 2;
export const OPERATION_DIV = 3;
export const OPERATION_CHECKED_ADD = 4;
export const OPERATION_CHECKED_SUB = 5;
export const OPERATION_CHECKED_MUL = 6;
export const OPERATION_CHECKED_DIV = 7;
export const OPERATION_WRAPPING_ADD = 8;
export const OPERATION_WRAPPING_SUB = 9;
export const OPERATION_WRAPPING_MUL = 10;
export const OPERATION_SAFE_DIV = 11;
export const OPERATION_FLOOR = 12;
export const OPERATION_ROUND = 13;
export const OPERATION_INT = 14;
export const OPERATION_FRAC = 15;
export const OPERATION_TO_U16 = 16;
export const OPERATION_TO_U64 = 17;
export const OPERATION_TO_I64 = 18;
export const OPERATION_FROM_U64 = 19;
export const OPERATION_FROM_I64 = 20;
/** The operand is the 64 bits of a double. */
export const OPERATION_FROM_F64 = 21;
/** To format f is OPERATION_CONVERT + f. */
export const OPERATION_CONVERT = 22;
export const OPERATION_EXP = 27;
export const OPERATION_LN = 28;
export const OPERATION_LOG2 = 29;
export const OPERATION_SQRT = 30;
export const OPERATION_CHECKED_SQRT = 31;
/** The second operand is an i32, sign-extended. */
export const OPERATION_CHECKED_POW = 32;
export const OPERATION_EXP_SAFE = 33;
export const OPERATION_SAFE_LN = 34;
export const OPERATION_SAFE_POW = 35;
