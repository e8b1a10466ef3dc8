/** The row as the chain stores it. */
import { MAX_UIDS } from "../../../assembly/contract.js";
import { shown, YumaError } from "../../errors.js";
import type { Kernel } from "../../load/kernel.js";
import { beginRow, rowResult } from "../../marshal/row.js";
import { u16List } from "./fields.js";

/**
 * The row a call stores: (uid, value) in the caller's order, zeros kept, values max-upscaled: with M the largest, round(v ·
 * ⌊65535 / M⌋) for M > 32768 and round(v · 65535 / M) below, quotients in I32F32, halves up; all zeros stay.
 *
 * Throws BAD_VALUE, BAD_LENGTH for unequal lists, DUPLICATE_UID, TOO_LARGE for more than 4096 entries.
 * Source: subtensor subnets/weights.rs `internal_set_weights`, epoch/math.rs `vec_u16_max_upscale_to_u16`.
 */
export function storedRow(
  kernel: Kernel,
  uids: readonly number[],
  values: readonly number[],
): [uid: number, value: number][] {
  const row = checkRow(uids, values);
  beginRow(kernel, row.uids, row.values);
  if (kernel.exports.rowRepeats() !== 0) throw duplicate(row.uids);
  return upscaledRow(kernel, row.uids, row.values);
}

/** The same of lists that are known to be a row. */
export function upscaledRow(
  kernel: Kernel,
  uids: readonly number[],
  values: readonly number[],
): [uid: number, value: number][] {
  beginRow(kernel, uids, values);
  kernel.exports.rowUpscale();
  const upscaled = rowResult(kernel, values.length);
  return uids.map((uid, i) => [uid, upscaled[i] ?? 0]);
}

function checkRow(uids: unknown, values: unknown): { uids: number[]; values: number[] } {
  const row = { uids: u16List("uids", uids), values: u16List("values", values) };
  if (row.uids.length !== row.values.length) {
    const text = `There must be as many values as uids, ${row.uids.length}, not ${row.values.length}.`;
    throw new YumaError("BAD_LENGTH", text, {
      field: "values",
      expected: row.uids.length,
      length: row.values.length,
    });
  }
  if (row.uids.length > MAX_UIDS) {
    const text = `A row has at most ${MAX_UIDS} entries, not ${row.uids.length}.`;
    throw new YumaError("TOO_LARGE", text, { field: "uids", entries: row.uids.length });
  }
  return row;
}

function duplicate(uids: readonly number[]): YumaError {
  const uid = uids.find((each, i) => uids.indexOf(each) < i);
  return new YumaError("DUPLICATE_UID", `uids names uid ${shown(uid)} twice.`, { field: "uids", uid });
}
