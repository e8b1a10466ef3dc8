/**
 * Random families for fast-check: a handful of hotkeys with links among them in every direction, to themselves and to
 * strangers, proportions and stakes at the edges of their range or anywhere in it.
 */
import fc from "fast-check";
import type { Family, Hotkey, LinkRow, Payday } from "./families.js";

const U64_MAX = (1n << 64n) - 1n;
const SUPPLY = 21_000_000_000_000_000n;
const HALF = 1n << 63n;

const u64 = (...edges: bigint[]): fc.Arbitrary<string> =>
  fc.oneof(fc.constantFrom(...edges), fc.bigInt({ min: 0n, max: U64_MAX })).map(String);

/** Proportions where the 32 bits that count change, and small ones so that several children leave something. */
const proportion = fc.oneof(
  u64(0n, 1n, (1n << 32n) - 1n, 1n << 32n, HALF - 1n, HALF, U64_MAX - 1n, U64_MAX),
  fc.bigInt({ min: 0n, max: U64_MAX / 4n }).map(String),
);
const stake = (most: bigint) =>
  fc
    .oneof(
      fc.constantFrom(0n, 0n, 1n, 7n, 1_000_000_000n, SUPPLY, most - 1n, most),
      fc.bigInt({ min: 0n, max: 1n << 50n }),
      fc.bigInt({ min: 0n, max: most }),
    )
    .map(String);
const u16 = fc.oneof(fc.constantFrom(0, 1, 5898, 11796, 65534, 65535), fc.integer({ min: 0, max: 65535 }));

/** An account that ends in this number; the first byte scatters them. */
export const accountOf = (number: number): string =>
  `0x${((number * 37) % 256).toString(16).padStart(2, "0")}${number.toString(16).padStart(62, "0")}`;

export interface FamilyOptions {
  /** Largest stake; 2^64 − 1 saturates sums. */
  readonly mostStakeRao?: bigint;
  /** Childkey takes and burn that sum to at most one, as the chain's limits see to. */
  readonly modestTakes?: boolean;
}

function hotkeys(names: readonly string[], { mostStakeRao = U64_MAX, modestTakes = false }: FamilyOptions) {
  const name = fc.constantFrom(...names, accountOf(250));
  const link = fc.tuple(proportion, name) as fc.Arbitrary<LinkRow>;
  const links = fc.array(link, { maxLength: 5 });
  const one = (hotkey: string) =>
    fc.record(
      {
        hotkey: fc.constant(hotkey),
        alphaStake: stake(mostStakeRao),
        taoStake: stake(mostStakeRao),
        owner: fc.constantFrom(accountOf(100), accountOf(101), accountOf(102), `0x${"0".repeat(64)}`),
        childkeyTake: modestTakes ? fc.integer({ min: 0, max: 32767 }) : u16,
        parents: links,
        children: links,
      },
      { requiredKeys: ["hotkey"] },
    ) as fc.Arbitrary<Hotkey>;
  return fc.tuple(...names.map(one)).chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));
}

/** Any family of one to eight hotkeys. */
export function familyArbitrary(options: FamilyOptions = {}): fc.Arbitrary<Family> {
  const burn = options.modestTakes ? fc.bigInt({ min: 0n, max: HALF - 1n }).map(String) : u64(0n, 0n, HALF, U64_MAX);
  return fc.integer({ min: 1, max: 8 }).chain((count) =>
    fc.record({
      taoWeight: u64(0n, 1n << 32n, 3_320_413_933_267_719_290n, U64_MAX),
      childkeyBurn: burn,
      hotkeys: hotkeys(
        Array.from({ length: count }, (_, i) => accountOf(i)),
        options,
      ),
    }),
  );
}

/** A family on the day its epoch pays: some of its hotkeys, and a stranger, with amounts up to all there can be. */
export function paydayArbitrary(options: FamilyOptions = {}): fc.Arbitrary<Payday> {
  const pay = fc.oneof(stake(SUPPLY), stake(options.mostStakeRao ?? U64_MAX));
  const server = fc.oneof({ weight: 1, arbitrary: fc.constant("0") }, { weight: 1, arbitrary: pay });
  return familyArbitrary(options).chain((family) => {
    const names = [...family.hotkeys.map(({ hotkey }) => hotkey), accountOf(251)];
    const emission = fc
      .shuffledSubarray(names)
      .chain((paid) => fc.tuple(...paid.map((name) => fc.tuple(fc.constant(name), server, pay))));
    const pots = { pendingServer: pay, pendingValidator: pay, pendingRoot: pay };
    return fc.record({ ...pots, emission }).map((day): Payday => ({ ...family, ...day }));
  });
}
