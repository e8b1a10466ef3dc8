/** Random prices and subnets of registration for fast-check, with the points at which the arithmetic turns. */
import fc from "fast-check";
import type { Subnet } from "./registration.js";

const U64_MAX = (1n << 64n) - 1n;
const ONE_Q32 = 1n << 32n;
const SUPPLY = 21_000_000_000_000_000n;
const HALVINGS = 33;

const any = (max: bigint, ...edges: bigint[]) =>
  fc.oneof(
    fc.constantFrom(0n, 1n, 2n, max, ...edges),
    fc.bigInt(0n, max),
    fc.tuple(fc.bigInt(0n, max), fc.nat(63)).map(([value, shift]) => value >> BigInt(shift)),
  );

export const u64 = any(U64_MAX, 1n << 63n, ONE_Q32, ONE_Q32 - 1n, ONE_Q32 + 1n, SUPPLY);
export const u16 = fc.oneof(fc.constantFrom(0, 1, 2, 360, 36_100, 65535), fc.nat(65535));

/** A burn price and its bounds, in rao. */
export const price = fc.record({ burn: u64, minBurn: u64, maxBurn: u64 });

/** Some blocks in which a price decays. */
export const decay = fc
  .tuple(price, u16, u64, fc.nat(6))
  .map(([own, halfLife, currentBlock, blocks]) => ({ ...own, halfLife, currentBlock, blocks }));

/** Some registrations that push it up; a multiplier of 64 whole and 64 fractional bits. */
export const increase = fc
  .tuple(price, fc.oneof(u64, any((1n << 128n) - 1n, 1n << 64n, 3n << 64n, (126n << 64n) / 100n)), fc.nat(4))
  .map(([own, multiplier, times]) => ({ netuid: 1, ...own, multiplier, times }));

/** The lock of a subnet, at and around every halving. */
export const lock = (() => {
  // Issuances around which the emission halves: supply·(1 − 2^−k).
  const halvings = Array.from({ length: HALVINGS }, (_, k) => SUPPLY - SUPPLY / 2n ** BigInt(k + 1));
  const near = [-2n, -1n, 0n, 1n, 2n].flatMap((by) => halvings.map((at) => at + by));
  const blocks = any(U64_MAX, 5_000_000n, 100_800n);
  return fc.record({
    lastLock: u64,
    minLock: u64,
    lastLockBlock: blocks,
    currentBlock: blocks,
    reductionInterval: blocks,
    totalIssuance: fc.oneof(fc.constantFrom(...near), any(SUPPLY + 1n, SUPPLY - 1n, SUPPLY), u64),
  });
})();

/** A subnet of up to `most` uids with few different emissions and blocks, so that all ties occur. */
export function prunable(most: number): fc.Arbitrary<Subnet> {
  return fc.nat(most).chain((n) => {
    const perUid = <T>(value: fc.Arbitrary<T>) => fc.array(value, { minLength: n, maxLength: n });
    const hotkeys = Array.from({ length: n + 5 }, (_, key) => key);
    return fc.record({
      n: fc.constant(n),
      currentBlock: fc.constantFrom(0, 5, 100, 110),
      immunityPeriod: fc.constantFrom(0, 1, 5, 10, 65535),
      minNonImmuneUids: fc.constantFrom(0, 1, 2, 10, n, 65535),
      immuneOwnerUidsLimit: fc.constantFrom(0, 1, 2, 3, n, 65535),
      keys: fc.shuffledSubarray(hotkeys, { minLength: n, maxLength: n }),
      blockAtRegistration: perUid(fc.constantFrom(0, 90, 95, 99, 100, 101, 105)),
      emission: fc.oneof(
        perUid(fc.constantFrom("0", "1", "7", U64_MAX.toString())),
        fc.subarray(Array<string>(n).fill("3")),
      ),
      ownedHotkeys: fc.shuffledSubarray(hotkeys),
      ownerHotkey: fc.option(fc.constantFrom(...hotkeys)),
    });
  });
}
