/** What the command reads and writes: files or standard input in, results on stdout, everything else on stderr. */
import { createReadStream, fstatSync, writeFileSync } from "node:fs";
import { pipeline, Readable } from "node:stream";
import { createGunzip, gzipSync } from "node:zlib";
import { YumaError, type YumaErrorCode } from "../errors.js";
import { fromJson, toJson } from "../json.js";
import { writeWhole } from "./files.js";

/** Exit codes, stable. */
export const EXIT = { ok: 0, mismatch: 1, badInput: 2, network: 10, timeout: 15 } as const;

/** Version of the JSON documents the command prints. */
export const SCHEMA_VERSION = 1;

const STDIN = "-";
const STDIN_FD = 0;
const GZIP_MAGIC = 0x1f8b;
const UTF16_MARK = 0xfffe;

/** Sentences for the failures people meet; any other failure speaks for itself. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a directory",
  EACCES: "permission denied",
  ENOSPC: "there is no space left",
  EFBIG: "it would be too large",
  Z_BUF_ERROR: "its gzip data ends too soon",
  Z_DATA_ERROR: "its gzip data is damaged",
};

/** The bytes of a file or standard input; gzip is unpacked. Throws BAD_FILE. */
export async function readBytes(path: string): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  for await (const bytes of readUnpacked(path)) pieces.push(bytes);
  return Buffer.concat(pieces);
}

/** One JSON document from a file or standard input. Throws BAD_FILE, BAD_JSON. */
export async function readJson(path: string): Promise<unknown> {
  let text = "";
  for await (const piece of readPieces(path)) text += piece;
  try {
    return fromJson(text, nameOf(path));
  } catch (error) {
    if (!holdsLines(text)) throw error;
    const hint = `${nameOf(path)} holds more than one JSON document; yuma epoch --jsonl takes one a line.`;
    throw new YumaError("BAD_JSON", hint, { where: nameOf(path) });
  }
}

/** Whether the first line is a JSON document and another line follows. */
function holdsLines(text: string): boolean {
  const [first = "", second = ""] = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  try {
    JSON.parse(first);
    return second !== "";
  } catch {
    return false;
  }
}

/** A line, and its number in the input. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/** The lines of a file or standard input, as they come; blank ones are counted and passed over. Throws BAD_FILE. */
export async function* readLines(path: string): AsyncGenerator<Line> {
  let number = 0;
  let open = "";
  for await (const piece of readPieces(path)) {
    const lines = piece.split("\n");
    lines[0] = open + (lines[0] ?? "");
    open = lines.pop() ?? "";
    for (const text of lines) {
      number++;
      if (text.trim() !== "") yield { number, text };
    }
  }
  if (open.trim() !== "") yield { number: number + 1, text: open };
}

/** Text in pieces: gzip is unpacked, a byte order mark dropped. Throws BAD_FILE. */
async function* readPieces(path: string): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  for await (const bytes of readUnpacked(path)) {
    decoder ??= new TextDecoder(startsWith(bytes, UTF16_MARK) ? "utf-16le" : "utf-8");
    yield decoder.decode(bytes, { stream: true });
  }
  if (decoder) yield decoder.decode();
}

/** Standard input. Throws EISDIR where it is a directory, of which Node would make an empty stream. */
function standardInput(): NodeJS.ReadStream {
  if (fstatSync(STDIN_FD).isDirectory()) throw Object.assign(new Error("a directory"), { code: "EISDIR" });
  return process.stdin;
}

async function* readUnpacked(path: string): AsyncGenerator<Buffer> {
  try {
    yield* unpacked(path === STDIN ? standardInput() : createReadStream(path));
  } catch (cause) {
    throw new YumaError("BAD_FILE", `${nameOf(path)} cannot be read: ${reasonOf(cause)}.`, { file: path });
  }
}

async function* unpacked(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const rest = source[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < 2) {
    const next = await rest.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  const whole = (async function* () {
    if (head.length > 0) yield head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  })();
  if (!startsWith(head, GZIP_MAGIC)) return yield* whole;
  // A failure of either stream comes out of the second.
  yield* pipeline(Readable.from(whole), createGunzip(), () => {});
}

function startsWith(bytes: Buffer, magic: number): boolean {
  return bytes.length >= 2 && bytes.readUInt16BE(0) === magic;
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const known = REASONS[(cause as NodeJS.ErrnoException).code ?? ""];
  return known ?? cause.message.replace(/,? \w+( '.*')?$/s, "");
}

/** Writes to stdout, waiting where the reader is slower. */
export async function print(text: string): Promise<void> {
  if (!process.stdout.write(`${text}\n`)) await new Promise<void>((resolve) => process.stdout.once("drain", resolve));
}

/** Writes a file whole or not at all, or standard output for "-". Throws BAD_FILE. */
export async function writeBytes(path: string, bytes: Uint8Array): Promise<void> {
  if (path === STDIN) {
    if (!process.stdout.write(bytes)) await new Promise<void>((resolve) => process.stdout.once("drain", resolve));
    return;
  }
  try {
    await writeWhole(path, async (to) => writeFileSync(to, bytes));
  } catch (cause) {
    throw new YumaError("BAD_FILE", `${path} cannot be written: ${reasonOf(cause)}.`, { file: path });
  }
}

/** Writes a text file whole, gzipped where its name ends in .gz, or standard output for "-". Throws BAD_FILE. */
export async function writeText(path: string, text: string): Promise<void> {
  const bytes = Buffer.from(`${text}\n`);
  await writeBytes(path, path.endsWith(".gz") ? gzipSync(bytes) : bytes);
}

/** One JSON document with its schema version. */
export function document(fields: object): string {
  return toJson({ schemaVersion: SCHEMA_VERSION, ...fields }, 2);
}

/** The error as one of ours: anything else is a defect, and says so. */
export function known(error: unknown): YumaError {
  if (error instanceof YumaError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new YumaError("INTERNAL", `Unexpected failure, a defect of yuma-kernel: ${reason}`);
}

/** What the network did, as against what was asked of us. */
const NETWORK_CODES: readonly YumaErrorCode[] = [
  "NETWORK",
  "RPC_ERROR",
  "BAD_ANSWER",
  "ANSWER_TOO_LARGE",
  "PRUNED_STATE",
  "WRONG_NETWORK",
];

/** The exit code of a failure. */
function exitOf({ code }: YumaError): number {
  if (code === "TIMEOUT") return EXIT.timeout;
  return NETWORK_CODES.includes(code) ? EXIT.network : EXIT.badInput;
}

/** Says what went wrong: the sentence on stderr, with `json` also an error object on stdout. Returns the exit code. */
export async function report(error: unknown, json: boolean): Promise<number> {
  const failure = known(error);
  if (json) await print(document({ error: failure }));
  process.stderr.write(`yuma: ${failure.message}\n`);
  return exitOf(failure);
}

/** A reader that goes away (`yuma … | head`) ends the command quietly; a full disk ends it with a sentence. */
export function endOnClosedPipe(): void {
  process.stderr.on("error", () => {});
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(EXIT.ok);
    process.stderr.write(`yuma: Standard output cannot be written: ${reasonOf(error)}.\n`);
    process.exit(EXIT.badInput);
  });
}

function nameOf(path: string): string {
  return path === STDIN ? "Standard input" : path;
}
