/**
 * The operations of the 128-bit formats by number (contract.ts, OPERATION_*), on slots of 16 bytes: 0 the result, 1 and 2
 * the operands.
 */
import * as cast from "./cast";
import * as contract from "./contract";
import * as exp128 from "./exp128";
import * as fixed128 from "./fixed128";
import * as int128 from "./int128";
import * as log128 from "./log128";
import * as power128 from "./power128";
import * as u64f64 from "./u64f64";

/** Not a status: the operation does not exist here. */
export const UNKNOWN: i32 = -1;

const OK: i32 = contract.FIXED_OK;

/** Applies `operation` of the format (fraction, signed); UNKNOWN if there is none. */
export function apply128(slots: usize, operation: i32, fraction: i32, signed: bool): i32 {
  if (operation <= contract.OPERATION_SAFE_DIV) return arithmetic(slots, operation, fraction, signed);
  if (operation <= contract.OPERATION_FROM_F64) return rounding(slots, operation, fraction, signed);
  if (operation < contract.OPERATION_EXP) return conversion(slots, operation, fraction, signed);
  return transcendental(slots, operation, fraction, signed);
}

function arithmetic(out: usize, operation: i32, fraction: i32, signed: bool): i32 {
  const a = out + 16;
  const b = out + 32;
  switch (operation) {
    case contract.OPERATION_ADD:
      fixed128.add(out, a, b, signed);
      return OK;
    case contract.OPERATION_SUB:
      fixed128.sub(out, a, b, signed);
      return OK;
    case contract.OPERATION_MUL:
      fixed128.mul(out, a, b, fraction, signed);
      return OK;
    case contract.OPERATION_DIV:
      if (int128.isZero(b)) return contract.FIXED_PANIC;
      fixed128.div(out, a, b, fraction, signed);
      return OK;
    case contract.OPERATION_CHECKED_ADD:
      return orNone(fixed128.checkedAdd(out, a, b, signed));
    case contract.OPERATION_CHECKED_SUB:
      return orNone(fixed128.checkedSub(out, a, b, signed));
    case contract.OPERATION_CHECKED_MUL:
      return orNone(fixed128.checkedMul(out, a, b, fraction, signed));
    case contract.OPERATION_CHECKED_DIV:
      return orNone(fixed128.checkedDiv(out, a, b, fraction, signed));
    case contract.OPERATION_WRAPPING_ADD:
      fixed128.wrappingAdd(out, a, b, signed);
      return OK;
    case contract.OPERATION_WRAPPING_SUB:
      fixed128.wrappingSub(out, a, b, signed);
      return OK;
    case contract.OPERATION_WRAPPING_MUL:
      fixed128.wrappingMul(out, a, b, fraction, signed);
      return OK;
    case contract.OPERATION_SAFE_DIV:
      fixed128.safeDiv(out, a, b, fraction, signed);
      return OK;
    default:
      return UNKNOWN;
  }
}

function rounding(out: usize, operation: i32, fraction: i32, signed: bool): i32 {
  const a = out + 16;
  switch (operation) {
    case contract.OPERATION_FLOOR:
    case contract.OPERATION_INT:
      cast.floor(out, a, fraction);
      return OK;
    case contract.OPERATION_ROUND:
      cast.round(out, a, fraction, signed);
      return OK;
    case contract.OPERATION_FRAC:
      cast.frac(out, a, fraction);
      return OK;
    case contract.OPERATION_TO_U16:
      return unsignedAnswer(out, <u64>cast.toU16(a, fraction, signed));
    case contract.OPERATION_TO_U64:
      return unsignedAnswer(out, cast.toU64(a, fraction, signed));
    case contract.OPERATION_TO_I64:
      return signedAnswer(out, cast.toI64(a, fraction, signed));
    case contract.OPERATION_FROM_U64:
      cast.fromU64(out, load<u64>(a), fraction, signed);
      return OK;
    case contract.OPERATION_FROM_I64:
      cast.fromI64(out, load<i64>(a), fraction, signed);
      return OK;
    case contract.OPERATION_FROM_F64:
      return cast.fromF64(out, load<u64>(a), fraction, signed) ? OK : contract.FIXED_PANIC;
    default:
      return UNKNOWN;
  }
}

function conversion(out: usize, operation: i32, fraction: i32, signed: bool): i32 {
  const a = out + 16;
  switch (operation - contract.OPERATION_CONVERT) {
    case contract.FORMAT_I32F32:
      return signedAnswer(out, cast.toI32F32(a, fraction, signed));
    case contract.FORMAT_I64F64:
      cast.convert(out, a, fraction, signed, 64, true);
      return OK;
    case contract.FORMAT_I96F32:
      cast.convert(out, a, fraction, signed, 32, true);
      return OK;
    case contract.FORMAT_U64F64:
      cast.convert(out, a, fraction, signed, 64, false);
      return OK;
    default:
      cast.convert(out, a, fraction, signed, 32, false);
      return OK;
  }
}

function transcendental(out: usize, operation: i32, fraction: i32, signed: bool): i32 {
  const a = out + 16;
  const b = out + 32;
  switch (operation) {
    case contract.OPERATION_EXP:
      return signed ? orError(exp128.exp(out, a, fraction)) : UNKNOWN;
    case contract.OPERATION_LN:
      return signed ? orError(log128.ln(out, a, fraction)) : UNKNOWN;
    case contract.OPERATION_LOG2:
      return signed ? orError(log128.log2(out, a, fraction)) : UNKNOWN;
    case contract.OPERATION_SQRT:
      return orError(power128.sqrt(out, a, fraction, signed));
    case contract.OPERATION_CHECKED_SQRT:
      return orNone(power128.checkedSqrt(out, a, b, fraction, signed));
    case contract.OPERATION_CHECKED_POW:
      return orNone(power128.checkedPow(out, a, load<i32>(b), fraction, signed));
    case contract.OPERATION_SAFE_POW:
      if (signed || fraction !== 64) return UNKNOWN;
      u64f64.safePow(out, a, b);
      return OK;
    default:
      return UNKNOWN;
  }
}

/** The status of a checked operation. */
export function orNone(fits: bool): i32 {
  return fits ? OK : contract.FIXED_NONE;
}

/** The status of a function that may be undefined. */
export function orError(defined: bool): i32 {
  return defined ? OK : contract.FIXED_ERROR;
}

/** Leaves x in the slot, zero-extended. */
export function unsignedAnswer(out: usize, x: u64): i32 {
  int128.set(out, x, 0);
  return OK;
}

/** Leaves x in the slot, sign-extended. */
export function signedAnswer(out: usize, x: i64): i32 {
  int128.set(out, <u64>x, <u64>(x >> 63));
  return OK;
}
