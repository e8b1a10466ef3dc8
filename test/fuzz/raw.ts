/** One input block, every path of the kernel: all that a run leaves for a host to read must be the same bytes. */
import * as abi from "../../assembly/contract.js";
import type { Kernel } from "../../host/load/kernel.js";
import type { Block, Rows } from "./block.js";
import { objection } from "./reasons.js";

/** What vectors hold before a run: whatever it does not write shows. */
const POISON = 0xa5;
/** Bytes behind an epoch's own that no path may write to. */
const GUARD = 4096;

/** Vectors of the frame and their bytes a uid. Those from the first to the last lie in one piece. */
const VECTORS: readonly (readonly [name: string, field: number, bytes: number])[] = [
  ["active", abi.FIELD_ACTIVE, 1],
  ["permit", abi.FIELD_PERMIT, 1],
  ["validatorPermit", abi.FIELD_VALIDATOR_PERMIT, 1],
  ["consensus", abi.FIELD_CONSENSUS, 2],
  ["incentive", abi.FIELD_INCENTIVE, 2],
  ["dividends", abi.FIELD_DIVIDENDS, 2],
  ["validatorTrust", abi.FIELD_VALIDATOR_TRUST, 2],
  ["stakeWeight", abi.FIELD_STAKE_WEIGHT, 2],
  ["stake", abi.FIELD_STAKE, 8],
  ["serverEmission", abi.FIELD_SERVER_EMISSION, 8],
  ["validatorEmission", abi.FIELD_VALIDATOR_EMISSION, 8],
  ["emission", abi.FIELD_EMISSION, 8],
  ["stakeBits", abi.FIELD_STAKE_BITS, 8],
  ["activeStakeBits", abi.FIELD_ACTIVE_STAKE_BITS, 8],
  ["medianStake", abi.FIELD_MEDIAN_STAKE, 8],
  ["consensusBits", abi.FIELD_CONSENSUS_BITS, 8],
  ["liquidConsensus", abi.FIELD_LIQUID_CONSENSUS, 8],
  ["validatorTrustBits", abi.FIELD_VALIDATOR_TRUST_BITS, 8],
  ["ranks", abi.FIELD_RANKS, 8],
  ["incentiveBits", abi.FIELD_INCENTIVE_BITS, 8],
  ["bondTotals", abi.FIELD_BOND_TOTALS, 8],
  ["dividendsBits", abi.FIELD_DIVIDENDS_BITS, 8],
];

/** How the paths of a run went. */
export interface RawRun {
  readonly path: number;
  readonly refusal: number;
  readonly quotients: number;
  readonly shares: number;
  readonly columns: number;
  readonly alphas: number;
}

/** What a run left: all vectors in one piece, and where each lies in it. */
interface Left {
  readonly at: readonly number[];
  readonly vectors: Uint8Array;
  readonly bonds: Rows;
}

/** Kernels that compute a block by every path, and the two that know it best. */
export class RawPaths {
  constructor(
    readonly kernel: Kernel,
    readonly scalar: Kernel | null,
  ) {}

  /**
   * Computes `block` by the general path and by the one the kernel chooses, now and then in the other order, and, if asked, in the
   * scalar kernel. Throws, naming what differs.
   */
  compare(
    block: Block,
    chosenFirst: boolean,
    withScalar: boolean,
  ): { run: RawRun; bonds: Rows; consensus: Uint16Array } {
    const order = chosenFirst ? [abi.PATH_CHOOSE, abi.PATH_GENERAL] : [abi.PATH_GENERAL, abi.PATH_CHOOSE];
    const guard = begin(this.kernel, block);
    let run: RawRun | null = null;
    const left = order.map((path) => {
      const result = leave(this.kernel, block.n, path);
      if (path === abi.PATH_CHOOSE) run = readRun(this.kernel);
      return result;
    });
    if (guard.some((byte) => byte !== POISON)) throw new Error("something was written behind the epoch's memory");
    if (run === null || left[0] === undefined || left[1] === undefined) throw new Error("nothing was run");
    expectSame(block.n, left[0], left[1], "general and chosen path");
    const [general] = left;
    const odd = objection(block, (run as RawRun).refusal, () => hasAllStake(block.n, general));
    if (odd !== null) throw new Error(`path and reason ${(run as RawRun).refusal} do not fit: ${odd}`);
    if (withScalar && this.scalar !== null) {
      begin(this.scalar, block);
      expectSame(block.n, left[0], leave(this.scalar, block.n, abi.PATH_GENERAL), "kernel and scalar kernel");
    }
    return { run, bonds: left[0].bonds, consensus: consensusOf(block.n, left[0]) };
  }
}

/** Puts the block in its place, and poisons the memory behind all that the epoch draws, which is returned. */
function begin({ exports, memory }: Kernel, block: Block): Uint8Array {
  const sizes = [block.n, block.weights.uids.length, block.bonds.uids.length] as const;
  const base = exports.epochBegin(...sizes) >>> 0;
  const end = base + Number(exports.epochBytes(...sizes));
  if (end + GUARD > memory.buffer.byteLength) memory.grow(1);
  new Uint8Array(memory.buffer).set(block.bytes, base);
  return new Uint8Array(memory.buffer, end, GUARD).fill(POISON);
}

function readRun({ exports }: Kernel): RawRun {
  return {
    path: exports.epochPathTaken(),
    refusal: exports.epochCounter(abi.COUNTER_REFUSAL),
    quotients: exports.epochCounter(abi.COUNTER_EXACT_QUOTIENTS),
    shares: exports.epochCounter(abi.COUNTER_EXACT_SHARES),
    columns: exports.epochCounter(abi.COUNTER_COLUMNS_BY_HAND),
    alphas: exports.epochCounter(abi.COUNTER_EXACT_ALPHAS),
  };
}

/** Runs, takes what is left, and poisons it, so that another run over the same memory has to write all of it anew. */
function leave({ exports, memory }: Kernel, n: number, path: number): Left {
  exports.epochPath(path);
  exports.epochRun();
  const from = exports.epochField(abi.FIELD_ACTIVE) >>> 0;
  const bytes = (exports.epochField(abi.FIELD_DIVIDENDS_BITS) >>> 0) + 8 * n - from;
  const start = new Uint32Array(memory.buffer, exports.epochField(abi.FIELD_BOND_ROWS) >>> 0, n + 1);
  const count = start[n] as number;
  const uids = new Uint16Array(memory.buffer, exports.epochField(abi.FIELD_BOND_UIDS) >>> 0, count);
  const values = new Uint16Array(memory.buffer, exports.epochField(abi.FIELD_BOND_VALUES) >>> 0, count);
  const vectors = new Uint8Array(memory.buffer, from, bytes);
  const left = {
    at: VECTORS.map(([, field]) => (exports.epochField(field) >>> 0) - from),
    vectors: vectors.slice(),
    bonds: { start: start.slice(), uids: uids.slice(), values: values.slice() },
  };
  vectors.fill(POISON);
  start.fill(POISON);
  uids.fill(POISON);
  values.fill(POISON);
  return left;
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function same(a: ArrayBufferView, b: ArrayBufferView): boolean {
  return Buffer.compare(bytesOf(a), bytesOf(b)) === 0;
}

/** Between two vectors may lie up to seven bytes that are nobody's; only vectors count. */
function expectSame(n: number, a: Left, b: Left, who: string): void {
  const different: string[] = [];
  for (const [k, [name, , bytes]] of VECTORS.entries()) {
    const part = ({ at, vectors }: Left) => vectors.subarray(at[k], (at[k] as number) + bytes * n);
    if (!same(part(a), part(b))) different.push(name);
  }
  for (const name of ["start", "uids", "values"] as const) {
    if (!same(a.bonds[name], b.bonds[name])) different.push(`bonds.${name}`);
  }
  if (different.length > 0) throw new Error(`${who} differ in ${different.join(", ")}`);
}

/** The part of `left` that is a vector. */
function vectorOf(n: number, { at, vectors }: Left, name: string): Uint8Array {
  const k = VECTORS.findIndex(([own]) => own === name);
  return vectors.slice(at[k], (at[k] as number) + (VECTORS[k]?.[2] ?? 0) * n);
}

/** Whether some uid has all of the active stake, or of that which votes. */
function hasAllStake(n: number, left: Left): boolean {
  return ["activeStakeBits", "medianStake"].some((name) => {
    const halves = new Uint32Array(vectorOf(n, left, name).buffer);
    return halves.some((high, k) => k % 2 === 1 && high > 0);
  });
}

function consensusOf(n: number, left: Left): Uint16Array {
  return new Uint16Array(vectorOf(n, left, "consensus").buffer);
}
