/**
 * The operations of I32F32 by number (contract.ts, OPERATION_*), on slots of 16 bytes: 0 the result, 1 and 2 the operands.
 */
import { orError, orNone, signedAnswer, UNKNOWN, unsignedAnswer } from "./apply128";
import * as cast from "./cast";
import * as contract from "./contract";
import * as i32f32 from "./i32f32";

/** Applies `operation`; UNKNOWN if there is none. */
export function apply64(slots: usize, operation: i32): i32 {
  const a = load<i64>(slots, 16);
  const b = load<i64>(slots, 32);
  if (operation <= contract.OPERATION_SAFE_DIV) return arithmetic(slots, operation, a, b);
  if (operation <= contract.OPERATION_FROM_F64) return rounding(slots, operation, a);
  if (operation < contract.OPERATION_EXP) return conversion(slots, operation - contract.OPERATION_CONVERT, a);
  return transcendental(slots, operation, a, b);
}

function arithmetic(out: usize, operation: i32, a: i64, b: i64): i32 {
  switch (operation) {
    case contract.OPERATION_ADD:
      return signedAnswer(out, i32f32.add(a, b));
    case contract.OPERATION_SUB:
      return signedAnswer(out, i32f32.sub(a, b));
    case contract.OPERATION_MUL:
      return signedAnswer(out, i32f32.mul(a, b));
    case contract.OPERATION_DIV:
      return b === 0 ? contract.FIXED_PANIC : signedAnswer(out, i32f32.div(a, b));
    case contract.OPERATION_CHECKED_ADD:
      return extended(out, orNone(i32f32.checkedAdd(out, a, b)));
    case contract.OPERATION_CHECKED_SUB:
      return extended(out, orNone(i32f32.checkedSub(out, a, b)));
    case contract.OPERATION_CHECKED_MUL:
      return extended(out, orNone(i32f32.checkedMul(out, a, b)));
    case contract.OPERATION_CHECKED_DIV:
      return extended(out, orNone(i32f32.checkedDiv(out, a, b)));
    case contract.OPERATION_WRAPPING_ADD:
      return signedAnswer(out, i32f32.wrappingAdd(a, b));
    case contract.OPERATION_WRAPPING_SUB:
      return signedAnswer(out, i32f32.wrappingSub(a, b));
    case contract.OPERATION_WRAPPING_MUL:
      return signedAnswer(out, i32f32.wrappingMul(a, b));
    case contract.OPERATION_SAFE_DIV:
      return signedAnswer(out, i32f32.safeDiv(a, b));
    default:
      return UNKNOWN;
  }
}

function rounding(out: usize, operation: i32, a: i64): i32 {
  switch (operation) {
    case contract.OPERATION_FLOOR:
      return signedAnswer(out, i32f32.floor(a));
    case contract.OPERATION_ROUND:
      return signedAnswer(out, i32f32.round(a));
    case contract.OPERATION_INT:
      return signedAnswer(out, i32f32.int(a));
    case contract.OPERATION_FRAC:
      return signedAnswer(out, i32f32.frac(a));
    case contract.OPERATION_TO_U16:
      return unsignedAnswer(out, <u64>i32f32.toU16(a));
    case contract.OPERATION_TO_U64:
      return unsignedAnswer(out, i32f32.toU64(a));
    case contract.OPERATION_TO_I64:
      return signedAnswer(out, i32f32.toI64(a));
    case contract.OPERATION_FROM_U64:
      return signedAnswer(out, i32f32.fromU64(<u64>a));
    case contract.OPERATION_FROM_I64:
      return signedAnswer(out, i32f32.fromI64(a));
    case contract.OPERATION_FROM_F64:
      return i32f32.fromF64(out, <u64>a) ? extended(out, contract.FIXED_OK) : contract.FIXED_PANIC;
    default:
      return UNKNOWN;
  }
}

function conversion(out: usize, format: i32, a: i64): i32 {
  switch (format) {
    case contract.FORMAT_I32F32:
      return signedAnswer(out, a);
    case contract.FORMAT_I64F64:
      cast.fromI32F32(out, a, 64, true);
      return contract.FIXED_OK;
    case contract.FORMAT_I96F32:
      cast.fromI32F32(out, a, 32, true);
      return contract.FIXED_OK;
    case contract.FORMAT_U64F64:
      cast.fromI32F32(out, a, 64, false);
      return contract.FIXED_OK;
    default:
      cast.fromI32F32(out, a, 32, false);
      return contract.FIXED_OK;
  }
}

function transcendental(out: usize, operation: i32, a: i64, b: i64): i32 {
  switch (operation) {
    case contract.OPERATION_EXP:
      return extended(out, orError(i32f32.exp(out, a)));
    case contract.OPERATION_LN:
      return extended(out, orError(i32f32.ln(out, a)));
    case contract.OPERATION_LOG2:
      return extended(out, orError(i32f32.log2(out, a)));
    case contract.OPERATION_SQRT:
      return extended(out, orError(i32f32.sqrt(out, a)));
    case contract.OPERATION_CHECKED_SQRT:
      return extended(out, orNone(i32f32.checkedSqrt(out, a, b)));
    case contract.OPERATION_CHECKED_POW:
      return extended(out, orNone(i32f32.checkedPow(out, a, <i32>b)));
    case contract.OPERATION_EXP_SAFE:
      return signedAnswer(out, i32f32.expSafe(a));
    case contract.OPERATION_SAFE_LN:
      return signedAnswer(out, i32f32.safeLn(a));
    default:
      return UNKNOWN;
  }
}

/** Sign-extends what an operation stored in the slot as 64 bits. */
function extended(out: usize, status: i32): i32 {
  signedAnswer(out, load<i64>(out));
  return status;
}
