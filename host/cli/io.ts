/** What the command reads and writes: files or standard input in, results on stdout, everything else on stderr. */
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { gunzipSync } from "node:zlib";
import { YumaError } from "../errors.js";
import { fromJson, toJson } from "../json.js";

/** Exit codes, stable. */
export const EXIT = { ok: 0, mismatch: 1, badInput: 2, network: 10, timeout: 15 } as const;

/** Version of the JSON documents the command prints. */
export const SCHEMA_VERSION = 1;

const STDIN = "-";
const GZIP_MAGIC = 0x1f8b;

/** The text of a file, or of standard input for "-"; gzip is unpacked. Throws BAD_FILE. */
export function readText(path: string): string {
  try {
    const bytes = readFileSync(path === STDIN ? 0 : path);
    const packed = bytes.length > 2 && bytes.readUInt16BE(0) === GZIP_MAGIC;
    return (packed ? gunzipSync(bytes) : bytes).toString("utf8");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replace(/,? ?(open|read)? '.*'$/, "") : String(cause);
    throw new YumaError("BAD_FILE", `${nameOf(path)} cannot be read: ${reason}.`, { file: path });
  }
}

/** One JSON document from a file or standard input. Throws BAD_FILE, BAD_JSON. */
export function readJson(path: string): unknown {
  return fromJson(readText(path), nameOf(path));
}

/** The lines of a file or standard input, as they come; blank ones are passed over. */
export async function* readLines(path: string): AsyncGenerator<string> {
  const source =
    path === STDIN
      ? createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })
      : readText(path).split(/\r?\n/);
  for await (const line of source) if (line.trim() !== "") yield line;
}

/** Writes to stdout, waiting where the reader is slower. */
export async function print(text: string): Promise<void> {
  if (!process.stdout.write(`${text}\n`)) await new Promise<void>((resolve) => process.stdout.once("drain", resolve));
}

/** One JSON document with its schema version. */
export function document(fields: object): string {
  return toJson({ schemaVersion: SCHEMA_VERSION, ...fields }, 2);
}

/** Says what went wrong: the sentence on stderr, with `json` also an error object on stdout. Returns the exit code. */
export async function report(error: unknown, json: boolean): Promise<number> {
  const known =
    error instanceof YumaError
      ? error
      : new YumaError("INTERNAL", `Unexpected failure: ${error instanceof Error ? error.message : String(error)}`);
  if (json) await print(document({ error: known }));
  process.stderr.write(`yuma: ${known.message}\n`);
  return EXIT.badInput;
}

/** A reader that goes away (`yuma … | head`) ends the command quietly. */
export function endQuietlyOnClosedPipe(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(EXIT.ok);
  });
}

function nameOf(path: string): string {
  return path === STDIN ? "Standard input" : path;
}
