/** Emission and dividends where the arithmetic turns and random input does not come: each stands here because a wrong kernel once passed without it. */
import type { TwinBlock, TwinSubnet } from "./coinbase.js";
import type { Payday } from "./families.js";
import { accountOf } from "./randomFamilies.js";
import type { Subnet } from "./registration.js";

const U64_MAX = (1n << 64n) - 1n;
const ONE = 1n << 64n;
const ONE_32 = 1n << 32n;
const SUPPLY = 21_000_000_000_000_000n;

/** Dividends of a few rao, where one rao more in a sum shows: of the root alone, of alpha alone, of both. */
export const edgePaydays: readonly Payday[] = [
  ["0", "1000"],
  ["1000", "0"],
  ["1000", "1000"],
].map(([alphaStake = "0", taoStake = "0"]) => ({
  taoWeight: String(U64_MAX),
  childkeyBurn: "0",
  hotkeys: [0, 1].map((number) => ({ hotkey: accountOf(number), alphaStake, taoStake })),
  ...{ pendingServer: "0", pendingValidator: "1000000007", pendingRoot: "900000011" },
  emission: [0, 1].map((number) => [accountOf(number), "1", String(number + 1)] as const),
}));

/** Values for a power: at the sign bit of 128, all alike, one alone, none; p of one, of three, of almost nothing. */
export const edgePowers: readonly { readonly values: bigint[]; readonly p: bigint }[] = [
  [0n],
  [0n, 0n, 0n],
  [1n],
  [1n, 2n, 3n],
  [ONE],
  [ONE, ONE],
  [1n << 127n, ONE],
  [ONE, 1n << 127n, (1n << 127n) + 1n],
  [(1n << 128n) - 1n, (1n << 127n) - 1n],
  [ONE, 0n, ONE / 3n],
  ...irregular(71),
].flatMap((values) => [0n, 1n, ONE, 3n * ONE].map((p) => ({ values, p })));

/** As many as it takes for the root of the factor to come out otherwise if it were asked for to a 999th or a 1001st instead of a 1000th. */
function irregular(count: number): bigint[][] {
  return [Array.from({ length: count }, (_, k) => (k === 0 ? ONE : (ONE * BigInt((k * 7919) % 1009)) / 1013n))];
}

/** Issuances at which, and beside which, what is left of the supply in 2^32 parts is a power of two. */
export const edgeIssuances: readonly bigint[] = Array.from({ length: 33 }, (_, h) => {
  const left = 1n << BigInt(32 - h);
  const at = ((ONE_32 - left) * SUPPLY) / ONE_32;
  return [-2n, -1n, 0n, 1n, 2n].flatMap((by) => [at + by, at + SUPPLY / ONE_32 + by]);
})
  .flat()
  .filter((issuance) => issuance >= 0n);

const BLOCK = {
  currentBlock: 7_000_001n,
  totalIssuance: 10_600_000_000_000_000n,
  rootTao: 6_000_000_000_000_000n,
  taoWeight: 3_320_413_933_267_719_290n,
  ownerCut: 11_796,
  movingAlphaBits: 1_288_490n,
} as const;

/** Subnets that differ in their moving prices alone. */
const subnets = (...movingPrices: bigint[]): TwinSubnet[] =>
  movingPrices.map((movingPriceBits, i) => ({
    netuid: i + 1,
    mechanism: 1,
    movingPriceBits,
    minerBurnedBits: 0n,
    priceBits: ONE / 100n,
    ...{ alphaIn: 2_000_000_000_000_000n, alphaOut: 1_000_000_000_000_000n, tao: 20_000_000_000_000n },
    ...{ firstEmissionBlock: 5_000_000n, halvingBlocks: 201_600n },
    ...{ subtokenEnabled: true, registrationAllowed: true, emissionEnabled: true, ownerCutEnabled: true },
    pending: { owner: 0n, server: 0n, validator: 0n, root: 0n },
    flowBits: 0n,
    protocolFlowBits: 0n,
  }));

/** The bar where the sum of shares just reaches the quantile, just does not, and where the quantile is past the sign bit. */
export const edgeBlocks: readonly TwinBlock[] = [
  (3n * ONE) / 4n,
  (3n * ONE) / 4n + 1n,
  (3n * ONE) / 4n - 1n,
  1n << 127n,
  (1n << 128n) - 1n,
].map((quantileBits) => ({
  ...BLOCK,
  rules: { emissionShares: "price", emissionGate: "quantile" },
  gate: { rank: 0, barBits: 0n, quantileBits, exponentBits: 3n * ONE },
  subnets: subnets(3n * ONE_32, ONE_32),
}));

/** One power of so many values that the root of their factor turns on the thousandth. */
export const longPower = { values: irregular(1663)[0]!, p: ONE };

/** More uids of the owner's protected than half of all there may be, the owner's own to go in front of them. */
export const edgePrunings: readonly Subnet[] = [2200].map((n) => {
  const keys = Array.from({ length: n }, (_, uid) => uid);
  return {
    n,
    currentBlock: 100,
    ...{ immunityPeriod: 0, minNonImmuneUids: 0, immuneOwnerUidsLimit: n - 100 },
    keys,
    blockAtRegistration: keys,
    emission: keys.map(String),
    ownedHotkeys: keys,
    ownerHotkey: n - 1,
  };
});
