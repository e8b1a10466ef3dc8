/** The twin of the emission gate: shares sorted, the bar looked up, each share thinned out by a Hill function. */
import { oracleLine } from "./fixed.js";
import { u64f64 } from "./real.js";

export interface Gate {
  readonly kind: "none" | "quantile" | "rank";
  readonly rank?: number;
  readonly barBits: bigint;
  readonly quantileBits: bigint;
  readonly exponentBits: bigint;
}

/** The bar the shares themselves suggest; null where none is positive. */
export function freshBar(shares: readonly bigint[], { kind, rank = 0, quantileBits }: Gate): bigint | null {
  const descending = shares.filter((share) => share > 0n).sort((a, b) => (a < b ? 1 : a > b ? -1 : 0));
  const smallest = descending.at(-1) ?? null;
  if (kind === "rank" && rank > 0) return descending[rank - 1] ?? smallest;
  let sum = 0n;
  for (const share of descending) {
    sum = u64f64.add(sum, share);
    if (sum >= quantileBits) return share;
  }
  return smallest;
}

/** The shares behind the gate, and the bar that holds from now on. */
export function gated(
  shares: readonly bigint[],
  block: bigint,
  gate: Gate,
): { shares: readonly bigint[]; bar: bigint } {
  if (gate.kind === "none") return { shares, bar: gate.barBits };
  const isDue = block % 360n === 0n || gate.barBits === 0n;
  const bar = isDue ? (freshBar(shares, gate) ?? gate.barBits) : gate.barBits;
  if (bar === 0n) return { shares, bar };
  const thin = shares.map((share) => {
    if (share === 0n) return 0n;
    const power = BigInt(oracleLine(`u64f64.safe_pow ${u64f64.div(bar, share)} ${gate.exponentBits}`));
    return u64f64.safeDiv(share, u64f64.add(u64f64.one, power));
  });
  const sum = thin.reduce((a, b) => u64f64.add(a, b), 0n);
  return { shares: sum === 0n ? shares : thin.map((share) => u64f64.safeDiv(share, sum)), bar };
}
