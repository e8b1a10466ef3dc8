/** An explanation as text for people. */

import type { Explanation, ExplanationSection, ExplanationTable, Quantity } from "../../api/explain/types.js";
import { grouped } from "../../units.js";
import { colour } from "./colour.js";
import { printable, table } from "./table.js";

/** How much to show. */
export interface Detail {
  /** What shows the rows left out. */
  readonly more: string;
  /** Rows of each table. */
  readonly rows: number;
  /** Whether to show the steps, or the answers and tables only. */
  readonly steps: boolean;
}

const NAME_SHOWN = 80;

const UNIT: Readonly<Record<Quantity["format"], string>> = {
  I32F32: "I32F32",
  I64F64: "I64F64",
  u16: "u16",
  rao: "rao",
  block: "block",
  count: "",
};

/** The whole explanation. */
export function renderExplanation(explanation: Explanation, detail: Detail): string {
  const who = explanation.hotkey === undefined ? "" : ` (${printable(explanation.hotkey, NAME_SHOWN)})`;
  const of = explanation.name === undefined ? "" : ` of ${printable(explanation.name, NAME_SHOWN)}`;
  const head = colour.bold(`Uid ${explanation.uid}${who}${of}`);
  return [head, ...explanation.sections.map((section) => renderSection(section, detail))].join("\n\n");
}

function renderSection(section: ExplanationSection, detail: Detail): string {
  const parts = [`${colour.cyan(colour.bold(section.title))}\n${wrap(section.sentence, 2)}`];
  if (detail.steps) {
    for (const step of section.steps) {
      parts.push(
        `${wrap(`· ${step.sentence}`, 2, 4)}\n    ${colour.dim(step.formula)}\n${quantities(step.quantities)}`,
      );
    }
  }
  for (const each of section.tables) if (each.rows.length > 0) parts.push(renderTable(each, detail));
  return parts.join("\n");
}

function quantities(list: readonly Quantity[]): string {
  const name = Math.max(...list.map((each) => each.name.length));
  const value = Math.max(...list.map((each) => each.decimal.length));
  return list
    .map((each) => {
      const raw =
        each.format === "count" || each.format === "block" ? "" : colour.dim(`  ${each.raw} ${UNIT[each.format]}`);
      return `    ${each.name.padEnd(name)}  ${each.decimal.padStart(value)}${raw}`;
    })
    .join("\n");
}

function renderTable(each: ExplanationTable, detail: Detail): string {
  const shown = each.rows.slice(0, detail.rows);
  const columns = each.columns.map((title, k) => ({ title, words: k > 0 && typeof shown[0]?.[k] === "string" }));
  const rows = shown.map((row) => row.map((cell) => (typeof cell === "string" ? cell : cell.decimal)));
  const left = each.rows.length - shown.length;
  const more = left > 0 ? `\n    ${colour.dim(`… ${grouped(left)} more (${detail.more})`)}` : "";
  return `  ${colour.dim(each.title)}\n${table(columns, rows, "    ")}${more}`;
}

const WIDTH = 100;

/** Breaks a sentence at words; `indent` spaces before the first line, `hanging` before the others. */
function wrap(text: string, indent: number, hanging = indent): string {
  const lines: string[] = [];
  let line = " ".repeat(indent);
  let empty = true;
  for (const word of text.split(" ")) {
    if (!empty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = " ".repeat(hanging);
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line].join("\n");
}
