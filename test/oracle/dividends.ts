/** Dividends over BigInt. Protocol B.4 j, k and E.4 to E.6, hotkey by hotkey, in maps. */
import { type Family, type Payday, recordOf } from "./families.js";
import { contribution, ofOne, selfContribution } from "./inheritance.js";
import { u96f32 as f, smaller } from "./real.js";

const U64_MAX = (1n << 64n) - 1n;
const ofTake = (take: number) => f.safeDiv(f.fromInt(BigInt(take)), f.fromInt(65535n));
const rao = (bits: bigint) => f.toUint(bits, 64n);

/** Who gets what of one hotkey's dividends: parents in stored order, then the hotkey. */
export function oracleShares(family: Family, hotkey: string, dividends: bigint) {
  const child = recordOf(family, hotkey);
  const own = selfContribution(family, hotkey);
  const lenders = child.parents.map(([proportion, name]) => {
    const parent = recordOf(family, name);
    return { parent, stake: contribution(family, parent.alphaStake, parent.taoStake, ofOne(proportion)) };
  });
  const all = lenders.reduce((sum, { stake }) => f.add(sum, stake), f.fromInt(own));
  const whole = f.fromInt(dividends);
  let rest = whole;
  let taken = 0n;
  let recycled = 0n;
  const shares: [string, bigint][] = [];
  for (const { parent, stake } of lenders) {
    const earned = f.mul(whole, f.safeDiv(stake, all));
    rest = f.sub(rest, earned);
    const isForeign = parent.owner !== child.owner;
    const burnt = isForeign ? f.mul(ofOne(family.childkeyBurn), earned) : 0n;
    const take = isForeign ? f.mul(ofTake(child.childkeyTake), earned) : 0n;
    recycled = smaller(U64_MAX, recycled + rao(burnt));
    taken = f.add(taken, take);
    shares.push([parent.hotkey, rao(f.sub(f.sub(earned, burnt), take))]);
  }
  shares.push([hotkey, rao(f.add(rest, taken))]);
  return { selfContribution: own, shares, recycled };
}

/** Alpha and root parts of given dividends, scaled to the pots; by account. */
export function oracleSplit(
  family: Family,
  dividends: ReadonlyMap<string, bigint>,
  pots: { readonly alpha: bigint; readonly root: bigint },
) {
  const parts = [...dividends.keys()].sort().map((hotkey) => {
    const { alphaStake, taoStake } = recordOf(family, hotkey);
    const given = dividends.get(hotkey)!;
    const weighed = f.mul(f.fromInt(BigInt(taoStake)), ofOne(family.taoWeight));
    const share = f.safeDiv(weighed, f.add(f.fromInt(BigInt(alphaStake)), weighed));
    const root = f.mul(given, share);
    return { hotkey, given, root, alpha: f.sub(given, root) };
  });
  const alphaSum = parts.reduce((sum, { alpha }) => f.add(sum, alpha), 0n);
  const rootSum = parts.reduce((sum, { root }) => f.add(sum, root), 0n);
  return parts.map(({ hotkey, given, alpha, root }) => ({
    hotkey,
    dividendsBits: String(given),
    alphaDividendsBits: String(f.mul(f.fromInt(pots.alpha), f.safeDiv(alpha, alphaSum))),
    rootDividendsBits: String(f.mul(f.fromInt(pots.root), f.safeDiv(root, rootSum))),
  }));
}

/** All of an epoch's dividends, as the library answers, numbers as decimal strings. */
export function oracleDividends(day: Payday) {
  const given = new Map<string, bigint>();
  let recycled = 0n;
  for (const [hotkey, , validator] of day.emission) {
    const sharing = oracleShares(day, hotkey, BigInt(validator));
    recycled = smaller(U64_MAX, recycled + sharing.recycled);
    for (const [name, share] of sharing.shares) given.set(name, f.add(given.get(name) ?? 0n, f.fromInt(share)));
  }
  const noneMined = day.emission.every(([, server]) => BigInt(server) === 0n);
  const alpha = smaller(U64_MAX, BigInt(day.pendingValidator) + (noneMined ? BigInt(day.pendingServer) : 0n));
  const mined = new Map(day.emission.map(([hotkey, server]) => [hotkey, server]));
  const hotkeys = oracleSplit(day, given, { alpha, root: BigInt(day.pendingRoot) }).map(({ hotkey, ...bits }) => ({
    hotkey,
    incentive: mined.get(hotkey) ?? "0",
    ...bits,
  }));
  return { hotkeys, recycled: String(recycled) };
}

/** What a delegate keeps of dividends, and the rest. */
export function oracleTake(take: number, dividends: bigint) {
  const kept = f.mul(ofTake(take), dividends);
  const rest = f.sub(dividends, kept);
  return { take: String(rao(kept)), rest: String(rao(rest)), takeBits: String(kept), restBits: String(rest) };
}
