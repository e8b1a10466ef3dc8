/**
 * The ABI of shares. SafeFloats lie in static slots of SHARE_SLOT_BYTES: fill the operands, call, read the result. An operand
 * that is not in normal form traps with ERROR_FIELD and its slot; SHARE_OPERATION_NEW makes a normal form.
 */
import { ERROR_FIELD, ERROR_OPERATION } from "../contract";
import { check } from "../trap";
import {
  SHARE_OPERATION_ADD,
  SHARE_OPERATION_DIV,
  SHARE_OPERATION_FROM_U64F64,
  SHARE_OPERATION_MUL_DIV,
  SHARE_OPERATION_NEW,
  SHARE_OPERATION_SUB,
  SHARE_OPERATIONS,
  SHARE_SLOT_A,
  SHARE_SLOT_B,
  SHARE_SLOT_BYTES,
  SHARE_SLOT_C,
  SHARE_SLOT_DENOMINATOR,
  SHARE_SLOT_MEMBER,
  SHARE_SLOT_RESULT,
  SHARE_SLOTS,
} from "./contract";
import * as safeFloat from "./safeFloat";
import * as sharePool from "./sharePool";

const slots = memory.data(SHARE_SLOTS * SHARE_SLOT_BYTES, 16);

/** Address of the SHARE_SLOTS slots. */
export function shareSlots(): usize {
  return slots;
}

/** Applies SHARE_OPERATION_* to A, B, C; 1 with the result in its slot, or 0 where there is none. */
export function safeFloatApply(operation: i32): i32 {
  check(operation >= 0 && operation < SHARE_OPERATIONS, ERROR_OPERATION, <u64>operation);
  const out = slot(SHARE_SLOT_RESULT);
  const a = slot(SHARE_SLOT_A);
  if (operation === SHARE_OPERATION_NEW) return i32(safeFloat.create(out, a, load<i64>(a, 16)));
  if (operation === SHARE_OPERATION_FROM_U64F64) {
    safeFloat.fromU64F64(out, a);
    return 1;
  }
  normal(SHARE_SLOT_A);
  const b = normal(SHARE_SLOT_B);
  if (operation === SHARE_OPERATION_ADD) return i32(safeFloat.add(out, a, b));
  if (operation === SHARE_OPERATION_SUB) return i32(safeFloat.sub(out, a, b));
  if (operation === SHARE_OPERATION_DIV) return i32(safeFloat.div(out, a, b));
  check(operation === SHARE_OPERATION_MUL_DIV, ERROR_OPERATION, <u64>operation);
  return i32(safeFloat.mulDiv(out, a, b, normal(SHARE_SLOT_C)));
}

/** Whether A > B, as 1 or 0. */
export function safeFloatGreater(): i32 {
  return i32(safeFloat.greater(normal(SHARE_SLOT_A), normal(SHARE_SLOT_B)));
}

/** A floored and saturated to u64. */
export function safeFloatToU64(): u64 {
  return safeFloat.toU64(normal(SHARE_SLOT_A));
}

/** The member's part of the shared value, in rao. */
export function sharePoolValue(sharedValueRao: u64): u64 {
  return sharePool.memberValue(sharedValueRao, normal(SHARE_SLOT_DENOMINATOR), normal(SHARE_SLOT_MEMBER));
}

/** Whether the pool could represent a change of one member's value, as 1 or 0. */
export function sharePoolCanRepresent(sharedValueRao: u64, changeRao: i64): i32 {
  return i32(sharePool.canRepresent(sharedValueRao, normal(SHARE_SLOT_DENOMINATOR), changeRao));
}

/** Changes everybody's value; returns the new shared value. The slots are not touched. */
export function sharePoolChangeAll(sharedValueRao: u64, changeRao: i64): u64 {
  return sharePool.changeAll(sharedValueRao, changeRao);
}

/** Changes the member's value: denominator and member's shares in their slots; returns the new shared value. */
export function sharePoolChangeOne(sharedValueRao: u64, changeRao: i64): u64 {
  const denominator = normal(SHARE_SLOT_DENOMINATOR);
  return sharePool.changeOne(sharedValueRao, denominator, normal(SHARE_SLOT_MEMBER), changeRao);
}

function slot(number: i32): usize {
  return slots + <usize>(number * SHARE_SLOT_BYTES);
}

/** The slot's address, once what is in it is known to be in normal form. */
function normal(number: i32): usize {
  check(safeFloat.isNormal(slot(number)), ERROR_FIELD, <u64>number);
  return slot(number);
}
