/**
 * A ledger on disk: one atomic batch a block. What is stored, by the first byte of the key:
 *
 *   g             the genesis document
 *   h             the height of the last whole block, u64, and the version of the store, u32
 *   b height      the record of each block; the height as u64, big-endian
 *   s key         the state: the value of each entry
 *   n, i          what is kept beside blocks (aside.ts)
 */
import { Struct, u32 } from "scale-ts";
import { YumaError } from "../../errors.js";
import { type BlockRecord, callsHashOf, digestOf, recordCodec } from "../block/record.js";
import { type CheckedGenesis, checkGenesis } from "../genesis.js";
import type { Change } from "../state/changes.js";
import { EMPTY, plus } from "../state/checksum.js";
import { type Account, blockNumber, decode } from "../state/codecs.js";
import { State } from "../state/state.js";
import { dropAside } from "./aside.js";
import { type Coding, type Database, ENCODING, type Operation, ofHeight, under } from "./database.js";

export type { Database, Operation };
export { ENCODING };

const [GENESIS, HEAD, BLOCK, STATE] = [0x67, 0x68, 0x62, 0x73];

/**
 * The version stores are written in. Version 0 had no version in its head and is otherwise alike: the next block makes it 1. A change of
 * what lies where, or of how an item is encoded, is a new version, and what reads the one before.
 */
export const STORE_VERSION = 1;
const headCodec = Struct({ height: blockNumber, version: u32 });
/** Bytes of a head of version 0: the height alone. */
const UNVERSIONED_HEAD = 8;
const HEAD_BYTES = 12;

/** A ledger as it was found in a store. */
export interface Stored {
  readonly genesis: CheckedGenesis;
  readonly head: BlockRecord;
  readonly digest: Account;
  readonly state: State;
}

/** Writes a block whole or not at all: its changes, its record, the height; the genesis with block 0; what is kept beside. Synced to disk. */
export async function writeBlock(
  db: Database,
  record: BlockRecord,
  changes: readonly Change[],
  { genesis, aside = [] }: { readonly genesis?: CheckedGenesis; readonly aside?: readonly Operation[] } = {},
): Promise<void> {
  const batch = [...changes.map(operationOf), ...aside];
  batch.push({ type: "put", key: blockKey(record.height), value: recordCodec.enc(record) });
  batch.push(headAt(record.height));
  if (genesis) {
    batch.push({ type: "put", key: Uint8Array.of(GENESIS), value: new TextEncoder().encode(genesis.text) });
  }
  await writeSynced(db, batch);
}

/** Takes a store back from one height to another, whole or not at all: the changes that make, records after it and what is beside them gone. */
export async function writeBack(db: Database, from: number, to: number, changes: readonly Change[]): Promise<void> {
  const batch = changes.map(operationOf);
  for (let height = to + 1; height <= from; height++)
    batch.push({ type: "del", key: blockKey(height) }, dropAside(height));
  batch.push(headAt(to));
  await writeSynced(db, batch);
}

// What a database does not know of these it ignores: sync is LevelDB's, durability IndexedDB's.
function writeSynced(db: Database, batch: Operation[]): Promise<void> {
  return db.batch(batch, { ...ENCODING, sync: true, durability: "strict" } as Coding);
}

function operationOf({ key, after }: Change): Operation {
  const stored = under(STATE, key);
  return after === undefined ? { type: "del", key: stored } : { type: "put", key: stored, value: after };
}

function headAt(height: number): Operation {
  return { type: "put", key: Uint8Array.of(HEAD), value: headCodec.enc({ height, version: STORE_VERSION }) };
}

/**
 * Reads a ledger back, undefined from an empty store, and checks what can be without applying a block: that the records are
 * one chain of digests from the genesis to the head, each with its calls, and that the state has the checksum of the head.
 * Throws BAD_STORE, for a version of which this release knows nothing too.
 */
export async function readStore(db: Database): Promise<Stored | undefined> {
  const stored = await db.get(Uint8Array.of(HEAD), ENCODING);
  const document = await db.get(Uint8Array.of(GENESIS), ENCODING);
  if (stored === undefined || document === undefined) {
    if (await isEmpty(db)) return undefined;
    damaged("it has entries, but no head or no genesis");
  }
  try {
    const height = readHead(stored);
    const genesis = checkGenesis(JSON.parse(new TextDecoder().decode(document)));
    const { head, digest } = await readChain(db, genesis, height);
    const state = await readState(db, head);
    return { genesis, head, digest, state };
  } catch (cause) {
    if (cause instanceof YumaError && cause.code === "BAD_STORE") throw cause;
    return damaged(cause instanceof Error ? cause.message : String(cause));
  }
}

/** Whether nothing is stored. */
export async function isEmpty(db: Database): Promise<boolean> {
  for await (const _ of db.iterator({ ...ENCODING, limit: 1 })) return false;
  return true;
}

/** The record of a block; undefined where there is none. */
export async function readRecord(db: Database, height: number): Promise<BlockRecord | undefined> {
  const stored = await db.get(blockKey(height), ENCODING);
  return stored === undefined ? undefined : decode(recordCodec, stored, "A block's record");
}

/** The records of a store in order. */
export async function* readRecords(db: Database): AsyncGenerator<BlockRecord> {
  for await (const [, value] of db.iterator({ ...ENCODING, gte: Uint8Array.of(BLOCK), lt: Uint8Array.of(BLOCK + 1) })) {
    yield decode(recordCodec, value, "A block's record");
  }
}

/** The height of a store of a known version. The version stands where it does in every version to come. */
function readHead(stored: Uint8Array): number {
  if (stored.length === UNVERSIONED_HEAD) return decode(blockNumber, stored, "The height");
  if (stored.length < HEAD_BYTES) return damaged("its head is cut off");
  const version = new DataView(stored.buffer, stored.byteOffset).getUint32(UNVERSIONED_HEAD, true);
  if (version > STORE_VERSION) {
    const known = [0, STORE_VERSION];
    const text = `The store is of version ${version}; this release reads versions ${known.join(" and ")}.`;
    throw new YumaError("BAD_STORE", text, { reason: "version", version, known });
  }
  if (version < STORE_VERSION) return damaged("its head has no version");
  return decode(headCodec, stored, "The head").height;
}

async function readChain(db: Database, genesis: CheckedGenesis, height: number) {
  let digest = genesis.digest;
  let head: BlockRecord | undefined;
  for await (const record of readRecords(db)) {
    const due = head === undefined ? genesis.firstBlock : head.height + 1;
    if (record.height !== due) damaged(`block ${due} is missing`);
    if (record.parentDigest !== digest) damaged(`block ${due} does not follow from the one before`);
    if (callsHashOf(record.calls) !== record.callsHash) damaged(`the calls of block ${due} are not its own`);
    digest = digestOf(record);
    head = record;
  }
  if (head === undefined || head.height !== height) return damaged(`the last block is not ${height}`);
  return { head, digest };
}

async function readState(db: Database, head: BlockRecord): Promise<State> {
  const state = new State();
  let sum = EMPTY;
  for await (const [key, value] of db.iterator({
    ...ENCODING,
    gte: Uint8Array.of(STATE),
    lt: Uint8Array.of(STATE + 1),
  })) {
    const own = key.subarray(1);
    sum = plus(sum, own, value);
    state.load(own, value);
  }
  const { low, high } = head.stateChecksum;
  if (sum.low !== low || sum.high !== high) damaged("the state is not the one of the last block");
  return state;
}

function damaged(what: string): never {
  throw new YumaError("BAD_STORE", `The store is damaged: ${what}.`, { reason: what });
}

const blockKey = (height: number) => ofHeight(BLOCK, height);
