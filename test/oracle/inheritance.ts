/** Inherited stake over BigInt. Protocol E.3: own less what children borrow, plus what parents lend. */
import { type Family, type LinkRow, recordOf } from "./families.js";
import { u96f32 as f, i64f64 } from "./real.js";

const U64_MAX = (1n << 64n) - 1n;

/** x / (2^64 − 1) in U96F32. */
export const ofOne = (x: string): bigint => f.safeDiv(f.fromInt(BigInt(x)), f.fromInt(U64_MAX));

const sum = (parts: readonly bigint[]) => parts.reduce((total, part) => f.add(total, part), 0n);

/** own − Σ own·p + Σ parent's·p, truncated to u64. */
function inherited(family: Family, hotkey: string, kind: "alphaStake" | "taoStake"): bigint {
  const stakeOf = (name: string) => f.fromInt(BigInt(recordOf(family, name)[kind]));
  const { children, parents } = recordOf(family, hotkey);
  const own = stakeOf(hotkey);
  const lent = sum(children.map(([proportion]: LinkRow) => f.mul(own, ofOne(proportion))));
  const borrowed = sum(parents.map(([proportion, parent]: LinkRow) => f.mul(stakeOf(parent), ofOne(proportion))));
  return f.toUint(f.add(f.sub(own, lent), borrowed), 64n);
}

/** Own weighted stake times what children left of one, truncated. */
export function selfContribution(family: Family, hotkey: string): bigint {
  const { alphaStake, taoStake, children } = recordOf(family, hotkey);
  const left = children.reduce((rest, [proportion]) => f.sub(rest, ofOne(proportion)), f.one);
  return f.toUint(contribution(family, alphaStake, taoStake, left), 64n);
}

/** alpha·p + (tao·p)·w. */
export function contribution(family: Family, alpha: string, tao: string, p: bigint): bigint {
  const weighed = f.mul(f.mul(f.fromInt(BigInt(tao)), p), ofOne(family.taoWeight));
  return f.add(f.mul(f.fromInt(BigInt(alpha)), p), weighed);
}

/** As the library answers for these uids, numbers as decimal strings. */
export function oracleInheritance(family: Family, uids: readonly string[]) {
  const alpha = uids.map((hotkey) => inherited(family, hotkey, "alphaStake"));
  const tao = uids.map((hotkey) => inherited(family, hotkey, "taoStake"));
  const weight = i64f64.from(f, ofOne(family.taoWeight));
  const total = alpha.map((own, uid) => i64f64.add(i64f64.fromInt(own), i64f64.mul(i64f64.fromInt(tao[uid]!), weight)));
  return {
    alphaStake: alpha.map(String),
    taoStake: tao.map(String),
    totalBits: total.map(String),
    selfContribution: uids.map((hotkey) => String(selfContribution(family, hotkey))),
  };
}
