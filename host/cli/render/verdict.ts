/** What the chain would say to a weight call, as text for people. */
import type { RevealWindow } from "../../api/weights/schedule.js";
import type { RuleOutcome, RuleVerdict, WeightsCall, WeightsVerdict } from "../../api/weights/types.js";
import type { SnapshotSource } from "../../types.js";
import { grouped } from "../../units.js";
import { colour } from "./colour.js";
import { table } from "./table.js";

const MARKS: Readonly<Record<RuleOutcome, string>> = {
  holds: colour.green("✓"),
  fails: colour.red("✗"),
  unreached: colour.dim("·"),
};

const CALLS: Readonly<Record<WeightsCall["call"], string>> = {
  setWeights: "set_weights",
  commitWeights: "commit_weights",
  revealWeights: "reveal_weights",
  batchRevealWeights: "batch_reveal_weights",
  commitTimelockedWeights: "commit_timelocked_weights",
};

/** The verdict: a headline, the rules, the pool's answer, the stored row. */
export function renderVerdict(call: WeightsCall, verdict: WeightsVerdict): string {
  return [headline(call, verdict), ruleTable(verdict.rules), foot(verdict)].join("\n\n");
}

/** The same of a commit, with its hash and when it may be revealed. */
export function renderCommit(call: WeightsCall, hash: string, window: RevealWindow, verdict: WeightsVerdict): string {
  const more = [`${colour.dim("hash  ")} ${hash}`, `${colour.dim("reveal")} ${windowLine(window)}`];
  return [headline(call, verdict), ruleTable(verdict.rules), [...more, foot(verdict)].join("\n")].join("\n\n");
}

function headline(call: WeightsCall, { accepted, error }: WeightsVerdict): string {
  const answer = accepted ? colour.green("accepted") : colour.red(`refused, ${error}`);
  const who = call.uid === null ? "a hotkey without uid" : `uid ${call.uid}`;
  return `${colour.bold(`${CALLS[call.call]} by ${who}`)}: ${answer}`;
}

/** Where the inputs were read. */
export function renderSource({ network, netuid, mechid, block, specVersion }: SnapshotSource): string {
  const part = mechid ? `, mechanism ${mechid}` : "";
  return `${network} subnet ${netuid}${part}, state after block ${grouped(BigInt(block ?? 0))} (spec ${specVersion})`;
}

function ruleTable(rules: readonly RuleVerdict[]): string {
  const columns = ["", "rule", "found"].map((title) => ({ title, words: true }));
  const rows = rules.map(({ outcome, error, found }) => [MARKS[outcome], error, found ?? colour.dim("not reached")]);
  const failed = rules.find(({ outcome }) => outcome === "fails");
  const asked = failed === undefined ? "" : `\n\n${colour.dim("asked ")} ${failed.sentence}`;
  return `${table(columns, rows)}${asked}`;
}

function foot({ pool, effect }: WeightsVerdict): string {
  const failed = pool.rules.find(({ outcome }) => outcome === "fails");
  const said =
    failed === undefined
      ? "lets it through"
      : `refuses it before the call is run: ${pool.error}${pool.code === null ? "" : ` (Custom ${pool.code})`}, ${failed.found}`;
  return [`${colour.dim("pool  ")} ${said}`, `${colour.dim("stored")} ${stored(effect)}`].join("\n");
}

function stored(effect: WeightsVerdict["effect"]): string {
  if (effect === null) return "nothing";
  const row = effect.row === null ? [] : [`row ${effect.row.map(([uid, value]) => `${uid}:${value}`).join(",")}`];
  const commits = effect.commits === null ? [] : [`queue of commits ${grouped(effect.commits.length)} long`];
  const update = effect.lastUpdate === null ? [] : [`last update ${grouped(effect.lastUpdate)}`];
  return [...row, ...commits, ...update].join("; ");
}

function windowLine({ revealEpoch, opensAtBlock, closesAtBlock }: RevealWindow): string {
  const from = opensAtBlock === null ? "" : `, from block ${grouped(opensAtBlock)}`;
  const to = closesAtBlock === null ? "" : ` to ${grouped(closesAtBlock)} by the present schedule`;
  return `in epoch ${grouped(revealEpoch)}${from}${to}`;
}
