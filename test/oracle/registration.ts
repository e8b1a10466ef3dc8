/** The slow, obvious twin of registration: prices in BigInt, pruning by sorting, written from the published rules. */

const U64_MAX = (1n << 64n) - 1n;
const ONE = 1n << 32n;
const SUPPLY = 21_000_000_000_000_000n;
const TAO = 1_000_000_000n;

const least = (a: bigint, b: bigint) => (a < b ? a : b);
const most = (a: bigint, b: bigint) => (a > b ? a : b);
const bounded = (price: bigint, low: bigint, high: bigint) => least(most(price, low), high);
const clamp = (x: bigint) => bounded(x, 0n, U64_MAX);

export function mulQ32(value: bigint, factor: bigint): bigint {
  return least((value * factor) / ONE, U64_MAX);
}

export function powQ32(base: bigint, exponent: number): bigint {
  const bits = [...exponent.toString(2)].reverse();
  let result = ONE;
  let square = base;
  for (const bit of bits) {
    if (bit === "1") result = mulQ32(result, square);
    square = mulQ32(square, square);
  }
  return result;
}

/** A power grows with its base, so the largest fitting factor is found bit by bit. */
export function decayFactor(halfLife: number): bigint {
  if (halfLife === 0) return ONE;
  let factor = 0n;
  for (let bit = 1n << 31n; bit > 0n; bit >>= 1n) {
    if (powQ32(factor | bit, halfLife) <= ONE / 2n) factor |= bit;
  }
  return factor;
}

export function burnAfterBlock(price: bigint, low: bigint, high: bigint, factor: bigint, block: bigint): bigint {
  return bounded(block <= 1n ? price : mulQ32(price, factor), low, high);
}

export function burnAfterRegistration(price: bigint, low: bigint, high: bigint, multiplier: bigint): bigint {
  const product = (price * most(multiplier, 1n << 64n)) >> 64n;
  return bounded(clamp(product), low, high);
}

/** Each quotient truncated to 32 fraction bits, then the number of doublings that fit. */
export function blockEmission(issuance: bigint): bigint {
  if (issuance >= SUPPLY) return 0n;
  const left = ONE - (issuance * ONE) / SUPPLY;
  const inverse = (ONE * ONE) / left;
  let halvings = 0n;
  while (ONE << (halvings + 1n) <= inverse) halvings++;
  return TAO / 2n ** halvings;
}

/** 64 fraction bits, signed: integers from 2^63 on saturate. */
export function lockInterval(stored: bigint, issuance: bigint): bigint {
  const limit = (1n << 127n) - 1n;
  const ratio = (blockEmission(issuance) << 64n) / TAO;
  return (least(stored << 64n, limit) * ratio) >> 128n;
}

export function lockCost(last: bigint, low: bigint, since: bigint, now: bigint, interval: bigint): bigint {
  const fall = interval === 0n ? 0n : last / interval;
  const start = clamp(last * (since === 0n ? 1n : 2n));
  return most(clamp(start - clamp(fall * clamp(now - since))), low);
}

/** The price after each of some blocks. */
export function burnDecay(given: {
  readonly burn: bigint;
  readonly minBurn: bigint;
  readonly maxBurn: bigint;
  readonly halfLife: number;
  readonly currentBlock: bigint;
  readonly blocks: number;
}): bigint[] {
  const factor = decayFactor(given.halfLife);
  const burns: bigint[] = [];
  for (let k = 0; k < given.blocks; k++) {
    const block = BigInt.asUintN(64, given.currentBlock + BigInt(k));
    burns.push(burnAfterBlock(burns.at(-1) ?? given.burn, given.minBurn, given.maxBurn, factor, block));
  }
  return burns;
}

/** The price after each of some registrations. */
export function burnIncrease(given: {
  readonly burn: bigint;
  readonly minBurn: bigint;
  readonly maxBurn: bigint;
  readonly multiplier: bigint;
  readonly times: number;
}): bigint[] {
  const burns: bigint[] = [];
  for (let k = 0; k < given.times; k++) {
    burns.push(burnAfterRegistration(burns.at(-1) ?? given.burn, given.minBurn, given.maxBurn, given.multiplier));
  }
  return burns;
}

/** What a subnet costs, and the interval in which that falls. */
export function lock(
  given: Record<"lastLock" | "minLock" | "lastLockBlock" | "currentBlock", bigint> & {
    readonly reductionInterval: bigint;
    readonly totalIssuance: bigint;
  },
): { interval: bigint; cost: bigint } {
  const interval = lockInterval(given.reductionInterval, given.totalIssuance);
  const { lastLock, minLock, lastLockBlock, currentBlock } = given;
  return { interval, cost: lockCost(lastLock, minLock, lastLockBlock, currentBlock, interval) };
}

/** What the pruning twin reads; accounts are numbers. */
export interface Subnet {
  readonly n: number;
  readonly currentBlock: number;
  readonly immunityPeriod: number;
  readonly minNonImmuneUids: number;
  readonly immuneOwnerUidsLimit: number;
  readonly keys: readonly number[];
  readonly blockAtRegistration: readonly number[];
  readonly emission: readonly string[];
  readonly ownedHotkeys: readonly number[];
  readonly ownerHotkey: number | null;
}

interface Neuron {
  readonly uid: number;
  readonly key: number;
  readonly block: number;
  readonly emission: bigint;
}

/** The protected uids, and who goes. */
export function neuronToPrune(subnet: Subnet): { uid: number | null; immuneOwnerUids: number[] } {
  const neurons = subnet.keys.map(
    (key, uid): Neuron => ({
      uid,
      key,
      block: subnet.blockAtRegistration[uid]!,
      emission: BigInt(subnet.emission[uid] ?? 0),
    }),
  );
  const byAge = (a: Neuron, b: Neuron) => a.block - b.block || a.uid - b.uid;
  const byEmission = (a: Neuron, b: Neuron) =>
    a.emission === b.emission ? byAge(a, b) : a.emission < b.emission ? -1 : 1;
  const limit = subnet.immuneOwnerUidsLimit;
  let safe = neurons.filter(({ key }) => subnet.ownedHotkeys.includes(key)).sort(byAge);
  safe = safe.slice(0, limit);
  const owner = neurons.find(({ key }) => key === subnet.ownerHotkey);
  if (owner !== undefined && !safe.includes(owner)) safe = [owner, ...safe].slice(0, limit);
  const others = neurons.filter((neuron) => !safe.includes(neuron)).sort(byEmission);
  const isImmune = ({ block }: Neuron) => Math.max(subnet.currentBlock - block, 0) < subnet.immunityPeriod;
  const free = others.filter((neuron) => !isImmune(neuron));
  const choice = free.length > subnet.minNonImmuneUids ? free : others.filter(isImmune);
  return { uid: choice[0]?.uid ?? null, immuneOwnerUids: safe.map(({ uid }) => uid) };
}
