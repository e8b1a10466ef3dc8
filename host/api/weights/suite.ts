/** The weights suite of the published vectors: one operation a line. */
import type { Kernel } from "../../load/kernel.js";
import { beginBits, beginRow, rowBits, rowResult } from "../../marshal/row.js";
import { i64, present, record, refuse, u16 } from "../../marshal/values.js";
import { commitPayload, hashOf, hexOf, type IndexedCommit } from "./commitHash.js";
import { list, u16List } from "./fields.js";

type Operation = (kernel: Kernel, fields: Record<string, unknown>) => object;

/** MaxWeightsLimit, a constant. */
const LIMIT = 65535;

const need = <T>(fields: Record<string, unknown>, name: string, read: (where: string, value: unknown) => T): T =>
  read(name, present(name, fields[name]));

const OPERATIONS: Readonly<Record<string, Operation>> = {
  max_upscale(kernel, fields) {
    const values = need(fields, "values", u16List);
    beginRow(kernel, [], values);
    kernel.exports.rowUpscale();
    return { values: rowResult(kernel, values.length) };
  },
  max_upscale_fixed(kernel, fields) {
    const bits = need(fields, "values", (where, value) => list(where, value, i64));
    beginBits(kernel, bits);
    kernel.exports.rowUpscaleBits();
    return { values: rowResult(kernel, bits.length) };
  },
  max_limited(kernel, fields) {
    const limit = need(fields, "limit", u16);
    beginRow(kernel, [], need(fields, "values", u16List));
    return { ok: kernel.exports.rowWithinLimit(limit) !== 0 };
  },
  normalize(kernel, fields) {
    const values = need(fields, "values", u16List);
    beginRow(kernel, [], values);
    kernel.exports.rowNormalise();
    kernel.exports.rowNormaliseWhole();
    return { bits: rowBits(kernel, values.length), u16: rowResult(kernel, values.length) };
  },
  rules(kernel, fields) {
    const uid = need(fields, "uid", u16);
    const shape = [
      need(fields, "n", u16),
      need(fields, "minAllowedWeights", u16),
      need(fields, "netuid", u16),
    ] as const;
    beginRow(kernel, need(fields, "uids", u16List), need(fields, "values", u16List));
    const { exports } = kernel;
    const selfWeight = exports.rowIsSelf(uid) !== 0;
    return {
      selfWeight,
      lengthOk: exports.rowIsLongEnough(uid, ...shape) !== 0,
      duplicateUids: exports.rowRepeats() !== 0,
      maxWeightOk: selfWeight || exports.rowWithinLimit(LIMIT) !== 0,
    };
  },
  commit_hash(_kernel, fields) {
    const payload = commitPayload(fields as unknown as IndexedCommit);
    return { hash: hashOf(payload), payload: hexOf(payload) };
  },
};

/** Answers one case of the suite. Throws MISSING_FIELD, BAD_VALUE, TOO_LARGE. */
export function weightsCase(kernel: Kernel, input: unknown): object {
  const fields = record("A case", input);
  const { name } = fields;
  const op = present("op", fields.op);
  const run = typeof op === "string" && Object.hasOwn(OPERATIONS, op) ? OPERATIONS[op] : undefined;
  if (run === undefined) return refuse("op", `one of ${Object.keys(OPERATIONS).join(", ")}`, op);
  return { ...(name === undefined ? {} : { name }), op, ...run(kernel, fields) };
}
