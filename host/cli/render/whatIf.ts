/** Before and after, as a table for people. */
import type { Difference, UidChange, WhatIf, WhatIfQuantity } from "../../api/weights/whatIf.js";
import { fromRao, grouped, proportion } from "../../units.js";
import { colour } from "./colour.js";
import { leftOut } from "./epoch.js";
import { type Column, printable, table } from "./table.js";

const DIGITS = 5;
const HOTKEY_SHOWN = 8;
const NAME_SHOWN = 80;

const WORDS: Readonly<Record<WhatIfQuantity, string>> = {
  validatorTrust: "vtrust",
  consensus: "consensus",
  incentive: "incentive",
  dividends: "dividends",
  emission: "emission (alpha)",
};

const COLUMNS: readonly Column[] = [
  { title: "uid" },
  { title: "number", words: true },
  { title: "before" },
  { title: "after" },
  { title: "difference" },
];

/** The validator's own numbers, then those of at most `limit` other uids, the largest change of emission first. */
export function renderWhatIf(answer: WhatIf, hotkeys: readonly string[] | null, limit: number): string {
  const of = answer.name === undefined ? "" : ` of ${printable(answer.name, NAME_SHOWN)}`;
  const shown = [...answer.others].sort(byEmission).slice(0, limit);
  const own = lines({ uid: answer.uid, changes: answer.own }, hotkeys);
  const row = answer.row.map(([uid, value]) => `${uid}:${value}`).join(",");
  const others = answer.others.length;
  return [
    `${colour.bold(`Uid ${answer.uid}${of} with other weights`)}: ${others === 0 ? "nothing changes for others" : `${grouped(others)} other uid${others === 1 ? " changes" : "s change"}`}`,
    `${colour.dim("stored")} ${row === "" ? "an empty row" : row}`,
    `${table(COLUMNS, [...own, ...shown.flatMap((each) => lines(each, hotkeys))])}${leftOut(others - shown.length)}`,
  ].join("\n\n");
}

function lines({ uid, changes }: UidChange, hotkeys: readonly string[] | null): string[][] {
  const hotkey = hotkeys?.[uid];
  const name = hotkey === undefined ? String(uid) : `${uid} ${printable(hotkey, HOTKEY_SHOWN)}`;
  return (Object.keys(WORDS) as WhatIfQuantity[]).flatMap((quantity) => {
    const change = changes[quantity];
    return change === undefined ? [] : [[name, WORDS[quantity], ...cells(quantity, change)]];
  });
}

function cells(quantity: WhatIfQuantity, { before, after, difference }: Difference): string[] {
  const text = (value: bigint) => (quantity === "emission" ? fromRao(value) : proportion(Number(value), DIGITS));
  const signed = difference === 0n ? colour.dim("0") : `${difference > 0n ? "+" : ""}${text(difference)}`;
  const tint = difference > 0n ? colour.green : difference < 0n ? colour.red : (plain: string) => plain;
  return [text(before), text(after), tint(signed)];
}

function byEmission(a: UidChange, b: UidChange): number {
  const size = ({ changes }: UidChange) => {
    const by = changes.emission?.difference ?? 0n;
    return by < 0n ? -by : by;
  };
  return size(a) === size(b) ? a.uid - b.uid : size(a) < size(b) ? 1 : -1;
}
