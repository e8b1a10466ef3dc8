/**
 * The slow, obvious twin of assembly/emission: a block's emission over BigInt, written from the formulas. Maps and sorted lists
 * where the kernel has arrays and passes; nothing is shared with it.
 */
import { oracleLine } from "./fixed.js";
import { type Gate, gated } from "./gate.js";
import { i64f64, i96f32, type Real, smaller, u64f64, u96f32 } from "./real.js";

const U64 = (1n << 64n) - 1n;
const clampU64 = (x: bigint) => (x < 0n ? 0n : x > U64 ? U64 : x);
const larger = (a: bigint, b: bigint) => (a > b ? a : b);

/** Every field spelt out. */
export interface TwinSubnet {
  readonly netuid: number;
  readonly mechanism: number;
  readonly movingPriceBits: bigint;
  readonly minerBurnedBits: bigint;
  readonly priceBits: bigint;
  readonly alphaIn: bigint;
  readonly alphaOut: bigint;
  readonly tao: bigint;
  readonly firstEmissionBlock: bigint | null;
  readonly subtokenEnabled: boolean;
  readonly registrationAllowed: boolean;
  readonly emissionEnabled: boolean;
  readonly ownerCutEnabled: boolean;
  readonly halvingBlocks: bigint;
  readonly pending: {
    readonly owner: bigint;
    readonly server: bigint;
    readonly validator: bigint;
    readonly root: bigint;
  };
  readonly flowBits: bigint;
  readonly protocolFlowBits: bigint;
}

/** A block. */
export interface TwinBlock {
  readonly rules: { readonly emissionShares: "price" | "flow" | "priceBurn"; readonly emissionGate: Gate["kind"] };
  readonly currentBlock: bigint;
  readonly totalIssuance: bigint;
  readonly rootTao: bigint;
  readonly taoWeight: bigint;
  readonly ownerCut: number;
  readonly movingAlphaBits: bigint;
  readonly gate?: Omit<Gate, "kind">;
  readonly flow?: { readonly cutoffBits: bigint; readonly exponentBits: bigint; readonly isNet: boolean };
  readonly subnets: readonly TwinSubnet[];
}

/** ⌊10^9 / 2^r⌋, r the whole part of log2(1 / (1 − issuance / supply)), by the crate's own logarithm. */
export function twinBlockEmission(issuance: bigint): bigint {
  const supply = i96f32.fromInt(21_000_000n * 1_000_000_000n);
  const issued = i96f32.fromInt(issuance);
  if (issued >= supply) return 0n;
  const inverse = i96f32.div(i96f32.one, i96f32.one - i96f32.div(issued, supply));
  const residual = BigInt(oracleLine(`i96f32.log2 ${inverse}`)) >> 32n;
  const part = i96f32.div(i96f32.one, i96f32.fromInt(2n ** residual));
  return i96f32.mul(part, i96f32.fromInt(1_000_000_000n)) >> 32n;
}

/** The parts of a whole, each over the sum; null where that is 0. */
export function overSum(values: readonly bigint[]): bigint[] | null {
  const sum = values.reduce((a, b) => u64f64.add(a, b), 0n);
  return sum === 0n ? null : values.map((value) => u64f64.safeDiv(value, sum));
}

const priceOf = ({ mechanism, movingPriceBits }: TwinSubnet) =>
  mechanism === 0 ? u64f64.one : u64f64.from(i96f32, movingPriceBits);

/** v^p over the sum of all. */
export function twinPowNormalise(values: readonly bigint[], p: bigint): bigint[] {
  const pow = (value: bigint) => BigInt(oracleLine(`u64f64.safe_pow ${value} ${p}`));
  const most = (list: readonly bigint[]) => list.reduce(larger, 0n);
  const unit = u64f64.safeDiv(u64f64.one, most(values));
  const scaled = values.map((value) => u64f64.mul(unit, value));
  const top = most(scaled);
  const weight = u64f64.mul(u64f64.fromInt(BigInt(values.length)), u64f64.mul(top, top));
  const largest = u64f64.fromInt((1n << 31n) - 1n);
  if (weight < u64f64.safeDiv(largest, u64f64.fromInt(U64))) return scaled;
  const epsilon = u64f64.safeDiv(u64f64.one, u64f64.fromInt(1000n));
  const root = oracleLine(`u64f64.checked_sqrt ${u64f64.safeDiv(largest, weight)} ${epsilon}`);
  const factor = root === "none" ? 0n : BigInt(root);
  const powers = scaled.map((value) => pow(u64f64.mul(factor, value)));
  const sum = u64f64.sum(powers);
  return powers.map((power) => u64f64.safeDiv(power, sum));
}

function flowShares(block: TwinBlock, subnets: readonly TwinSubnet[]): bigint[] {
  const { cutoffBits, exponentBits, isNet } = block.flow!;
  const positive = (pick: (subnet: TwinSubnet) => bigint) =>
    subnets.reduce((sum, subnet) => i64f64.add(sum, larger(pick(subnet), 0n)), 0n);
  const spent = positive(({ protocolFlowBits }) => protocolFlowBits);
  const factor = smaller(
    i64f64.safeDiv(
      positive(({ flowBits }) => flowBits),
      spent,
    ),
    i64f64.one,
  );
  const net = subnets.map(({ flowBits, protocolFlowBits }) => {
    if (!isNet) return flowBits;
    return i64f64.sub(flowBits, protocolFlowBits > 0n ? i64f64.mul(factor, protocolFlowBits) : protocolFlowBits);
  });
  const lowest = larger(cutoffBits, net.reduce(smaller, 0n));
  const offsets = net.map((flow) => (flow > lowest ? u64f64.from(i64f64, i64f64.sub(flow, lowest)) : 0n));
  return twinPowNormalise(offsets, exponentBits);
}

function sharesOf(block: TwinBlock, subnets: readonly TwinSubnet[]) {
  const zeros = subnets.map(() => 0n);
  const price = block.rules.emissionShares === "flow" ? zeros : (overSum(subnets.map(priceOf)) ?? zeros);
  const rule = {
    price: () => price,
    flow: () => flowShares(block, subnets),
    priceBurn: () => {
      const kept = subnets.map(({ minerBurnedBits }) =>
        u64f64.sub(u64f64.one, smaller(u64f64.from(u96f32, minerBurnedBits), u64f64.one)),
      );
      return overSum(price.map((share, i) => u64f64.mul(share, kept[i]!))) ?? price;
    },
  }[block.rules.emissionShares]();
  const gate: Gate = {
    ...(block.gate ?? { barBits: 0n, quantileBits: 0n, exponentBits: 0n }),
    kind: block.rules.emissionGate,
  };
  const { shares, bar } = gated(rule, block.currentBlock, gate);
  const enabled = subnets.map(({ emissionEnabled }) => emissionEnabled);
  const sum = shares.reduce((total, share, i) => (enabled[i] ? u64f64.add(total, share) : total), 0n);
  const paid = enabled.every(Boolean)
    ? shares
    : shares.map((share, i) => (enabled[i] ? u64f64.safeDiv(share, sum) : 0n));
  return { price, rule, gated: shares, paid, bar };
}

const truncated = (bits: bigint) => u96f32.toUint(bits, 64n);
const zeroTerms = { taoEmissionBits: 0n, taoInBits: 0n, alphaInBits: 0n, alphaOutBits: 0n, excessTaoBits: 0n };

/** The whole of what `coinbase` answers, but for the rules. `credits` says whether pools take what they are given. */
export function twinCoinbase(block: TwinBlock, credits = true) {
  const sorted = [...block.subnets].sort((a, b) => a.netuid - b.netuid);
  const earning = sorted.filter((s) => s.firstEmissionBlock !== null && s.subtokenEnabled && s.registrationAllowed);
  const shares = sharesOf(block, earning);
  const minted = twinBlockEmission(block.totalIssuance);
  const weight = u96f32.safeDiv(u96f32.fromInt(block.taoWeight), u96f32.fromInt(U64));
  const isRootSelling = u64f64.sum(earning.map(priceOf)) > u64f64.one;
  const subnets = sorted.map((subnet) => {
    const i = earning.indexOf(subnet);
    if (i < 0) return asItWas(subnet);
    const tao = u96f32.from(u64f64, u64f64.mul(u64f64.fromInt(minted), shares.paid[i]!));
    const own = {
      priceBits: shares.price[i]!,
      ruleBits: shares.rule[i]!,
      gatedBits: shares.gated[i]!,
      paidBits: shares.paid[i]!,
    };
    return {
      netuid: subnet.netuid,
      isEligible: true,
      shares: own,
      ...pay(block, subnet, tao, weight, isRootSelling, credits),
    };
  });
  const spent = subnets.reduce((sum, { terms }) => sum + terms.taoIn + terms.excessTao, 0n);
  return {
    currentBlock: block.currentBlock,
    blockEmission: minted,
    unspent: larger(minted - spent, 0n),
    isRootSelling,
    taoWeightBits: weight,
    gateBarBits: block.gate ? shares.bar : null,
    subnets,
  };
}

function asItWas(s: TwinSubnet) {
  return {
    netuid: s.netuid,
    isEligible: false,
    shares: { priceBits: 0n, ruleBits: 0n, gatedBits: 0n, paidBits: 0n },
    terms: { ...zeroTerms, rootProportionBits: 0n, taoIn: 0n, alphaIn: 0n, excessTao: 0n },
    split: { created: 0n, owner: 0n, server: 0n, validator: 0n, root: 0n, recycled: 0n, rootProportionBits: 0n },
    pending: { ...s.pending },
    reserves: { alphaIn: s.alphaIn, alphaOut: s.alphaOut, tao: s.tao },
    movingPriceBits: s.movingPriceBits,
  };
}

function pay(block: TwinBlock, s: TwinSubnet, tao: bigint, weight: bigint, isSelling: boolean, credits: boolean) {
  const f: Real = u96f32;
  const rootTao = f.mul(f.fromInt(block.rootTao), weight);
  const proportion = (alphaIn: bigint, alphaOut: bigint) =>
    f.safeDiv(rootTao, f.add(rootTao, f.fromInt(clampU64(alphaIn + alphaOut))));
  const made = f.fromInt(twinBlockEmission(clampU64(s.alphaIn + s.alphaOut)));
  const price = f.from(u64f64, s.priceBits);
  const before = proportion(s.alphaIn, s.alphaOut);
  const cap = f.mul(before, made);
  const wanted = f.safeDiv(tao, price);
  const [alphaIn, taoIn] = wanted > cap ? [cap, f.mul(cap, price)] : [wanted, tao];
  const excess = f.sub(tao, taoIn);

  const reserves = {
    alphaIn: clampU64(s.alphaIn + (credits ? truncated(alphaIn) : 0n)),
    alphaOut: clampU64(s.alphaOut + truncated(made)),
    tao: clampU64(s.tao + (credits ? truncated(taoIn) : 0n)),
  };
  const after = proportion(reserves.alphaIn, reserves.alphaOut);
  const owner = s.ownerCutEnabled ? f.mul(made, f.safeDiv(f.fromInt(BigInt(block.ownerCut)), f.fromInt(65535n))) : 0n;
  const rest = f.sub(made, owner);
  const root = f.mul(f.mul(after, rest), f.one / 2n);
  const server = f.mul(rest, f.one / 2n);
  const validator = f.sub(f.sub(rest, server), root);
  const rao = { owner: truncated(owner), server: truncated(server), validator: truncated(validator) };
  const toRoot = truncated(root);
  if (!isSelling) reserves.alphaOut = clampU64(reserves.alphaOut - toRoot);
  return {
    terms: {
      taoEmissionBits: tao,
      taoInBits: taoIn,
      alphaInBits: alphaIn,
      alphaOutBits: made,
      excessTaoBits: excess,
      rootProportionBits: before,
      taoIn: truncated(taoIn),
      alphaIn: truncated(alphaIn),
      excessTao: truncated(excess),
    },
    split: {
      created: truncated(made),
      ...rao,
      root: isSelling ? toRoot : 0n,
      recycled: isSelling ? 0n : toRoot,
      rootProportionBits: after,
    },
    pending: {
      owner: clampU64(s.pending.owner + rao.owner),
      server: clampU64(s.pending.server + rao.server),
      validator: clampU64(s.pending.validator + rao.validator),
      root: clampU64(s.pending.root + (isSelling ? toRoot : 0n)),
    },
    reserves,
    movingPriceBits: twinMovingPrice(block, s),
  };
}

/** a · min(price, 1) + (1 − a) · old. */
export function twinMovingPrice(block: Pick<TwinBlock, "currentBlock" | "movingAlphaBits">, s: TwinSubnet): bigint {
  const f: Real = u64f64;
  const start = larger((s.firstEmissionBlock ?? 0n) - 1n, 0n);
  const blocks = f.fromInt(larger(block.currentBlock - start, 0n));
  const share = f.safeDiv(blocks, f.add(blocks, f.fromInt(s.halvingBlocks)));
  const a = f.mul(f.from(i96f32, block.movingAlphaBits), share);
  const fresh = f.mul(a, smaller(s.priceBits, f.one));
  return i96f32.from(f, f.add(fresh, f.mul(f.sub(f.one, a), priceOf(s))));
}
