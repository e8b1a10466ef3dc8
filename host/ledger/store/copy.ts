/** A store as text, and back: a line of JSON a stored pair, both in hex, the height last, so that half a copy is none. */
import { shown, YumaError } from "../../errors.js";
import { fromJson } from "../../json.js";
import { fromHex, toHex } from "../state/codecs.js";
import { type Database, ENCODING, isEmpty, type Operation, readStore } from "./store.js";

const FORMAT_NAME = "yuma-ledger-export/";
const FORMAT = `${FORMAT_NAME}1`;
const HEAD = "0x68";
const PAIRS_A_BATCH = 4096;

/** The lines of an export: a header, then the pairs. Take it while no block is being produced. */
export async function* exportStore(db: Database): AsyncGenerator<string> {
  yield JSON.stringify({ format: FORMAT });
  let head = "";
  for await (const [key, value] of db.iterator(ENCODING)) {
    const line = JSON.stringify([toHex(key), toHex(value)]);
    if (toHex(key) === HEAD) head = line;
    else yield line;
  }
  yield head;
}

/** Fills an empty store from an export, and checks it as opening does. Throws BAD_JSON, BAD_VALUE, BAD_STORE. */
export async function importStore(db: Database, lines: AsyncIterable<string> | Iterable<string>): Promise<void> {
  if (!(await isEmpty(db))) {
    throw new YumaError("BAD_STORE", "An export goes into an empty store only.", { reason: "not empty" });
  }
  let batch: Operation[] = [];
  let count = 0;
  for await (const line of lines) {
    count += 1;
    const parsed = fromJson(line, `line ${count} of the export`);
    if (count === 1) {
      checkFormat((parsed as { readonly format?: unknown } | null)?.format);
      continue;
    }
    const pair = Array.isArray(parsed) && parsed.length === 2 ? parsed : bad(count, "a pair");
    const [key, value] = pair.map((part) => (isHex(part) ? fromHex(part) : bad(count, "two texts of hex digits")));
    batch.push({ type: "put", key: key!, value: value! });
    if (batch.length === PAIRS_A_BATCH) batch = await flush(db, batch);
  }
  if (count === 0) throw new YumaError("BAD_VALUE", "The export is empty.", { line: 0 });
  await flush(db, batch);
  if ((await readStore(db)) === undefined) bad(count, "the end of an export, which it is not");
}

/** An export of another release is not read by guessing. */
function checkFormat(format: unknown): void {
  if (format === FORMAT) return;
  if (typeof format !== "string" || !format.startsWith(FORMAT_NAME)) bad(1, `a header of ${FORMAT}`);
  const text = `The export is of format ${shown(format)}; this release reads ${FORMAT}.`;
  throw new YumaError("BAD_STORE", text, { reason: "version", format, known: [FORMAT] });
}

async function flush(db: Database, batch: Operation[]): Promise<[]> {
  await db.batch(batch, ENCODING);
  return [];
}

function isHex(value: unknown): value is string {
  return typeof value === "string" && /^0x(?:[0-9a-f]{2})*$/.test(value);
}

function bad(line: number, wanted: string): never {
  throw new YumaError("BAD_VALUE", `Line ${line} of the export must be ${wanted}.`, { line });
}
