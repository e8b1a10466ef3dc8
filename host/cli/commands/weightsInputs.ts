/** Where `yuma weights` takes its inputs from: a file, or, with --netuid, a node. */
import { STATE_FIELDS } from "../../api/weights/state.js";
import { YumaError } from "../../errors.js";
import { fieldSpelt } from "../../marshal/snapshot.js";
import { record } from "../../marshal/values.js";
import type { SnapshotSource } from "../../types.js";
import { readJson } from "../io.js";
import type { NetworkOptions } from "./chain/options.js";
import { assigned } from "./weightsArguments.js";

/** Options that say where inputs are and whose weights they are. */
export interface InputOptions extends NetworkOptions {
  readonly uid?: number;
  readonly hotkey?: string;
  readonly netuid?: number;
  readonly mechid?: number;
  readonly block?: number;
  readonly assumeSpec?: number;
  readonly set?: readonly string[];
}

/** What is wanted: the state a call meets, or the epoch to come. */
export type Wanted = "state" | "nextEpoch";

/** Whether a field of this name is read for it. */
const READS: { readonly [W in Wanted]: (field: string) => boolean } = {
  state: (field) => STATE_FIELDS.includes(field),
  nextEpoch: (field) => fieldSpelt(field) === field,
};

/** Inputs as a document, and the validator's uid: null for a hotkey that has none. */
export interface Inputs {
  readonly fields: Record<string, unknown>;
  readonly uid: number | null;
  /** The hotkey's bytes as hex, where known. */
  readonly hotkey: string | undefined;
  /** Where a node was asked: which, and after which block. */
  readonly source?: SnapshotSource;
}

/** What the file or the node says, with what --set sets over it. Throws USAGE, and what reading either throws. */
export async function inputsOf(file: string | undefined, options: InputOptions, wanted: Wanted): Promise<Inputs> {
  if ((file === undefined) === (options.netuid === undefined)) {
    throw usage("Give either a file or --netuid, for a node to be asked.", "--netuid");
  }
  const set = assigned(options.set ?? [], READS[wanted]);
  if (file === undefined) {
    const live = await (await import("./chain/weights.js")).liveInputs(options, wanted);
    return { ...live, fields: { ...live.fields, ...set } };
  }
  if (options.uid === undefined) throw usage("Whose weights? Give --uid.", "--uid");
  const fields = { ...record("A state", await readJson(file)), ...set };
  return { fields, uid: options.uid, hotkey: await hotkeyBeside(fields, options.uid, options.hotkey) };
}

/** The hotkey given, or the uid's in the file where that is hex. */
async function hotkeyBeside(fields: Record<string, unknown>, uid: number, given: string | undefined) {
  if (given !== undefined) return (await import("../../chain/account.js")).readAccount("hotkey", given);
  const listed = Array.isArray(fields.hotkeys) ? (fields.hotkeys[uid] as unknown) : undefined;
  return typeof listed === "string" && listed.startsWith("0x") ? listed : undefined;
}

/** A mistake on the command line. */
export function usage(text: string, option: string): YumaError {
  return new YumaError("USAGE", text, { option });
}
