/**
 * Parts of the fused path, of the pool and of the numbers that are judged by themselves, too, through doors the kernel does not have: what they lay out or
 * find the way round a whole epoch may hide, as it hides a bound that is too narrow by little, and a swap a carry that is rare.
 */
import { ALPHA_PROBE, type AlphaProbe, STEEPNESS, wrongBond, wrongDifference } from "../support/alphaProbe.js";
import { boundsOf, wrongBound, wrongExcess, wrongMargin, wrongTable } from "../support/alphaProof.js";
import { LITTLE } from "../support/alphaSums.js";
import { AREAS, type AreaExports, areaFaults } from "../support/area.js";
import {
  DIVISION_PROBE,
  type DivisionProbe,
  exactPart,
  miscounted as rowsMiscounted,
  wrongQuotient,
  wrongSmallQuotient,
} from "../support/divisionProbe.js";
import {
  EARNINGS_PROBE,
  type EarningsProbe,
  exactEarnings,
  miscounted as sharesMiscounted,
  wrongEarnings,
} from "../support/earningsProbe.js";
import { instantiate } from "../support/kernel.js";
import { LARGEST_PROBE, type LargestProbe, leftOpen, openBesideTurns, wrongLargest } from "../support/largestProbe.js";
import { NATURAL_PROBE, type NaturalProbe, wrongNatural } from "../support/naturalProbe.js";
import { POWER_PROBE, type PowerProbe, wrongWay } from "../support/powerProbe.js";
import { RUNS_PROBE, type RunsProbe, wrongEight, wrongRun } from "../support/runsProbe.js";
import {
  closedAbove,
  closedPart,
  countingLooks,
  SEARCH_PROBE,
  type SearchProbe,
  VOTERS,
  wrongSearch,
  wrongWay as wrongWayOfSearch,
} from "../support/searchProbe.js";
import { SHARE_PROBE, type ShareProbe, wrongPowerShare, wrongRandomShare } from "../support/shareProbe.js";
import { VECTOR_PROBE, VECTORS, type VectorProbe } from "../support/vectorProbe.js";
import type { Entry } from "./build.js";

const FUSED = "assembly/consensus/fused/";
const POOL = "assembly/pool/";
const FIXED = "assembly/fixed/";
const GROUPS = 1_500;
const ROUNDS = 60;
const WIDEST = 400;
const LEAST_CLOSED = 0.95;
const LARGEST_ROUNDS = 100;
/** Part of bonds beside a turn that is left to integers: a half, but for the largest ones. */
const OPEN = [0.44, 0.52] as const;
const DIVISION_ROUNDS = 400;
const MOST_EXACT = 0.001;
const SHARE_ROUNDS = 4_000;
const EARNING_ROUNDS = 600;
const RUN_ROUNDS = 2_000;
const MOST_EARNED_EXACTLY = 1 / 50;

/** A part: the files it is made of, its entry, and whether a module made of that is wrong. */
export interface Part {
  readonly files: readonly string[];
  readonly entry: Entry;
  /** Calls `goesOn` now and then. */
  readonly isWrong: (bytes: Uint8Array<ArrayBuffer>, goesOn: () => void) => boolean;
}

const part = <E>(
  names: string,
  text: string,
  isWrong: (exports: E, goesOn: () => void) => boolean,
  folder = FUSED,
  guarded = false,
): Part => ({
  files: names.split(" ").map((name) => `${folder}${name}.ts`),
  entry: { text, guarded },
  isWrong: (bytes, goesOn) => {
    try {
      return isWrong(instantiate<E>(bytes).exports, goesOn);
    } catch {
      return true;
    }
  },
});

/** A part of which calls are counted, too. */
const counted = ({ files, entry, isWrong }: Part, counting: (named: Uint8Array) => Uint8Array<ArrayBuffer>): Part => ({
  files,
  entry: { ...entry, named: true },
  isWrong: (bytes, goesOn) => isWrong(counting(bytes), goesOn),
});

/** By name. */
export const PARTS: Readonly<Record<string, Part>> = {
  area: part<AreaExports>("area", `export * from "../${FUSED}area";`, (area) =>
    AREAS.some(([rows, columns]) => areaFaults(area, rows, columns).length > 0),
  ),
  alpha: part<AlphaProbe>("bounds certified growth pairs series", ALPHA_PROBE, (alphas, goesOn) => {
    const { wrong, widest } = boundsOf(alphas);
    goesOn();
    if (wrong !== undefined || widest >= WIDEST || wrongExcess(alphas) !== undefined) return true;
    if ([wrongBound, wrongMargin, wrongTable].some((isWrong) => isWrong(alphas) !== undefined)) return true;
    if (Object.values(LITTLE).some((isWrong) => isWrong(alphas))) return true;
    goesOn();
    if ([0, 257, 32768, 65535].some((half) => wrongBond(alphas, half, GROUPS) !== undefined)) return true;
    return STEEPNESS.some((steepness) => {
      goesOn();
      return wrongDifference(alphas, steepness, GROUPS) !== undefined;
    });
  }),
  search: counted(
    part<SearchProbe>("search narrow", SEARCH_PROBE, (search, goesOn) => {
      goesOn();
      if (closedPart(search, 10) < LEAST_CLOSED || closedAbove(search) !== 0) return true;
      return VOTERS.some((voters) => {
        goesOn();
        return (
          wrongSearch(search, voters, ROUNDS) !== undefined || wrongWayOfSearch(search, voters, ROUNDS) !== undefined
        );
      });
    }),
    countingLooks,
  ),
  largest: part<LargestProbe>("largest", LARGEST_PROBE, (largest, goesOn) => {
    goesOn();
    if (wrongLargest(largest, LARGEST_ROUNDS) !== undefined) return true;
    const open = openBesideTurns(largest, 20);
    return open < OPEN[0] || open > OPEN[1] || leftOpen(largest, 20) >= OPEN[0];
  }),
  division: part<DivisionProbe>("quotient smallQuotient lanes", DIVISION_PROBE, (division, goesOn) => {
    goesOn();
    if (wrongQuotient(division, DIVISION_ROUNDS) !== undefined || wrongSmallQuotient(division, 10_000) !== undefined)
      return true;
    return exactPart(division, DIVISION_ROUNDS) >= MOST_EXACT || rowsMiscounted(division) !== 0;
  }),
  earnings: part<EarningsProbe>("dividends share", EARNINGS_PROBE, (earnings, goesOn) => {
    goesOn();
    if (wrongEarnings(earnings, EARNING_ROUNDS) !== undefined) return true;
    return exactEarnings(earnings, 20) >= MOST_EARNED_EXACTLY || sharesMiscounted(earnings) !== 0;
  }),
  runs: part<RunsProbe>("runs", RUNS_PROBE, (runs, goesOn) => {
    goesOn();
    return wrongRun(runs, RUN_ROUNDS) !== undefined || wrongEight(runs, RUN_ROUNDS) !== undefined;
  }),
  natural: part<NaturalProbe>(
    "division integer mantissa natural perquintill",
    NATURAL_PROBE,
    (natural, goesOn) => wrongNatural(natural, goesOn) !== undefined,
    POOL,
  ),
  share: part<ShareProbe>(
    "share double",
    SHARE_PROBE,
    (share, goesOn) => {
      const wrong = wrongRandomShare(share, SHARE_ROUNDS);
      goesOn();
      return (wrong ?? wrongPowerShare(share)) !== undefined;
    },
    FIXED,
  ),
  vector: part<VectorProbe>(
    "linear/vector linear/upscale fixed/ratio",
    VECTOR_PROBE,
    (vectors, goesOn) =>
      Object.values(VECTORS).some((wrong) => {
        goesOn();
        return wrong(vectors) !== undefined;
      }),
    "assembly/",
  ),
  power: part<PowerProbe>("power root series", POWER_PROBE, (pool) => wrongWay(pool) !== undefined, POOL, true),
};

/** The part a file belongs to, by name. */
export const partOf = (file: string) => Object.keys(PARTS).find((name) => PARTS[name]!.files.includes(file));
