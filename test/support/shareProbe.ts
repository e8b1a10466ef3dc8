/** A door to shares of one 128-bit sum by its inverse, and their definition in BigInt. */

/** What it lets one do. */
export interface ShareProbe {
  /** Takes a sum by its two words. */
  prepare(low: bigint, high: bigint): void;
  /** The share of a part. */
  shareOf(low: bigint, high: bigint): bigint;
}

/** The door, in AssemblyScript; its imports start at build/. */
export const SHARE_PROBE = `
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
`;

const WORD = 1n << 64n;
const LIMIT = 1n << 127n;
const words = (x: bigint) => [BigInt.asIntN(64, x % WORD), BigInt.asIntN(64, x / WORD)] as const;

/** A generator of numbers of up to `bits` bits, small and large ones alike. */
export function random(seed: bigint): (bits: number) => bigint {
  let state = seed;
  return (bits) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) % (1n << 192n);
    return (state >> 40n) % (1n << (1n + ((state >> 20n) % BigInt(bits))));
  };
}

function wrongShare(probe: ShareProbe, part: bigint, sum: bigint): string | undefined {
  const found = probe.shareOf(...words(part));
  return found === (part << 32n) / sum ? undefined : `${part} of ${sum}: ${found}`;
}

/** A share that is wrong, of parts of sums of any size, so many of them. */
export function wrongRandomShare(probe: ShareProbe, rounds: number): string | undefined {
  const next = random(7n);
  for (let round = 0; round < rounds; round++) {
    const sum = 1n + (next(127) % (LIMIT - 1n));
    probe.prepare(...words(sum));
    // A share that is nearly whole steps: the part just at, below and above k/2^32 of the sum.
    const step = ((next(32) * sum) >> 32n) % sum;
    for (const part of [0n, 1n, sum, sum - 1n, next(127) % (sum + 1n), step, step + 1n, step === 0n ? 0n : step - 1n]) {
      const wrong = wrongShare(probe, part, sum);
      if (wrong !== undefined) return wrong;
    }
  }
  return undefined;
}

/** A share that is wrong, of sums at powers of two. */
export function wrongPowerShare(probe: ShareProbe): string | undefined {
  for (let bit = 0n; bit < 127n; bit++) {
    for (const sum of [1n << bit, (1n << bit) + 1n, (2n << bit) - 1n]) {
      if (sum >= LIMIT) continue;
      probe.prepare(...words(sum));
      for (const part of [1n, sum >> 1n, (sum * 2n) / 3n, sum - 1n, sum]) {
        const wrong = part <= sum ? wrongShare(probe, part, sum) : undefined;
        if (wrong !== undefined) return wrong;
      }
    }
  }
  return undefined;
}
