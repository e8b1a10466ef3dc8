/** Weights, lists and fields as they are written on a command line. */
import { existsSync } from "node:fs";
import { shown, YumaError } from "../../errors.js";
import { array, refuse } from "../../marshal/values.js";
import { readJson } from "../io.js";

const PAIRS = /^\d+:\d+(,\d+:\d+)*$/;
const NUMBERS = /^(\d+(,\d+)*)?$/;

/** A row as given, before anyone checks its values. */
export interface GivenRow {
  readonly uids: number[];
  readonly values: number[];
}

/** The row of --weights: `uid:value,…`, or a JSON file of pairs or of { uids, values }. Throws USAGE, BAD_FILE, BAD_JSON, BAD_VALUE. */
export async function rowOf(text: string): Promise<GivenRow> {
  if (PAIRS.test(text)) return ofPairs(text.split(",").map((pair) => pair.split(":").map(Number)));
  if (/^[\d:,\s]*$/.test(text) || (text.includes(":") && !existsSync(text))) {
    const wanted = "uid:value,… of whole numbers, such as 3:100,4:50, or a file";
    throw new YumaError("USAGE", `--weights takes ${wanted}; ${shown(text)} is neither.`, {
      weights: text.slice(0, 60),
    });
  }
  const given = await readJson(text);
  if (typeof given === "object" && given !== null && "uids" in given && "values" in given) return given as GivenRow;
  const pairs = array("weights", given);
  return ofPairs(
    pairs.map((pair, i) =>
      Array.isArray(pair) && pair.length === 2
        ? (pair as number[])
        : refuse(`weights[${i}]`, "a pair [uid, value]", pair),
    ),
  );
}

function ofPairs(pairs: readonly (readonly number[])[]): GivenRow {
  return { uids: pairs.map(([uid]) => uid as number), values: pairs.map(([, value]) => value as number) };
}

/** A list of numbers: `1,2,3`, or nothing. Throws USAGE. */
export function numbersOf(option: string, text: string): number[] {
  if (!NUMBERS.test(text)) {
    throw new YumaError("USAGE", `${option} takes numbers with commas between them, not ${shown(text)}.`, {
      option,
      value: text.slice(0, 60),
    });
  }
  return text === "" ? [] : text.split(",").map(Number);
}

/**
 * The fields of --set: `name=value`, the value JSON where it is that, else text. Throws USAGE, and UNKNOWN_FIELD for one that nothing
 * would read.
 */
export function assigned(settings: readonly string[], isRead: (field: string) => boolean): Record<string, unknown> {
  return Object.fromEntries(
    settings.map((setting) => {
      const at = setting.indexOf("=");
      if (at < 1) {
        throw new YumaError("USAGE", `--set takes field=value, not ${shown(setting)}.`, { set: setting.slice(0, 60) });
      }
      const field = setting.slice(0, at);
      if (!isRead(field)) {
        throw new YumaError("UNKNOWN_FIELD", `--set: no field ${shown(field)} is read here.`, {
          field: field.slice(0, 60),
        });
      }
      return [field, readValue(setting.slice(at + 1))];
    }),
  );
}

/** Whole numbers a double cannot hold stay text, which is how a u64 may be given. */
function readValue(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "number" && !Number.isSafeInteger(value) ? text : value;
  } catch {
    return text;
  }
}
