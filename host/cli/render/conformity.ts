/** How a suite's answers stand to the expected ones, for people. */
import { grouped } from "../../units.js";
import type { Conformity, Difference } from "../commands/conformity.js";
import { colour } from "./colour.js";
import { printable } from "./table.js";

const SHOWN = 80;

/** One line where all is equal; else how many differ, and where the first few do. */
export function renderConformity(suite: string, told: Conformity): string {
  const { answers, different, beyond, differences } = told;
  if (answers === 0) return colour.red(`✗ ${suite}: no answers, and none expected`);
  const more = beyond === 0 ? "" : `; of ${grouped(beyond)} more epochs there are no results`;
  if (told.equal) return colour.green(`✓ ${suite}: ${grouped(answers)} of ${grouped(answers)} answers equal${more}`);
  const left = different - differences.length;
  return [
    colour.red(`✗ ${suite}: ${grouped(different)} of ${grouped(answers)} answers differ`),
    ...differences.map(place),
    ...(left > 0 ? [colour.dim(`  … ${grouped(left)} more`)] : []),
  ].join("\n");
}

function place({ line, expectedLine, field, answer, expected }: Difference): string {
  if (answer === null && field === "") return `  expected line ${expectedLine}: no answer to it`;
  if (expected === null && field === "") return `  case line ${line}: one answer more than expected`;
  const what = field === "" ? "" : `${printable(field, SHOWN)} is `;
  return `  case line ${line}: ${what}${shown(answer)}, expected ${shown(expected)}`;
}

function shown(value: string | null): string {
  return value === null ? "absent" : printable(value, SHOWN);
}
