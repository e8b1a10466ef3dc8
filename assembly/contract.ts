/**
 * What both sides of the boundary agree on: one file, compiled by AssemblyScript into the kernel and by TypeScript into
 * the host. Plain numbers only, so that both compilers read it.
 */

/** Changes whenever an export, a layout or a code below changes meaning. */
export const ABI_VERSION = 1;

// Limits -------------------------------------------------------------------------------------------------------------

/** Most uids in a subnet. */
export const MAX_UIDS = 4096;
/** Most stored pairs in one matrix (weights or bonds). */
export const MAX_ENTRIES = 16777216;
/** Most mechanisms in a subnet. */
export const MAX_MECHANISMS = 16;

// Error codes, read from the global `errorCode` after a trap ------------------------------------------------------------

export const ERROR_INTERNAL = 1;
export const ERROR_MEMORY = 2;
export const ERROR_UIDS = 3;
export const ERROR_ENTRIES = 4;
export const ERROR_ROWS = 5;
export const ERROR_OWNER = 6;
export const ERROR_FIELD = 7;
export const ERROR_STATE = 8;
export const ERROR_OPERATION = 9;
export const ERROR_RULES = 10;
export const ERROR_MECHANISMS = 11;

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
