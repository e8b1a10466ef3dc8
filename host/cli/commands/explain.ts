/** `yuma explain`: why one uid's numbers are what they are. */
import { explainEpoch } from "../../api/explain/explain.js";
import { inlinedModule } from "../../load/inlined.js";
import { instantiate } from "../../load/kernel.js";
import type { EpochSnapshot } from "../../types.js";
import { document, EXIT, print, readJson } from "../io.js";
import { renderExplanation } from "../render/explanation.js";

const ROWS_SHOWN = 10;

/** Options of the verb. */
export interface ExplainOptions {
  readonly uid: number;
  readonly json?: boolean;
  readonly jsonOutput?: boolean;
  readonly all?: boolean;
}

/** Reads a snapshot, prints the explanation of one uid. */
export async function explain(file: string, options: ExplainOptions): Promise<number> {
  const snapshot = (await readJson(file)) as EpochSnapshot;
  const explanation = explainEpoch(instantiate(inlinedModule()), snapshot, options.uid);
  if (options.json || options.jsonOutput) {
    await print(document(explanation));
    return EXIT.ok;
  }
  const rows = options.all ? Number.POSITIVE_INFINITY : ROWS_SHOWN;
  await print(renderExplanation(explanation, { rows, steps: true, more: "--all" }));
  return EXIT.ok;
}
