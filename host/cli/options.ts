/** Options that several verbs take. */
import { type Command, Option } from "commander";
import { shown, YumaError } from "../errors.js";

/** A verb: what it does with its arguments, and the exit code. */
export type Verb = (...args: never[]) => Promise<number>;

/** Makes of a verb what the parser calls. */
export type Run = <V extends Verb>(verb: V) => (...args: unknown[]) => Promise<void>;

/** --json and its other name. */
export function jsonOptions(command: Command): Command {
  return command
    .option("--json", "print one JSON document instead of a table")
    .addOption(new Option("--json-output", "same as --json").hideHelp());
}

/** Whether JSON is asked for. */
export const asJson = ({ json, jsonOutput }: { readonly json?: boolean; readonly jsonOutput?: boolean }): boolean =>
  Boolean(json || jsonOutput);

/** The number of --uid. Throws USAGE. */
export function uidOf(text: string): number {
  if (!/^\d{1,5}$/.test(text))
    throw new YumaError("USAGE", `--uid takes a number from 0 up, not ${shown(text)}.`, { uid: text });
  return Number(text);
}

/** The number of --limit. Throws USAGE. */
export function limitOf(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw new YumaError("USAGE", `--limit takes a number from 1 to 999999, not ${shown(text)}.`, { limit: text });
  return Number(text);
}

/** Reads the number of an option: 0 to 999,999. */
export function countOf(option: string) {
  return (text: string): number => {
    if (!/^\d{1,6}$/.test(text))
      throw new YumaError("USAGE", `--${option} takes a number from 0 to 999999, not ${shown(text)}.`, {
        [option]: text,
      });
    return Number(text);
  };
}

/** Reads a whole number of an option. */
export function wholeOf(option: string, low: number, high: number) {
  return (text: string): number => {
    const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= low && value <= high) return value;
    throw new YumaError("USAGE", `--${option} takes a number from ${low} to ${high}, not ${shown(text)}.`, {
      [option]: text.slice(0, 60),
    });
  };
}

/** Gathers an option given several times, or once with commas. */
export function gathered(text: string, before: readonly string[] = []): string[] {
  return [...before, ...text.split(",").filter(Boolean)];
}
