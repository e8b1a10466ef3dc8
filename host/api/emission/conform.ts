/** The conformance suite of emission: each op of the published vectors by name. */
import { shown, YumaError } from "../../errors.js";
import type { Kernel } from "../../load/kernel.js";
import { record } from "../../marshal/values.js";
import { coinbaseOperations } from "./conformCoinbase.js";
import { dividendOperations } from "./conformDividends.js";

/** Answers one case: its fields in, the answer's fields out, without name and op. */
export type EmissionOperation = (kernel: Kernel, fields: Readonly<Record<string, unknown>>) => object;

/** The ops there are; each table is a file of its own. */
const OPERATIONS: Readonly<Record<string, EmissionOperation>> = { ...coinbaseOperations, ...dividendOperations };

/** The answer to one case of the suite. Throws BAD_OPERATION for an op there is not. */
export function conformEmission(kernel: Kernel, input: unknown): object {
  const fields = record("A case", input);
  const { name, op } = fields;
  const run = typeof op === "string" && Object.hasOwn(OPERATIONS, op) ? OPERATIONS[op] : undefined;
  if (run === undefined) {
    const text = `There is no emission op ${shown(op)}; there are ${Object.keys(OPERATIONS).join(", ")}.`;
    throw new YumaError("BAD_OPERATION", text, { op: shown(op) });
  }
  return { name, op, ...run(kernel, fields) };
}
