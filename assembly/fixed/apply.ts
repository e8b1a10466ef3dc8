/**
 * One entry for every fixed-point operation, by number: what the conformance vectors and a host's arithmetic go through.
 * Operands and result lie in static slots of 128 bits, two's complement, sign- or zero-extended where the value is
 * shorter; slot 0 is the result.
 */
import { ERROR_FIELD, ERROR_OPERATION } from "../contract";
import { fail } from "../trap";
import { apply64 } from "./apply64";
import { apply128, UNKNOWN } from "./apply128";
import {
  FIXED_SLOT_BYTES,
  FIXED_SLOTS,
  FORMAT_I32F32,
  FORMAT_I64F64,
  FORMAT_I96F32,
  FORMAT_U64F64,
  FORMAT_U96F32,
} from "./contract";

const slots = memory.data(FIXED_SLOTS * FIXED_SLOT_BYTES, 16);

/** Address of the FIXED_SLOTS slots of FIXED_SLOT_BYTES bytes. */
export function fixedSlots(): usize {
  return slots;
}

/**
 * Applies `operation` (OPERATION_*) of `format` (FORMAT_*) to slots 1, 2, … and leaves the result in slot 0; returns
 * FIXED_OK, FIXED_NONE, FIXED_ERROR or FIXED_PANIC, the result being meaningful only after FIXED_OK. A format that does not exist traps with
 * ERROR_FIELD and itself, an operation it does not have with ERROR_OPERATION and the operation.
 */
export function fixedApply(format: i32, operation: i32): i32 {
  let status = UNKNOWN;
  if (format === FORMAT_I32F32) status = apply64(slots, operation);
  else if (format === FORMAT_I64F64) status = apply128(slots, operation, 64, true);
  else if (format === FORMAT_I96F32) status = apply128(slots, operation, 32, true);
  else if (format === FORMAT_U64F64) status = apply128(slots, operation, 64, false);
  else if (format === FORMAT_U96F32) status = apply128(slots, operation, 32, false);
  else fail(ERROR_FIELD, <u64>format);
  if (status === UNKNOWN) fail(ERROR_OPERATION, <u64>operation);
  return status;
}
