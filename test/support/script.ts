/** What scripts for developers do with what they are given: a sentence and exit code 2 where it is wrong. */
import { type ParseArgsConfig, parseArgs } from "node:util";

/** Ends the script for bad input. */
export function refuse(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}

/** The options given, with what is given for others. Unknown ones are refused. */
export function optionsOf<const Options extends NonNullable<ParseArgsConfig["options"]>>(
  options: Options,
): ReturnType<typeof parseArgs<{ options: Options }>>["values"] {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return refuse((error as Error).message);
  }
}

/** The number of an option, or Infinity where that is its default. */
export function wholeOf(option: string, text: string): number {
  if (!/^(\d{1,15}|Infinity)$/.test(text)) refuse(`--${option} takes a whole number, not ${JSON.stringify(text)}.`);
  return Number(text);
}
