/** What `yuma bench` and the project's own benchmarks measure alike: the kinds of epochs, and how a result is told. */
import { createHash } from "node:crypto";
import { toJson } from "../../json.js";
import type { EpochSnapshot } from "../../types.js";
import { makeSubnet } from "./subnet.js";

/** The seed of every subnet that is measured. */
export const BENCH_SEED = 7;

/** One rule set by its name. */
export interface BenchKind {
  readonly label: string;
  readonly yuma3: boolean;
  readonly liquidAlpha: boolean;
  readonly bondsPenalty: number;
}

const FULL = 65535;
const HALF = 32768;

/** The rules that cost differently. */
export const BENCH_KINDS: readonly BenchKind[] = [
  { label: "yuma2", yuma3: false, liquidAlpha: false, bondsPenalty: FULL },
  { label: "yuma3", yuma3: true, liquidAlpha: false, bondsPenalty: FULL },
  { label: "yuma3-half", yuma3: true, liquidAlpha: false, bondsPenalty: HALF },
  { label: "liquid", yuma3: true, liquidAlpha: true, bondsPenalty: FULL },
];

/** One subnet to measure. */
export interface BenchCase {
  readonly n: number;
  readonly validators: number;
  /** 0 to 1. */
  readonly density: number;
  readonly kind: BenchKind;
}

/** The snapshot of a case. */
export function snapshotOf({ n, validators, density, kind }: BenchCase): EpochSnapshot {
  const { label: _label, ...rules } = kind;
  return makeSubnet({ n, validators, density, seed: BENCH_SEED, ...rules });
}

/** Twelve hexadecimal digits that stand for a whole result: no work can be left out unseen. */
export function hashOf(result: unknown): string {
  return createHash("sha256").update(toJson(result)).digest("hex").slice(0, 12);
}

/** The middle of some times. */
export function medianOf(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0;
}
