/** The bytes of what is to be opened: no more than one is willing to read, unpacked where they are gzip. */
import { shown, YumaError } from "../../errors.js";
import { grouped } from "../../units.js";
import { type Given, type GivenDocument, MOST_BYTES } from "./types.js";

const GZIP = [0x1f, 0x8b];

/** What was given, as bytes. Throws TOO_LARGE, BAD_FILE, NETWORK. */
export async function bytesOf(given: GivenDocument, most = MOST_BYTES): Promise<Uint8Array> {
  const packed = given.kind === "file" ? await ofFile(given.name, given.file, most) : await ofUrl(given.url, most);
  return GZIP.every((byte, i) => packed[i] === byte) ? unpacked(nameOf(given), packed, most) : packed;
}

/** What a thing is called in sentences. */
export function nameOf(given: Given): string {
  if (given.kind === "file") return given.name;
  return given.kind === "example" ? "The example" : given.url.split(/[?#]/)[0]?.split("/").pop() || given.url;
}

async function ofFile(name: string, file: Blob, most: number): Promise<Uint8Array> {
  if (file.size > most) refuseSize(name, file.size, most);
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    throw new YumaError("BAD_FILE", `${name} cannot be read: ${reasonOf(cause)}.`, { file: name });
  }
}

async function ofUrl(url: string, most: number): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(url, { credentials: "omit", referrerPolicy: "no-referrer" });
  } catch (cause) {
    const text = `Nothing came from ${shown(url)}: ${reasonOf(cause)}. The server may not let pages read it.`;
    throw new YumaError("NETWORK", text, { url });
  }
  if (!response.ok)
    throw new YumaError("NETWORK", `${shown(url)} answers with HTTP status ${response.status}.`, { url });
  const announced = Number(response.headers.get("content-length") ?? 0);
  if (announced > most) {
    await response.body?.cancel();
    refuseSize(url, announced, most);
  }
  return gathered(url, response.body, most);
}

async function unpacked(name: string, packed: Uint8Array, most: number): Promise<Uint8Array> {
  const stream = new Blob([packed as BlobPart]).stream().pipeThrough(new DecompressionStream("gzip"));
  try {
    return await gathered(name, stream, most);
  } catch (cause) {
    if (cause instanceof YumaError) throw cause;
    throw new YumaError("BAD_FILE", `${name} cannot be read: its gzip data is damaged or ends too soon.`, {
      file: name,
    });
  }
}

/** A stream's bytes; one that runs on is cut off. */
async function gathered(name: string, stream: ReadableStream<Uint8Array> | null, most: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const reader = stream?.getReader();
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    pieces.push(next.value);
    length += next.value.length;
    if (length > most) {
      await reader?.cancel();
      refuseSize(name, null, most);
    }
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

function refuseSize(name: string, bytes: number | null, most: number): never {
  const size = bytes === null ? `more than ${grouped(most)}` : grouped(bytes);
  const text = `${name} is ${size} bytes; this page opens up to ${grouped(most)}, and no epoch needs as many.`;
  throw new YumaError("TOO_LARGE", text, { file: name, bytes, most });
}

function reasonOf(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, "");
}
