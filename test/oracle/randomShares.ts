/** Random SafeFloats and share pools for fast-check, with the points at which the arithmetic turns. */
import fc from "fast-check";
import { create, type Decimal, LARGEST } from "./shares.js";

export const U64_MAX = (1n << 64n) - 1n;
const I64_MAX = (1n << 63n) - 1n;
export const SUPPLY_RAO = 21_000_000_000_000_000n;

/** Up to `max` in any size, and the edges. */
export const any = (max: bigint, ...edges: bigint[]): fc.Arbitrary<bigint> =>
  fc.oneof(
    fc.constantFrom(0n, 1n, max, ...edges),
    fc.bigInt(0n, max),
    fc.tuple(fc.bigInt(0n, max), fc.nat(80)).map(([value, shift]) => value >> BigInt(shift)),
  );

export const mantissa = any(
  LARGEST,
  ...[-2n, -1n, 1n, 2n].flatMap((near) => [10n ** 20n + near, 10n ** 19n + near]),
  10n ** 20n,
  LARGEST - 1n,
);
const far = fc.bigInt(I64_MAX - 70n, I64_MAX);
export const exponent = fc.oneof(
  { weight: 6, arbitrary: fc.bigInt(-30n, 5n) },
  { weight: 2, arbitrary: fc.bigInt(-90n, 90n) },
  { weight: 1, arbitrary: far },
  { weight: 1, arbitrary: far.map((e) => -e - 1n) },
);

/** Those that have a normal form, in it. */
export const normal: fc.Arbitrary<Decimal> = fc
  .tuple(mantissa, exponent)
  .map(([m, e]) => create(m, e))
  .filter((value) => value !== null);
export const rao = any(U64_MAX, SUPPLY_RAO, I64_MAX);

/** Of one member or of all, in rao, signed. */
export const change = fc.oneof(
  fc.bigInt(-1_000_000n, 1_000_000n),
  fc.tuple(rao, fc.boolean()).map(([size, negative]) => BigInt.asIntN(64, negative ? -size : size)),
);
