/** Sentences broken at words to the terminal's width. */

/** Sentences are no easier to read in longer lines. */
const WIDEST = 100;
const NARROWEST = 40;

/** Columns to write in: what COLUMNS says, else the terminal's own, else the widest. */
function width(): number {
  const asked = Number(process.env.COLUMNS) || process.stdout.columns || WIDEST;
  return Math.min(Math.max(asked, NARROWEST), WIDEST);
}

/** A blank at which a line may end: not the one between a number and its percent sign. */
const BLANK = / (?!%)/;

/** Breaks a sentence at words; `indent` spaces before the first line, `hanging` before the others. */
export function wrap(text: string, indent: number, hanging = indent): string {
  const lines: string[] = [];
  const most = width();
  let line = " ".repeat(indent);
  let empty = true;
  for (const word of text.split(BLANK)) {
    if (!empty && line.length + 1 + word.length > most) {
      lines.push(line);
      line = " ".repeat(hanging);
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line].join("\n");
}
