/** A snapshot as the kernel reads it: the input block (assembly/consensus/input.ts), filled here without a host in between. */
import * as abi from "../../assembly/contract.js";
import type { EpochSnapshot, RulesRecord, StoredRow } from "../oracle/types.js";

const TWO32 = 2 ** 32;
/** Half of NO_COMMIT. */
const ALL_ONES = 0xffffffff;

/** Rows as they are stored: n + 1 starts, then an entry each. */
export interface Rows {
  readonly start: Uint32Array;
  readonly uids: Uint16Array;
  readonly values: Uint16Array;
}

/** The block of n uids, W weights and B bonds. Words of 64 bits are pairs of u32, low half first. */
export class Block {
  readonly bytes: Uint8Array;
  readonly scalars: Uint32Array;
  readonly lastUpdate: Uint32Array;
  readonly blockAtRegistration: Uint32Array;
  readonly alphaStake: Uint32Array;
  readonly taoStake: Uint32Array;
  readonly commitBlock: Uint32Array;
  readonly validatorPermit: Uint8Array;
  readonly previousConsensus: Uint16Array;
  readonly weights: Rows;
  readonly bonds: Rows;

  constructor(
    readonly n: number,
    weights: Rows,
    bonds: Rows,
  ) {
    const [weightCount, bondCount] = [weights.uids.length, bonds.uids.length];
    const words = 2 * n;
    let size = 8 * abi.SCALARS + 40 * n + padded(n) + padded(2 * n) + 2 * padded(4 * (n + 1));
    size += 2 * (padded(2 * weightCount) + padded(2 * bondCount));
    const { buffer } = new Uint32Array(size / 4);
    let at = 0;
    const take = (bytes: number) => {
      const from = at;
      at += padded(bytes);
      return from;
    };
    const column = () => new Uint32Array(buffer, take(4 * words), words);
    const rows = (from: Rows): Rows => {
      const count = from.uids.length;
      const start = new Uint32Array(buffer, take(4 * (n + 1)), n + 1);
      const uids = new Uint16Array(buffer, take(2 * count), count);
      const values = new Uint16Array(buffer, take(2 * count), count);
      start.set(from.start);
      uids.set(from.uids);
      values.set(from.values);
      return { start, uids, values };
    };
    this.scalars = new Uint32Array(buffer, take(8 * abi.SCALARS), 2 * abi.SCALARS);
    this.lastUpdate = column();
    this.blockAtRegistration = column();
    this.alphaStake = column();
    this.taoStake = column();
    this.commitBlock = column();
    this.validatorPermit = new Uint8Array(buffer, take(n), n);
    this.previousConsensus = new Uint16Array(buffer, take(2 * n), n);
    this.weights = rows(weights);
    this.bonds = rows(bonds);
    this.bytes = new Uint8Array(buffer);
    this.set(abi.SCALAR_UIDS, n);
    this.set(abi.SCALAR_WEIGHTS, weightCount);
    this.set(abi.SCALAR_BONDS, bondCount);
  }

  /** Scalar k ← a whole number below 2^53, or a negative one of 32 bits. */
  set(k: number, value: number): void {
    put(this.scalars, k, value);
  }

  /** Scalar k, a whole number below 2^53. */
  get(k: number): number {
    return (this.scalars[2 * k] ?? 0) + (this.scalars[2 * k + 1] ?? 0) * TWO32;
  }

  /** Whether a FLAG_* bit is set. */
  flag(bit: number): boolean {
    return (this.get(abi.SCALAR_FLAGS) & bit) !== 0;
  }
}

function padded(bytes: number): number {
  return (bytes + 7) & ~7;
}

/** Word i ← a whole number below 2^53, or a negative one of 32 bits. */
export function put(words: Uint32Array, i: number, value: number): void {
  words[2 * i] = value;
  words[2 * i + 1] = value < 0 ? ALL_ONES : value / TWO32;
}

/** Word i ← all ones. */
export function putAllOnes(words: Uint32Array, i: number): void {
  words[2 * i] = ALL_ONES;
  words[2 * i + 1] = ALL_ONES;
}

/** Words as decimal numbers. */
function amounts(words: Uint32Array): string[] {
  return Array.from(new BigUint64Array(words.buffer, words.byteOffset, words.length / 2), String);
}

function rowsOf({ start, uids, values }: Rows): StoredRow[] {
  return Array.from({ length: start.length - 1 }, (_, i) =>
    Array.from(uids.subarray(start[i], start[i + 1]), (uid, k) => [uid, values[(start[i] ?? 0) + k] ?? 0] as const),
  );
}

function rulesOf(block: Block): RulesRecord {
  return {
    specVersion: null,
    liquidAlphaConsensus: "perSubnet",
    nullMode: true,
    bondsMask: (["lastEpoch", "tempo", "lastUpdate"] as const)[block.get(abi.SCALAR_BONDS_MASK)] ?? "lastEpoch",
    ownerPrivilege: block.flag(abi.FLAG_OWNER_PRIVILEGE),
    perSubnetBonds: true,
  };
}

/** The same snapshot as an object, for those who read no blocks. */
export function snapshotOf(block: Block): EpochSnapshot {
  const { n } = block;
  const scalars = amounts(block.scalars);
  const wide = (k: number) => scalars[k] ?? "0";
  const commits = amounts(block.commitBlock).map((blocks) => (BigInt(blocks) + 1n === 1n << 64n ? null : blocks));
  const owner = block.get(abi.SCALAR_OWNER_UID);
  return {
    n,
    currentBlock: block.get(abi.SCALAR_CURRENT_BLOCK),
    tempo: block.get(abi.SCALAR_TEMPO),
    lastMechanismStepBlock: block.get(abi.SCALAR_LAST_MECHANISM_STEP_BLOCK),
    activityCutoff: block.get(abi.SCALAR_ACTIVITY_CUTOFF),
    kappa: block.get(abi.SCALAR_KAPPA),
    bondsPenalty: block.get(abi.SCALAR_BONDS_PENALTY),
    bondsMovingAverage: wide(abi.SCALAR_BONDS_MOVING_AVERAGE),
    yuma3: block.flag(abi.FLAG_YUMA3),
    liquidAlpha: block.flag(abi.FLAG_LIQUID_ALPHA),
    commitRevealEnabled: block.flag(abi.FLAG_COMMIT_REVEAL),
    alphaLow: block.get(abi.SCALAR_ALPHA_LOW),
    alphaHigh: block.get(abi.SCALAR_ALPHA_HIGH),
    alphaSigmoidSteepness: Number(BigInt.asIntN(64, BigInt(wide(abi.SCALAR_ALPHA_SIGMOID_STEEPNESS)))),
    maxAllowedValidators: block.get(abi.SCALAR_MAX_ALLOWED_VALIDATORS),
    stakeThreshold: wide(abi.SCALAR_STAKE_THRESHOLD),
    ownerUid: owner === abi.NO_OWNER ? null : owner,
    commitBlocks: commits.some((commit) => commit !== null) ? commits : null,
    raoEmission: wide(abi.SCALAR_RAO_EMISSION),
    lastUpdate: amounts(block.lastUpdate),
    blockAtRegistration: amounts(block.blockAtRegistration),
    validatorPermit: Array.from(block.validatorPermit, (permit) => permit === 1),
    alphaStake: amounts(block.alphaStake),
    taoStake: amounts(block.taoStake),
    taoWeight: wide(abi.SCALAR_TAO_WEIGHT),
    weights: rowsOf(block.weights),
    bonds: rowsOf(block.bonds),
    rules: rulesOf(block),
    liquidAlphaConsensusMode:
      (["current", "previous", "auto"] as const)[block.get(abi.SCALAR_LIQUID_CONSENSUS)] ?? "auto",
    previousConsensus: block.flag(abi.FLAG_PREVIOUS_CONSENSUS) ? Array.from(block.previousConsensus) : null,
  };
}
