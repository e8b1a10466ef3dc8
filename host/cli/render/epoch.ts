/** An epoch's result as a table for people. */

import { total } from "../../api/explain/quantity.js";
import type { CheckedSnapshot } from "../../marshal/snapshot.js";
import type { EpochResult } from "../../types.js";
import { fromRao, grouped, proportion } from "../../units.js";
import { colour } from "./colour.js";
import { wrap } from "./lines.js";
import { type Column, printable, table } from "./table.js";

const BONDS_MASK = {
  lastEpoch: "the last epoch's block",
  tempo: "one tempo ago",
  lastUpdate: "the row's last update",
} as const;

const DIGITS = 5;
const HOTKEY_SHOWN = 8;
const NAME_SHOWN = 80;

/** The per-uid table of the given uids, in their order. */
export function uidTable(result: EpochResult, uids: readonly number[], hotkeys: readonly string[] | null): string {
  const columns: Column[] = [
    { title: "uid" },
    ...(hotkeys ? [{ title: "hotkey", words: true }] : []),
    { title: "stake\nweight" },
    { title: "permit", words: true },
    { title: "vtrust" },
    { title: "consensus" },
    { title: "incentive" },
    { title: "dividends" },
    { title: "emission\n(alpha)" },
  ];
  const rows = uids.map((uid) => [
    String(uid),
    ...(hotkeys ? [printable(hotkeys[uid] ?? "", HOTKEY_SHOWN)] : []),
    share(result.stakeWeight[uid]),
    permit(result, uid),
    share(result.validatorTrust[uid]),
    share(result.consensus[uid]),
    share(result.incentive[uid]),
    share(result.dividends[uid]),
    amount(result.emission[uid]),
  ]);
  return table(columns, rows);
}

/** Says how many uids a limited table does not show. */
export function leftOut(count: number): string {
  return count > 0 ? `\n${colour.dim(`… ${grouped(count)} more`)}` : "";
}

/** What the subnet is and which rules it ran under, one line. */
export function headline(input: CheckedSnapshot): string {
  const { name, n, currentBlock, yuma3, liquidAlpha } = input.settings;
  const kind = input.nullMode ? "Null mode" : yuma3 ? (liquidAlpha ? "Yuma 3, liquid alpha" : "Yuma 3") : "Yuma 2";
  const label = name === undefined ? "" : `${colour.bold(printable(name, NAME_SHOWN))}: `;
  return `${label}${grouped(n)} uids, block ${grouped(currentBlock)}, ${kind}`;
}

/** Totals, rules and time. `milliseconds` is what checking, computing and reading took. */
export function footer(input: CheckedSnapshot, result: EpochResult, milliseconds: number): string {
  const { settings, rules } = input;
  const server = total(result.serverEmission);
  const validator = total(result.validatorEmission);
  const count = (flags: readonly boolean[]) => grouped(flags.filter(Boolean).length);
  const paid = result.incentive.filter((share) => share > 0).length;
  const rulesName = rules.specVersion === null ? "given by hand" : `spec ${rules.specVersion}`;
  return [
    fact(
      "emission",
      `${fromRao(server + validator)} of ${fromRao(settings.raoEmission)} alpha: miners ${fromRao(server)}, validators ${fromRao(validator)}`,
    ),
    fact(
      "uids",
      `${count(result.active)} active, ${count(result.validatorPermit)} with a permit for the next epoch, ${grouped(paid)} with incentive`,
    ),
    fact("rules", `${rulesName}${ruleNotes(input)}`),
    fact("time", `${milliseconds.toFixed(1)} ms to check, compute and read, the kernel's first run included`),
  ].join("\n");
}

const LABEL = 10;

/** One fact under its label. */
export function fact(label: string, text: string): string {
  return `${colour.dim(label.padEnd(LABEL))}${wrap(text, LABEL).trimStart()}`;
}

/** What of the rules bears on this epoch. */
function ruleNotes(input: CheckedSnapshot): string {
  const { rules, settings } = input;
  if (input.nullMode) return "";
  const notes = [`old bonds masked by ${BONDS_MASK[rules.bondsMask]}`];
  if (settings.yuma3 && settings.liquidAlpha) notes.unshift(`liquid alpha sees the ${consensusSeen(input)} consensus`);
  if (rules.ownerPrivilege && settings.ownerUid !== null)
    notes.push(`uid ${settings.ownerUid}, the owner's, always holds a permit`);
  return `: ${notes.join(", ")}`;
}

/** The previous consensus serves only where one is stored. */
function consensusSeen(input: CheckedSnapshot): "current" | "previous" {
  const mode = input.liquidAlphaConsensusMode;
  const wanted = mode === "previous" || (mode === "auto" && input.settings.bondsPenalty === 65535);
  return wanted && input.previousConsensus !== null ? "previous" : "current";
}

function permit(result: EpochResult, uid: number): string {
  return result.validatorPermit[uid] ? colour.green("yes") : "";
}

function share(value: number | undefined): string {
  return value ? proportion(value, DIGITS) : colour.dim("0");
}

function amount(value: bigint | undefined): string {
  return value ? fromRao(value) : colour.dim("0");
}
