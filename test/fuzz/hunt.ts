/** The long hunt itself: an endless row of cases, each by every path, now and then by the twin as well. */
import * as abi from "../../assembly/contract.js";
import type { Kernel } from "../../host/load/kernel.js";
import type { EpochSnapshot } from "../oracle/types.js";
import { snapshotOf } from "./block.js";
import { type Counts, compareAll } from "./compare.js";
import { type Case, drawCase, successor } from "./draw.js";
import { Random } from "./random.js";
import { RawPaths, type RawRun } from "./raw.js";
import { fuzzed } from "./snapshots.js";

/** One case in so many goes on for a few epochs, from the bonds it came to. */
const GOES_ON = 4;
const SCALAR_EVERY = 8;
/** The twin is slow: larger subnets are not for it. */
const TWIN_MOST_UIDS = 40;

const REFUSALS: Readonly<Record<number, string>> = {
  [abi.REFUSED_NOT]: "fused",
  [abi.REFUSED_ALPHA]: "general, for α",
  [abi.REFUSED_STAKE]: "general, for stake",
  [abi.REFUSED_SPARSE]: "general, for sparse rows",
  [abi.REFUSED_ROWS]: "general, for order",
};

export interface HuntOptions {
  readonly seed: number;
  /** The first case. */
  readonly from: number;
  /** The twin takes one case in so many; 0 = none. */
  readonly twinEvery: number;
}

/** What was computed, and how often the kernel's fallbacks ran. */
export class Hunt {
  readonly counts: Counts = new Map();
  readonly #paths: RawPaths;
  readonly #options: HuntOptions;
  readonly #snapshots: Generator<EpochSnapshot, never>;
  /** The case under way. */
  index: number;

  /** `scalar` may be left out. */
  constructor(kernel: Kernel, scalar: Kernel | null, options: HuntOptions) {
    this.#paths = new RawPaths(kernel, scalar);
    this.#options = options;
    this.#snapshots = fuzzed(options.seed + options.from);
    this.index = options.from;
  }

  /** The next case. Throws where two differ, with what it takes to see it again. */
  step(): void {
    const random = new Random(this.#options.seed, this.index);
    let one = drawCase(random);
    const epochs = random.oneIn(GOES_ON) ? random.between(2, 4) : 1;
    for (let epoch = 0; epoch < epochs; epoch++) {
      const { bonds, consensus } = this.#epoch(random, one);
      if (epoch + 1 < epochs) one = successor(random, one, bonds, consensus);
    }
    const { twinEvery } = this.#options;
    if (twinEvery > 0 && this.index % twinEvery === 0) this.#askTwin(one);
    this.index++;
  }

  #epoch(random: Random, one: Case): ReturnType<RawPaths["compare"]> {
    const withScalar = random.oneIn(SCALAR_EVERY);
    try {
      const result = this.#paths.compare(one.block, random.oneIn(2), withScalar);
      this.#count(one.kind, result.run);
      if (withScalar) this.#add("by the scalar kernel", 1);
      return result;
    } catch (cause) {
      throw this.#named(cause, one);
    }
  }

  /** The last epoch of the case, and one of the slower generator, whose amounts are larger and whose blocks are wilder. */
  #askTwin(one: Case): void {
    const { kernel } = this.#paths;
    const counts: Counts = new Map();
    if (one.block.n <= TWIN_MOST_UIDS) {
      try {
        compareAll(kernel, snapshotOf(one.block), counts);
      } catch (cause) {
        throw this.#named(cause, one);
      }
    }
    compareAll(kernel, this.#snapshots.next().value, counts);
    this.#add("by the BigInt twin", counts.get("bigint") ?? 0);
  }

  #count(kind: string, run: RawRun): void {
    this.#add("epochs", 1);
    this.#add(`${kind}: ${REFUSALS[run.refusal] ?? "unasked"}`, 1);
    this.#add("rows of eight divided exactly", run.quotients);
    this.#add("exact shares", run.shares);
    this.#add("columns by hand", run.columns);
    this.#add("exact α", run.alphas);
  }

  #add(what: string, count: number): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + count);
  }

  #named(cause: unknown, one: Case): Error {
    const text = cause instanceof Error ? cause.message : String(cause);
    const again = `--seed ${this.#options.seed} --from ${this.index} --runs 1`;
    return new Error(`${text}\nagain: ${again}\n${JSON.stringify(snapshotOf(one.block))}`, { cause });
  }
}
