/**
 * What is kept beside a block: anything that follows from it and would take long to compute anew, such as what it reported. No digest covers
 * it, so that each has a check of its own against damage. It may be missing: of blocks from before it was kept.
 *
 *   n height      eight bytes of SHA-256, then what is kept
 *   i name        the height of the block of a name, such as the hash of a call; what was there before a way back may still be named
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { u64 } from "scale-ts";
import { YumaError } from "../../errors.js";
import { compare, decode } from "../state/codecs.js";
import { type Database, ENCODING, type Operation, ofHeight, under } from "./database.js";

/** What is kept of a block, and the names it can be found by. */
export interface Aside {
  readonly kept: Uint8Array;
  readonly names: readonly Uint8Array[];
}

const [KEPT, NAME] = [0x6e, 0x69];
const CHECK_BYTES = 8;
const checkOf = (kept: Uint8Array) => sha256(kept).subarray(0, CHECK_BYTES);

/** The writes of it. */
export function keepAside(height: number, { kept, names }: Aside): Operation[] {
  const value = new Uint8Array(CHECK_BYTES + kept.length);
  value.set(checkOf(kept));
  value.set(kept, CHECK_BYTES);
  const named = names.map(
    (name): Operation => ({ type: "put", key: under(NAME, name), value: u64.enc(BigInt(height)) }),
  );
  return [{ type: "put", key: ofHeight(KEPT, height), value }, ...named];
}

/** The write that drops it. */
export const dropAside = (height: number): Operation => ({ type: "del", key: ofHeight(KEPT, height) });

/** What is kept beside a block; undefined where nothing is. Throws BAD_STORE where it is damaged. */
export async function readAside(db: Database, height: number): Promise<Uint8Array | undefined> {
  const value = await db.get(ofHeight(KEPT, height), ENCODING);
  if (value === undefined) return undefined;
  const kept = value.slice(CHECK_BYTES);
  if (compare(value.subarray(0, CHECK_BYTES), checkOf(kept)) === 0) return kept;
  throw new YumaError("BAD_STORE", `What is kept beside block ${height} is damaged.`, { reason: "aside", height });
}

/** The height of the block that was last kept by a name; undefined where none was. */
export async function readNamed(db: Database, name: Uint8Array): Promise<number | undefined> {
  const value = await db.get(under(NAME, name), ENCODING);
  return value === undefined ? undefined : Number(decode(u64, value, "A height"));
}
