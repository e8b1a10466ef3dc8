/** Tables as text: for a terminal, or as Markdown. */
import { type Column, table } from "../host/cli/render/table.js";

/** One table with its heading. */
export interface Told {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

/** For people at a terminal. */
export function plainTable({ title, columns, rows }: Told): string {
  return `${title}\n\n${table(columns, rows)}\n`;
}

/** For a README. */
export function markdownTable({ title, columns, rows }: Told): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = line(columns.map(({ words }) => (words ? "---" : "---:")));
  return [`### ${title}`, "", line(columns.map((column) => column.title)), rule, ...rows.map(line), ""].join("\n");
}
