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
import type { EpochSnapshot } from "../../types.js";
import { document, EXIT, print } from "../io.js";
import { limitOf, type Run, uidOf, wholeOf } from "../options.js";
import { renderCommit, renderSource, renderVerdict } from "../render/verdict.js";
import { renderWhatIf } from "../render/whatIf.js";
import { assumeSpec, LAST_BLOCK, netuidOption, networkOptions } from "./chainVerbs.js";
import { type GivenRow, numbersOf, rowOf } from "./weightsArguments.js";
import { type InputOptions, type Inputs, inputsOf, usage } from "./weightsInputs.js";

/** Options of all three verbs. */
interface Options extends InputOptions {
  readonly weights: string;
}

interface CheckOptions extends Options {
  readonly versionKey?: string;
}

interface CommitOptions extends CheckOptions {
  readonly salt: string;
}

interface WhatIfOptions extends Options {
  readonly at?: string;
  readonly limit: number;
}

const ROWS_SHOWN = 20;
const LAST_MECHANISM = 15;

/** Adds the verb and its three parts to the program. */
export function registerWeights(program: Command, run: Run): void {
  const verb = program.command("weights").description("what the chain would say to weights, and what would follow");
  const part = (name: string, description: string) =>
    networkOptions(
      verb
        .command(name)
        .description(description)
        .argument("[file]", 'state or snapshot (JSON, may be gzipped), "-" for standard input; or --netuid')
        .option("--uid <uid>", "the validator's uid", uidOf)
        .requiredOption("--weights <list>", "uid:value,… or a JSON file of pairs [uid, value]")
        .option("--set <field=value>", "a field of the state, over what the file or the node says", collect),
    )
      .addOption(netuidOption())
      .option("--hotkey <account>", "the validator's: ss58, or 0x and 64 hex digits; with --netuid instead of --uid")
      .option("--mechid <mechid>", "with --netuid: the mechanism", wholeOf("mechid", 0, LAST_MECHANISM))
      .option("--block <block>", "the state after it; else the last finalised one", wholeOf("block", 1, LAST_BLOCK))
      .addOption(assumeSpec());
  part("check", "set_weights: accepted or the first failing rule, and the row as it is stored")
    .option("--version-key <key>", "default: the subnet's own")
    .action(run(check));
  part("commit", "commit_weights: the hash, whether the chain takes it, and when it may be revealed")
    .requiredOption("--salt <list>", "numbers of 16 bits: 1,2,3")
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

/** The version key given, or the subnet's own. */
function keyOf({ fields }: Inputs, { versionKey }: CheckOptions): string {
  return versionKey ?? String(fields.weightsVersionKey ?? 0);
}

/** A refusal by the chain's rules is a result, told by the exit code 1. */
function codeOf({ accepted }: WeightsVerdict): number {
  return accepted ? EXIT.ok : EXIT.mismatch;
}

/** One JSON document, or text; either says where a node was asked. */
function tell({ source }: Inputs, options: Options, json: object, text: () => string): Promise<void> {
  if (options.json || options.jsonOutput) return print(document(source === undefined ? json : { ...json, source }));
  return print(source === undefined ? text() : `${renderSource(source)}\n${text()}`);
}

async function check(file: string | undefined, options: CheckOptions): Promise<number> {
  const row = await rowOf(options.weights);
  const inputs = await inputsOf(file, options, "state");
  const call: WeightsCall = { call: "setWeights", uid: inputs.uid, ...row, versionKey: keyOf(inputs, options) };
  const verdict = checkWeights(instantiate(inlinedModule()), inputs.fields as unknown as WeightsState, call);
  await tell(inputs, options, { call, ...verdict }, () => renderVerdict(call, verdict));
  return codeOf(verdict);
}

async function commit(file: string | undefined, options: CommitOptions): Promise<number> {
  const row = await rowOf(options.weights);
  const inputs = await inputsOf(file, options, "state");
  const { fields, uid } = inputs;
  const hash = hashIn(inputs, row, options);
  const call: WeightsCall = { call: "commitWeights", uid, hash };
  const verdict = checkWeights(instantiate(inlinedModule()), fields as unknown as WeightsState, call);
  const window: RevealWindow = revealWindow(fields as unknown as EpochSchedule);
  await tell(inputs, options, { call, hash, window, ...verdict }, () => renderCommit(call, hash, window, verdict));
  return codeOf(verdict);
}

function hashIn(inputs: Inputs, row: GivenRow, options: CommitOptions): string {
  const { fields, hotkey } = inputs;
  const source = (fields.source ?? {}) as { netuid?: number; mechid?: number };
  if (hotkey === undefined) throw usage("The hash needs the hotkey's 32 bytes: give --hotkey.", "--hotkey");
  return commitHash({
    hotkey,
    netuid: (fields.netuid ?? source.netuid) as number,
    mechid: (fields.mechid ?? source.mechid ?? 0) as number,
    ...row,
    salt: numbersOf("--salt", options.salt),
    versionKey: keyOf(inputs, options),
  });
}

async function whatIfVerb(file: string | undefined, options: WhatIfOptions): Promise<number> {
  const row = await rowOf(options.weights);
  const inputs = await inputsOf(file, options, "nextEpoch");
  if (inputs.uid === null) {
    throw new YumaError("BAD_UID", "The hotkey has no uid on the subnet, so it cannot have weights.", {
      hotkey: options.hotkey,
      netuid: options.netuid,
    });
  }
  const snapshot = inputs.fields as unknown as EpochSnapshot;
  const tried = options.at === undefined ? row : { ...row, block: options.at };
  const answer = whatIf(instantiate(inlinedModule()), snapshot, inputs.uid, tried);
  await tell(inputs, options, answer, () => renderWhatIf(answer, snapshot.hotkeys ?? null, options.limit));
  return EXIT.ok;
}
