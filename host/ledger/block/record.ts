/** What is kept of a block, and its digest: one hash that binds the genesis, every call and every change up to here. */
import { concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { Bytes, type Codec, createCodec, Struct, u32 } from "scale-ts";
import { vector } from "../../timelock/vector.js";
import { sha256 } from "../sha256.js";
import { type Change, hashOf } from "../state/changes.js";
import { type Checksum, moved } from "../state/checksum.js";
import { type Account, blockNumber, compactInteger, hash, toHex } from "../state/codecs.js";

const DOMAIN = utf8ToBytes("yuma-ledger 1");

/** What a block's digest is the hash of. */
interface BlockHeader {
  readonly height: number;
  /** The digest of the block before; of block 0, the hash of the genesis document. */
  readonly parentDigest: Account;
  readonly callsHash: Account;
  readonly changesHash: Account;
  /** The checksum of the whole state after the block. */
  readonly stateChecksum: Checksum;
}

/** A block as it is stored: its header, and its calls as they were signed. */
export interface BlockRecord extends BlockHeader {
  readonly calls: readonly Uint8Array[];
}

const header = {
  height: blockNumber,
  parentDigest: hash,
  callsHash: hash,
  changesHash: hash,
  stateChecksum: Struct({ low: u32, high: u32 }),
};
const headerCodec: Codec<BlockHeader> = Struct(header);
const callsCodec = createCodec(encodeCalls, vector(Bytes()).dec);

/** A record's bytes. */
export const recordCodec = Struct({ ...header, calls: callsCodec }) as unknown as Codec<BlockRecord>;

/** The record of a block: what came before it, the calls it includes, the changes it made. */
export function recordOf(
  before: { readonly height: number; readonly digest: Account; readonly stateChecksum: Checksum },
  calls: readonly Uint8Array[],
  changes: readonly Change[],
): BlockRecord {
  return {
    height: before.height + 1,
    parentDigest: before.digest,
    callsHash: callsHashOf(calls),
    changesHash: toHex(hashOf(changes)),
    stateChecksum: moved(before.stateChecksum, changes),
    calls,
  };
}

/** SHA-256 of the SCALE of the list of calls. */
export function callsHashOf(calls: readonly Uint8Array[]): Account {
  return toHex(sha256(encodeCalls(calls)));
}

/** How many, then of each its length and its bytes. */
function encodeCalls(calls: readonly Uint8Array[]): Uint8Array {
  const heads = [calls, ...calls].map(({ length }) => compactInteger.enc(length));
  const out = new Uint8Array([...heads, ...calls].reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  const put = (part: Uint8Array) => {
    out.set(part, at);
    at += part.length;
  };
  put(heads[0]!);
  for (const [k, call] of calls.entries()) {
    put(heads[k + 1]!);
    put(call);
  }
  return out;
}

/** A block's digest: SHA-256 of "yuma-ledger 1" and its header. Equal digests mean equal histories and equal states. */
export function digestOf(record: BlockRecord): Account {
  return toHex(sha256(concatBytes(DOMAIN, headerCodec.enc(record))));
}
