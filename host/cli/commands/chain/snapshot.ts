/** `yuma snapshot`: the inputs of an epoch off a node, in the format `yuma epoch` reads. */
import { epochSnapshot } from "../../../chain/index.js";
import { toJson } from "../../../json.js";
import { EXIT, print, writeText } from "../../io.js";
import { progressBar } from "../../progress.js";
import { type NetworkOptions, needNetuid, withClient } from "./options.js";

/** Options of the verb. */
export interface SnapshotOptions extends NetworkOptions {
  readonly netuid?: number;
  readonly block?: number;
  readonly assumeSpec?: number;
  readonly out: string;
}

/** Reads the inputs of an epoch and writes them. */
export async function snapshot(options: SnapshotOptions): Promise<number> {
  const { block, assumeSpec, out } = options;
  const progress = progressBar();
  try {
    const text = await withClient(options, async (client) => {
      const settings = { block, assumeSpec, onProgress: progress.show };
      return toJson(await epochSnapshot(client, needNetuid(options.netuid), settings));
    });
    progress.end();
    await (out === "-" ? print(text) : writeText(out, text));
    return EXIT.ok;
  } finally {
    progress.end();
  }
}
