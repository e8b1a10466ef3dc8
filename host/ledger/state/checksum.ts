/**
 * The state's checksum: the sum over all entries of a 64-bit mix of key and value, in two lanes of 32 bits that wrap. It does
 * not depend on order, so a block moves it by its changes alone, and a scan of a store finds it again. It finds damage; it
 * is not made to resist somebody who constructs an entry to fit, which is what comparing digests is for.
 */
import type { Change } from "./changes.js";

/** Two lanes, each modulo 2^32. */
export interface Checksum {
  readonly low: number;
  readonly high: number;
}

/** Of no entries. */
export const EMPTY: Checksum = { low: 0, high: 0 };

/** The checksum with an entry more. */
export function plus(sum: Checksum, key: Uint8Array, value: Uint8Array): Checksum {
  return moved(sum, [{ key, before: undefined, after: value }]);
}

/** The checksum after a block's changes. */
export function moved(sum: Checksum, changes: readonly Change[]): Checksum {
  let { low, high } = sum;
  for (const { key, before, after } of changes) {
    if (before !== undefined) {
      mixKey(key, before.length);
      mixValue(before);
      low -= mixed.low;
      high -= mixed.high;
    }
    if (after !== undefined) {
      if (before?.length !== after.length) mixKey(key, after.length);
      mixValue(after);
      low += mixed.low;
      high += mixed.high;
    }
    low >>>= 0;
    high >>>= 0;
  }
  return { low, high };
}

/** What `mixKey` and `mixValue` leave; an object a call would be most of their time. */
const keyed = { a: 0, b: 0 };
const mixed = { low: 0, high: 0 };

/** Two multiplicative hashes side by side over the key's bytes, whose length parts them from the value's; the same for all values of a length. */
function mixKey(key: Uint8Array, valueLength: number): void {
  let a = 0xdeadbeef ^ key.length;
  let b = 0x41c6ce57 ^ valueLength;
  for (let k = 0; k < key.length; k++) {
    const byte = key[k]!;
    a = Math.imul(a ^ byte, 0x9e3779b1);
    b = Math.imul(b ^ byte, 0x5f356495);
  }
  keyed.a = a;
  keyed.b = b;
}

/** On over the value's bytes; crossed at the end. */
function mixValue(value: Uint8Array): void {
  let { a, b } = keyed;
  for (let k = 0; k < value.length; k++) {
    const byte = value[k]!;
    a = Math.imul(a ^ byte, 0x9e3779b1);
    b = Math.imul(b ^ byte, 0x5f356495);
  }
  const low = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  const high = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  mixed.low = (low ^ (low >>> 15)) >>> 0;
  mixed.high = (high ^ (high >>> 15)) >>> 0;
}
