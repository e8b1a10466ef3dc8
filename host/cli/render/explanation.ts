/** An explanation as text for people. */

import { inPercent, total } from "../../api/explain/quantity.js";
import type {
  Explanation,
  ExplanationSection,
  ExplanationTable,
  Quantity,
  TableCut,
  TableRow,
} from "../../api/explain/types.js";
import { grouped } from "../../units.js";
import { colour } from "./colour.js";
import { wrap } from "./lines.js";
import { printable, table } from "./table.js";

/** How much to show. */
export interface Detail {
  /** What shows the rows left out. */
  readonly more: string;
  /** Rows of each table, or of each side of its cut. */
  readonly rows: number;
  /** Whether to show the steps, or the answers and tables only. */
  readonly steps: boolean;
}

const NAME_SHOWN = 80;
const INDENT = "    ";

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
        `${wrap(`· ${step.sentence}`, 2, 4)}\n${colour.dim(wrap(step.formula, 4, 6))}\n${quantities(step.quantities)}`,
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

/** The first rows, or those nearest to the cut on each side of it, which is drawn between them. */
function renderTable(each: ExplanationTable, detail: Detail): string {
  const { cut } = each;
  const from = cut === undefined ? 0 : Math.max(0, cut.row - detail.rows);
  const to = (cut?.row ?? 0) + detail.rows;
  const shown = each.rows.slice(from, to);
  const columns = each.columns.map((title, k) => ({ title, words: k > 0 && typeof shown[0]?.[k] === "string" }));
  const rows = shown.map((row) => row.map((cell) => (typeof cell === "string" ? cell : cell.decimal)));
  const [head = "", ...lines] = table(columns, rows, INDENT).split("\n");
  if (cut !== undefined) lines.splice(cut.row - from, 0, ...cutLines(cut));
  return [
    `  ${colour.dim(each.title)}`,
    head,
    ...leftOut(each.rows.slice(0, from), cut, detail),
    ...lines,
    ...leftOut(each.rows.slice(to), cut, detail),
  ].join("\n");
}

function cutLines({ above, below }: TableCut): string[] {
  return [`▲ ${above.sentence}`, `▼ ${below.sentence}`].map((line) => `${INDENT}${colour.cyan(line)}`);
}

/** Says how many rows are not shown and, where they stand beside a cut, what they hold together. */
function leftOut(rows: readonly TableRow[], cut: TableCut | undefined, { more }: Detail): string[] {
  if (rows.length === 0) return [];
  const held =
    cut === undefined ? "" : ` holding ${inPercent(total(rows.map((row) => (row[cut.column] as Quantity).raw)))}`;
  return [`${INDENT}${colour.dim(`… ${grouped(rows.length)} more${held} (${more})`)}`];
}
