/** Who computes the epoch: the kernel's paths, the floating-point twin, the BigInt twin. Each is prepared once, run often. */

import { inlinedModule } from "../host/load/inlined.js";
import { guarded, instantiate } from "../host/load/kernel.js";
import { readResult } from "../host/marshal/read.js";
import { checkSnapshot } from "../host/marshal/snapshot.js";
import { beginEpoch } from "../host/marshal/write.js";
import type { EpochSnapshot } from "../host/types.js";
import { oracleEpoch } from "../test/oracle/epoch.js";
import type { EpochSnapshot as PlainSnapshot } from "../test/oracle/types.js";
import { prepareFloat64 } from "./float64/epoch.js";
import { type EpochPath, force, pathsOf, took } from "./paths.js";

/** A contender with one epoch ready. */
export interface Ready {
  run(): void;
  /** What the last run computed, for its hash. */
  result(): unknown;
  /** Bytes of the epoch; null where nobody counts them. */
  readonly peakBytes: number | null;
}

/** Someone who can compute epochs. */
export interface Contender {
  readonly label: string;
  /** Too slow to be run often, or on anything large. */
  readonly slow?: boolean;
  /** Null where it does not take the epoch: the fused path refuses rows that are far apart. */
  prepare(snapshot: EpochSnapshot): Ready | null;
}

/** The opponent every other time is set against. */
export const FLOAT64 = "float64";

function onPath(path: EpochPath): Contender {
  return {
    label: path.label,
    prepare(snapshot) {
      const kernel = instantiate(inlinedModule());
      const checked = checkSnapshot(snapshot);
      beginEpoch(kernel, checked);
      force(kernel, path);
      guarded(kernel, kernel.exports.epochRun);
      if (!took(kernel, path)) return null;
      const { n, name } = checked.settings;
      const { uids: weights } = checked.weights;
      const { uids: bonds } = checked.bonds;
      return {
        run: kernel.exports.epochRun,
        result: () => readResult(kernel, n, name),
        peakBytes: Number(kernel.exports.epochBytes(n, weights.length, bonds.length)),
      };
    },
  };
}

const float64: Contender = {
  label: FLOAT64,
  prepare(snapshot) {
    const { run, result, bonds } = prepareFloat64(snapshot);
    const told = () => ({ incentive: [...result.incentive], dividends: [...result.dividends], bonds: [...bonds] });
    return { run, result: told, peakBytes: null };
  },
};

const bigint: Contender = {
  label: "bigint",
  slow: true,
  prepare(snapshot) {
    const plain = JSON.parse(JSON.stringify(snapshot)) as PlainSnapshot;
    let last: unknown;
    return {
      run() {
        last = oracleEpoch(plain);
      },
      result: () => last,
      peakBytes: null,
    };
  },
};

/** All of them; the opponent first. */
export function contenders(): Contender[] {
  return [float64, ...pathsOf(instantiate(inlinedModule())).map(onPath), bigint];
}
