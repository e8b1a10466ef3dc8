/** What the ledger needs of a database, and how its keys are made. */
import { u64 } from "scale-ts";

/** A change of one stored pair. */
export type Operation =
  | { readonly type: "put"; readonly key: Uint8Array; readonly value: Uint8Array }
  | { readonly type: "del"; readonly key: Uint8Array };

/** How keys and values are coded, and which keys are meant. */
export interface Coding {
  readonly keyEncoding: "view";
  readonly valueEncoding: "view";
  readonly gte?: Uint8Array;
  readonly lt?: Uint8Array;
  readonly limit?: number;
}

/** What the ledger needs of a database: any abstract-level has it. `batch` must be atomic. The ledger is its only user. */
export interface Database {
  open(): Promise<void>;
  close(): Promise<void>;
  get(key: Uint8Array, coding: Coding): Promise<Uint8Array | undefined>;
  batch(operations: Operation[], coding: Coding): Promise<void>;
  iterator(coding: Coding): AsyncIterable<[Uint8Array, Uint8Array]>;
}

/** Bytes as they are. */
export const ENCODING: Coding = { keyEncoding: "view", valueEncoding: "view" };

/** A key: its first byte, then the rest. */
export function under(first: number, rest: Uint8Array): Uint8Array {
  const key = new Uint8Array(1 + rest.length);
  key[0] = first;
  key.set(rest, 1);
  return key;
}

/** A key of a height, in the order of heights. */
export const ofHeight = (first: number, height: number): Uint8Array => under(first, u64.enc(BigInt(height)).reverse());
