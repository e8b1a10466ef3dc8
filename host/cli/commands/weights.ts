/** `yuma weights`: what the chain would say to weights before they are sent, and what would follow. */
import type { Command } from "commander";
import { checkWeights } from "../../api/weights/checkWeights.js";
import { commitHash } from "../../api/weights/commitHash.js";
import { type RevealWindow, revealWindow } from "../../api/weights/schedule.js";
import type { EpochSchedule, WeightsCall, WeightsState, WeightsVerdict } from "../../api/weights/types.js";
import { whatIf } from "../../api/weights/whatIf.js";
import { YumaError } from "../../errors.js";
import { inlinedModule } from "../../load/inlined.js";
import { instantiate } from "../../load/kernel.js";
import { record } from "../../marshal/values.js";
import type { EpochSnapshot } from "../../types.js";
import { document, EXIT, print, readJson } from "../io.js";
import { jsonOptions, limitOf, type Run, uidOf } from "../options.js";
import { renderCommit, renderVerdict } from "../render/verdict.js";
import { renderWhatIf } from "../render/whatIf.js";
import { assigned, type GivenRow, numbersOf, rowOf } from "./weightsArguments.js";

/** Options of all three verbs. */
interface Options {
  readonly uid: number;
  readonly weights: string;
  readonly json?: boolean;
  readonly jsonOutput?: boolean;
  readonly set?: readonly string[];
}

interface CheckOptions extends Options {
  readonly versionKey?: string;
}

interface CommitOptions extends CheckOptions {
  readonly salt: string;
  readonly hotkey?: string;
}

interface WhatIfOptions extends Options {
  readonly at?: string;
  readonly limit: number;
}

const ROWS_SHOWN = 20;

/** Adds the verb and its three parts to the program. */
export function registerWeights(program: Command, run: Run): void {
  const verb = program.command("weights").description("what the chain would say to weights, and what would follow");
  const part = (name: string, description: string) =>
    jsonOptions(
      verb
        .command(name)
        .description(description)
        .argument("<file>", 'state or snapshot (JSON, may be gzipped), or "-" for standard input')
        .requiredOption("--uid <uid>", "the validator's uid", uidOf)
        .requiredOption("--weights <list>", "uid:value,… or a JSON file of pairs [uid, value]")
        .option("--set <field=value>", "a field of the state, over what the file says; may be repeated", collect),
    );
  part("check", "set_weights: accepted or the first failing rule, and the row as it is stored")
    .option("--version-key <key>", "default: the subnet's own")
    .action(run(check));
  part("commit", "commit_weights: the hash, whether the chain takes it, and when it may be revealed")
    .requiredOption("--salt <list>", "numbers of 16 bits: 1,2,3")
    .option("--hotkey <hex>", "0x and 64 hex digits; default: the uid's in the file, if given so")
    .option("--version-key <key>", "default: the subnet's own")
    .action(run(commit));
  part("whatif", "the next epoch with these weights against the one as things stand")
    .option("--at <block>", "the block they are set in; default: the one before the epoch")
    .option("--limit <rows>", "other uids to show", limitOf, ROWS_SHOWN)
    .action(run(whatIfVerb));
}

function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** What the file says, with what the options set over it. */
async function stateIn(file: string, options: Options): Promise<Record<string, unknown>> {
  return { ...record("A state", await readJson(file)), ...assigned(options.set ?? []) };
}

/** The version key given, or the subnet's own. */
function keyOf(state: Record<string, unknown>, { versionKey }: CheckOptions): string {
  return versionKey ?? String(state.weightsVersionKey ?? 0);
}

/** A refusal by the chain's rules is a result, told by the exit code 1. */
function codeOf({ accepted }: WeightsVerdict): number {
  return accepted ? EXIT.ok : EXIT.mismatch;
}

async function check(file: string, options: CheckOptions): Promise<number> {
  const state = await stateIn(file, options);
  const row = await rowOf(options.weights);
  const call: WeightsCall = { call: "setWeights", uid: options.uid, ...row, versionKey: keyOf(state, options) };
  const verdict = checkWeights(instantiate(inlinedModule()), state as unknown as WeightsState, call);
  await print(options.json || options.jsonOutput ? document({ call, ...verdict }) : renderVerdict(call, verdict));
  return codeOf(verdict);
}

async function commit(file: string, options: CommitOptions): Promise<number> {
  const state = await stateIn(file, options);
  const row = await rowOf(options.weights);
  const hash = hashIn(state, row, options);
  const call: WeightsCall = { call: "commitWeights", uid: options.uid, hash };
  const verdict = checkWeights(instantiate(inlinedModule()), state as unknown as WeightsState, call);
  const window: RevealWindow = revealWindow(state as unknown as EpochSchedule);
  const json = options.json || options.jsonOutput;
  await print(json ? document({ call, hash, window, ...verdict }) : renderCommit(call, hash, window, verdict));
  return codeOf(verdict);
}

function hashIn(state: Record<string, unknown>, row: GivenRow, options: CommitOptions): string {
  const source = (state.source ?? {}) as { netuid?: number; mechid?: number };
  const listed = Array.isArray(state.hotkeys) ? (state.hotkeys[options.uid] as unknown) : undefined;
  const hotkey = options.hotkey ?? (typeof listed === "string" && listed.startsWith("0x") ? listed : undefined);
  if (hotkey === undefined) {
    const text = "The hash needs the hotkey's 32 bytes: give --hotkey with 0x and 64 hex digits.";
    throw new YumaError("USAGE", text, { option: "--hotkey" });
  }
  return commitHash({
    hotkey,
    netuid: (state.netuid ?? source.netuid) as number,
    mechid: (state.mechid ?? source.mechid ?? 0) as number,
    ...row,
    salt: numbersOf("--salt", options.salt),
    versionKey: keyOf(state, options),
  });
}

async function whatIfVerb(file: string, options: WhatIfOptions): Promise<number> {
  const snapshot = (await stateIn(file, options)) as unknown as EpochSnapshot;
  const row = await rowOf(options.weights);
  const tried = options.at === undefined ? row : { ...row, block: options.at };
  const answer = whatIf(instantiate(inlinedModule()), snapshot, options.uid, tried);
  const json = options.json || options.jsonOutput;
  await print(json ? document(answer) : renderWhatIf(answer, snapshot.hotkeys ?? null, options.limit));
  return EXIT.ok;
}
