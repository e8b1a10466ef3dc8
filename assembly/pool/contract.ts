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

// The pool: slots of 16 bytes (u128, little-endian), addressed by `poolSlots()` ------------------------------------------------
export const POOL_SLOT_BYTES = 16;
export const POOL_SLOTS = 20;
/** x: alpha-rao, u64. */
export const POOL_ALPHA_RESERVE = 0;
/** y: rao, u64. */
export const POOL_TAO_RESERVE = 1;
/** q: parts of POOL_ONE, u64; the base weight is 1 − q. */
export const POOL_QUOTE_WEIGHT = 2;
/** Over 65535, u64; 0 drops fees. */
export const POOL_FEE_RATE = 3;
/** What the operation is about: rao or alpha-rao, u64. */
export const POOL_AMOUNT = 4;
/** Of an injection: the alpha beside the rao in POOL_AMOUNT, u64. */
export const POOL_ALPHA_AMOUNT = 5;
/** U64F64: the limit of a swap, the price a pool is initialised with, the price to be reached. */
export const POOL_PRICE_LIMIT = 6;
/** U64F64: the price now, where an operation is given one. */
export const POOL_PRICE_NOW = 7;
/** Answers: a u64, parts or U64F64, as the operation says; */
export const POOL_VALUE = 8;
/** … of a swap: net of the fee, */
export const POOL_PAID_IN = 9;
export const POOL_PAID_OUT = 10;
export const POOL_FEE = 11;
/** … the fee, or 0 where nothing was swapped, */
export const POOL_FEE_TO_AUTHOR = 12;
/** … U64F64, before, for the whole net amount with the limit ignored, and after. */
export const POOL_PRICE_BEFORE = 13;
export const POOL_PRICE_TARGET = 14;
export const POOL_PRICE_AFTER = 15;
/** Of `poolPower`: u128, u128, u64, u64; precision in bits and scale lie in POOL_FEE_RATE and POOL_AMOUNT. */
export const POWER_BASE_NUMERATOR = 16;
export const POWER_BASE_DENOMINATOR = 17;
export const POWER_EXPONENT_NUMERATOR = 18;
export const POWER_EXPONENT_DENOMINATOR = 19;

// Operations of `poolApply(operation)`, which answers POOL_OK or a refusal -------------------------------------------------------
/** → POOL_VALUE U64F64. */
export const POOL_OPERATION_PRICE = 0;
/** Rao in, alpha out: → POOL_PAID_IN … POOL_PRICE_AFTER. */
export const POOL_OPERATION_BUY = 1;
/** Alpha in, rao out. */
export const POOL_OPERATION_SELL = 2;
/** Price after the whole net amount, whatever the swap's checks say → POOL_VALUE U64F64. */
export const POOL_OPERATION_BUY_TARGET = 3;
export const POOL_OPERATION_SELL_TARGET = 4;
/** → POOL_VALUE parts. */
export const POOL_OPERATION_INJECT = 5;
/** With the price in POOL_PRICE_LIMIT → POOL_VALUE parts. */
export const POOL_OPERATION_INITIALISE = 6;
/** (y/(y+d))^(q/(1−q)) → POOL_VALUE U64F64. */
export const POOL_OPERATION_EXP_QUOTE_BASE = 7;
/** (x/(x+d))^((1−q)/q) → POOL_VALUE U64F64. */
export const POOL_OPERATION_EXP_BASE_QUOTE = 8;
/** Rao that moves the price from POOL_PRICE_NOW up to POOL_PRICE_LIMIT → POOL_VALUE u64. */
export const POOL_OPERATION_QUOTE_DELTA_IN = 9;
/** Alpha that moves it down. */
export const POOL_OPERATION_BASE_DELTA_IN = 10;
/** Alpha to sell for POOL_AMOUNT rao → POOL_VALUE u64. */
export const POOL_OPERATION_BASE_NEEDED = 11;
/** Alpha worth POOL_AMOUNT rao at the price now → POOL_VALUE u64. */
export const POOL_OPERATION_ALPHA_FOR_TAO = 12;
export const POOL_OPERATIONS = 13;

// What the chain refuses, in the order a swap asks -----------------------------------------------------------------------------
export const POOL_OK = 0;
/** A weight is outside [0.01, 0.99], or would be after the injection. */
export const POOL_INVALID_VALUE = 1;
/** More than 1000 times the input reserve. */
export const POOL_SWAP_INPUT_TOO_LARGE = 2;
/** Less than 1,000,000 in the output reserve, or nothing would come out. */
export const POOL_RESERVES_TOO_LOW = 3;
/** The price is at the limit or past it. */
export const POOL_PRICE_LIMIT_EXCEEDED = 4;
/** The weight that gives the price is outside [0.01, 0.99]. */
export const POOL_RESERVES_OUT_OF_BALANCE = 5;

// The power ----------------------------------------------------------------------------------------------------------------------
/** Most bits of precision of `poolPower`. */
export const MAX_POWER_PRECISION = 1024;
/** For `poolPower(path)`: as quick as may be, */
export const POWER_QUICK = 0;
/** … or roots written out in full, for comparison. */
export const POWER_WRITTEN_OUT = 1;

/** A slot holds more than its operand may; the value is the slot. */
export const ERROR_POOL_SLOT = 50;
