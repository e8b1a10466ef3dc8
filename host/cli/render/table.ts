/** Tables for a terminal: no rules, two spaces between columns, numbers to the right. */
import Table from "cli-table3";
import { harmless } from "../../errors.js";
import { colour } from "./colour.js";

const NO_RULES = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "  ",
} as const;

/** A column: its heading, of several lines if need be, and whether it holds words (left) or numbers (right). */
export interface Column {
  readonly title: string;
  readonly words?: boolean;
}

/** The table as text, indented by `indent`. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], indent = ""): string {
  const out = new Table({
    chars: NO_RULES,
    head: columns.map(({ title }) => title.split("\n").map(colour.dim).join("\n")),
    rowAligns: ["bottom"],
    colAligns: columns.map(({ words }) => (words ? "left" : "right")),
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
  });
  out.push(...rows.map((row) => [...row]));
  return out
    .toString()
    .split("\n")
    .map((line) => `${indent}${line}`.trimEnd())
    .join("\n");
}

/** Text of unknown origin as it may stand on a terminal: one line of at most `most` characters, nothing that controls it. */
export function printable(text: string, most: number): string {
  const plain = harmless(text.slice(0, most));
  return text.length > most ? `${plain}…` : plain;
}
