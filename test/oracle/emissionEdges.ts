/** Emission and dividends where the arithmetic turns and random input does not come: each stands here because a wrong kernel once passed without it. */
import type { Payday } from "./families.js";
import { accountOf } from "./randomFamilies.js";

const U64_MAX = (1n << 64n) - 1n;
const ONE = 1n << 64n;

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
].flatMap((values) => [0n, 1n, ONE, 3n * ONE].map((p) => ({ values, p })));
