/**
 * Draws an epoch's input for the long hunt. Three in four fulfil what the fused path asks for; all of them lean to where the
 * arithmetic turns: ties, ones, zeros, edges of every setting, blocks at and beside every comparison.
 */
import * as abi from "../../assembly/contract.js";
import { Block, put, putAllOnes, type Rows } from "./block.js";
import type { Random } from "./random.js";
import { drawRows } from "./rows.js";

const BLOCK = 5_000_000;
const CUTOFF = 5000;
/** Rao that exist; stakes of a subnet that sum to 2^63 are refused. */
const SUPPLY_BITS = 54;
const SIZE_EDGES = [1, 2, 7, 8, 8, 9, 15, 16, 16, 17, 24, 31, 32];
/** Validators of a small subnet: one is refused by the fused path unless others hold stake. */
const FEW = [1, 2, 3, 4, 5, 7, 8, 9, 12, 16];
const LARGE_SIZES = [64, 65, 128, 200, 255, 256, 257, 384, 511, 512];
const KAPPAS = [32767, 32767, 32767, 0, 65535, 1, 65534];
const PENALTIES = [65535, 65535, 65535, 0, 32768, 1, 65534];
const AVERAGES = [900_000, 900_000, 500_000, 1, 999_999, 975_000];
const ODD_AVERAGES = [0, 1_000_000, 1_000_001, 3_000_000, 2 ** 52];
const STAKES = [
  "falling",
  "falling",
  "falling",
  "equal",
  "equal",
  "any",
  "any",
  "any",
  "small",
  "small",
  "halves",
  "halves",
  "nearly",
  "lone",
  "none",
];
const PERMITTED = ["validators", "validators", "validators", "validators", "all", "all", "any", "none"];
const STEEPNESSES = [1000, 1000, 32767, -32767, -32768, 0, 1, -1, 4000, -1000];
const ALPHAS = [45875, 58982, 0, 1, 65535, 65534, 32768];

/** What a case of the hunt is about. */
export interface Case {
  readonly block: Block;
  /** "yuma2", "yuma3" or "liquid". */
  readonly kind: string;
}

/** A case by itself. */
export function drawCase(random: Random): Case {
  const large = random.oneIn(1500);
  const n = large
    ? random.pick(LARGE_SIZES)
    : random.oneIn(24)
      ? random.between(33, 96)
      : random.edged(SIZE_EDGES, 4, 24);
  const validators = large ? random.between(1, Math.min(n, 256)) : Math.min(n, random.edged(FEW, 3, 12));
  const tidy = !random.oneIn(4);
  // Validators come first, last, or anywhere.
  const shift = random.pick([0, 0, n - validators, random.below(n)]);
  const isValidator = (i: number) => (i - shift + n) % n < validators || (!large && random.oneIn(12));
  // One subnet in three has uids nobody names, in weights or in bonds or in both: at random, up to some uid, or from some on.
  const isNamed = random.oneIn(3) ? drawNamed(random, n) : () => true;
  const rows = (): Rows => {
    const names = random.oneIn(8) ? () => true : isNamed;
    return drawRows(random, { n, has: isValidator, names, tidy: tidy || random.oneIn(2) });
  };
  const block = new Block(n, rows(), rows());
  const kind = random.pick(["yuma2", "yuma3", "liquid", "liquid"]);
  setRules(random, block, kind);
  setClocks(random, block, tidy);
  setStakes(random, block, isValidator);
  return { block, kind };
}

/** The uids that rows name, a few of all. */
function drawNamed(random: Random, n: number): (j: number) => boolean {
  const border = random.below(n);
  const named = new Set(Array.from({ length: 1 + random.below(Math.min(n, 24)) }, () => random.below(n)));
  return random.pick([(j: number) => named.has(j), (j: number) => j <= border, (j: number) => j >= border]);
}

/** The epoch after: the bonds the kernel came to, and weights that moved a little. */
export function successor(random: Random, { block, kind }: Case, bonds: Rows, consensus: Uint16Array): Case {
  const next = new Block(block.n, block.weights, bonds);
  const { weights } = next;
  for (let e = 0; e < weights.values.length; e++) {
    const value = weights.values[e] as number;
    if (value > 0 && random.oneIn(3)) weights.values[e] = Math.max(1, Math.min(65535, value + random.between(-64, 64)));
  }
  next.scalars.set(block.scalars.subarray(6), 6);
  for (const name of ["lastUpdate", "blockAtRegistration", "alphaStake", "taoStake", "commitBlock"] as const) {
    next[name].set(block[name]);
  }
  next.validatorPermit.set(block.validatorPermit);
  next.previousConsensus.set(consensus);
  return { block: next, kind };
}

function setRules(random: Random, block: Block, kind: string): void {
  const flags =
    (kind === "yuma2" ? (random.oneIn(4) ? abi.FLAG_LIQUID_ALPHA : 0) : abi.FLAG_YUMA3) |
    (kind === "liquid" ? abi.FLAG_LIQUID_ALPHA : 0) |
    (random.oneIn(4) ? abi.FLAG_COMMIT_REVEAL : 0) |
    (random.oneIn(2) ? abi.FLAG_PREVIOUS_CONSENSUS : 0) |
    (random.oneIn(8) ? 0 : abi.FLAG_OWNER_PRIVILEGE);
  block.set(abi.SCALAR_FLAGS, flags);
  block.set(abi.SCALAR_LIQUID_CONSENSUS, random.below(3));
  block.set(abi.SCALAR_BONDS_MASK, random.oneIn(2) ? 0 : random.below(3));
  block.set(abi.SCALAR_KAPPA, random.oneIn(8) ? random.u16() : random.pick(KAPPAS));
  block.set(abi.SCALAR_BONDS_PENALTY, random.oneIn(4) ? random.u16() : random.pick(PENALTIES));
  const average = random.oneIn(16) ? random.pick(ODD_AVERAGES) : random.edged(AVERAGES, 1, 999_999);
  block.set(abi.SCALAR_BONDS_MOVING_AVERAGE, average);
  block.set(abi.SCALAR_ALPHA_LOW, random.oneIn(3) ? random.pick(ALPHAS) : random.between(1, 60000));
  block.set(abi.SCALAR_ALPHA_HIGH, random.oneIn(3) ? random.pick(ALPHAS) : random.between(20000, 65535));
  block.set(
    abi.SCALAR_ALPHA_SIGMOID_STEEPNESS,
    random.oneIn(3) ? random.between(-32768, 32767) : random.pick(STEEPNESSES),
  );
  block.set(abi.SCALAR_MAX_ALLOWED_VALIDATORS, random.pick([64, 64, 0, 1, 2, block.n - 1, block.n, 65535]));
  block.set(abi.SCALAR_OWNER_UID, random.oneIn(3) ? random.below(block.n) : abi.NO_OWNER);
  put(block.scalars, abi.SCALAR_RAO_EMISSION, random.oneIn(8) ? random.sized(53) : 361_000_000_000);
  if (random.oneIn(32)) putAllOnes(block.scalars, abi.SCALAR_RAO_EMISSION);
  block.scalars[2 * abi.SCALAR_TAO_WEIGHT] = random.u32();
  block.scalars[2 * abi.SCALAR_TAO_WEIGHT + 1] = random.u32();
  for (let j = 0; j < block.n; j++) block.previousConsensus[j] = random.oneIn(4) ? 0 : random.u32() & 4095;
}

/** Blocks: nearly all long ago, some at and beside every comparison the epoch makes. */
function setClocks(random: Random, block: Block, tidy: boolean): void {
  const tempo = random.oneIn(4) ? random.u16() : 360;
  const last = random.oneIn(8) ? 0 : BLOCK - random.pick([360, 1, 0, tempo, -1]);
  block.set(abi.SCALAR_CURRENT_BLOCK, BLOCK);
  block.set(abi.SCALAR_TEMPO, tempo);
  block.set(abi.SCALAR_LAST_MECHANISM_STEP_BLOCK, last);
  block.set(abi.SCALAR_ACTIVITY_CUTOFF, CUTOFF);
  const rare = tidy ? 24 : 5;
  const masks = random.oneIn(2);
  const edges = [last, last + 1, last + 2, BLOCK - tempo, BLOCK, BLOCK - 200, BLOCK + 1];
  for (let i = 0; i < block.n; i++) {
    const idle = random.oneIn(rare) ? random.pick([CUTOFF - 1, CUTOFF, CUTOFF + 1, BLOCK]) : random.below(2000);
    const registered = masks && random.oneIn(rare) ? random.pick(edges) : random.below(BLOCK - 70_000);
    put(block.lastUpdate, i, BLOCK - idle);
    put(block.blockAtRegistration, i, Math.max(0, registered));
    const other = random.below(block.n);
    const near = (block.blockAtRegistration[2 * other] as number) + random.between(0, 2);
    if (random.oneIn(rare)) put(block.commitBlock, i, Math.max(0, near - 1));
    else putAllOnes(block.commitBlock, i);
    if (masks && random.oneIn(rare)) put(block.lastUpdate, i, Math.max(near - 1, BLOCK - CUTOFF));
  }
}

/** Stakes: falling, equal, any size, one that has all or nearly all, halves, nobody. */
function setStakes(random: Random, block: Block, isValidator: (i: number) => boolean): void {
  const { n } = block;
  const style = random.pick(STAKES);
  const whole = 1 + random.sized(44);
  const chosen = random.below(n);
  const permitted = random.pick(PERMITTED);
  for (let i = 0; i < n; i++) {
    const validator = isValidator(i);
    put(block.alphaStake, i, validator || random.oneIn(8) ? stakeOf(random, style, whole, i, chosen) : 0);
    put(block.taoStake, i, random.oneIn(8) && style !== "lone" ? random.sized(SUPPLY_BITS - 12) : 0);
    const permit =
      permitted === "validators" ? validator : permitted === "all" || (permitted === "any" && random.oneIn(2));
    block.validatorPermit[i] = permit ? 1 : 0;
  }
  if (random.oneIn(6)) {
    const other = random.below(n);
    const stake = (block.alphaStake[2 * other] as number) + (block.alphaStake[2 * other + 1] as number) * 2 ** 32;
    block.set(abi.SCALAR_STAKE_THRESHOLD, stake + random.below(2));
  }
}

function stakeOf(random: Random, style: string, whole: number, i: number, chosen: number): number {
  switch (style) {
    case "falling":
      return Math.ceil((whole * 1000) / (i + 4));
    case "equal":
      return whole;
    case "small":
      return random.below(4);
    case "lone":
      return i === chosen ? whole : 0;
    case "nearly":
      return i === chosen ? 2 ** 53 - 1 : random.below(2 ** 22);
    case "halves":
      return i === chosen || i === chosen + 1 ? whole : 0;
    case "none":
      return 0;
    default:
      return random.sized(SUPPLY_BITS - 10);
  }
}
