/** Shares of one 128-bit sum by its inverse, against their definition in BigInt. */
import { expect, test } from "vitest";
import { probe } from "./support/probe.js";

interface Probe {
  /** Takes a sum by its two words. */
  prepare(low: bigint, high: bigint): void;
  /** The share of a part. */
  shareOf(low: bigint, high: bigint): bigint;
}

const kernel = probe<Probe>(
  "shareProbe",
  `
import "../assembly/trap";
import * as share from "../assembly/fixed/share";
const at = memory.data(16);
function hold(low: u64, high: u64): usize {
  store<u64>(at, low);
  store<u64>(at, high, 8);
  return at;
}
export function prepare(low: u64, high: u64): void { share.prepare(hold(low, high)); }
export function shareOf(low: u64, high: u64): i64 { return share.shareOf(hold(low, high)); }
`,
);

const WORD = 1n << 64n;
const words = (x: bigint) => [BigInt.asIntN(64, x % WORD), BigInt.asIntN(64, x / WORD)] as const;

/** A generator of numbers of up to `bits` bits, small and large ones alike. */
function random(seed: bigint): (bits: number) => bigint {
  let state = seed;
  return (bits) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) % (1n << 192n);
    return (state >> 40n) % (1n << (1n + ((state >> 20n) % BigInt(bits))));
  };
}

function expectShare(part: bigint, sum: bigint): void {
  const found = kernel.shareOf(...words(part));
  if (found !== (part << 32n) / sum) expect([part, sum, found]).toEqual([part, sum, (part << 32n) / sum]);
}

test("parts of sums of any size", () => {
  const next = random(7n);
  for (let round = 0; round < 20_000; round++) {
    const sum = 1n + (next(127) % ((1n << 127n) - 1n));
    kernel.prepare(...words(sum));
    // A share that is nearly whole steps: the part just at, below and above k/2^32 of the sum.
    const step = ((next(32) * sum) >> 32n) % sum;
    for (const part of [0n, 1n, sum, sum - 1n, next(127) % (sum + 1n), step, step + 1n, step === 0n ? 0n : step - 1n]) {
      expectShare(part, sum);
    }
  }
});

test("sums at powers of two", () => {
  for (let bit = 0n; bit < 127n; bit++) {
    for (const sum of [1n << bit, (1n << bit) + 1n, (2n << bit) - 1n]) {
      if (sum >= 1n << 127n) continue;
      kernel.prepare(...words(sum));
      for (const part of [1n, sum >> 1n, (sum * 2n) / 3n, sum - 1n, sum]) if (part <= sum) expectShare(part, sum);
    }
  }
});
