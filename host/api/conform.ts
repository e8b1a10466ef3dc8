/**
 * The conformance suites: cases in, results out, line by line, in the formats of the published vectors, so that anyone can
 * hold this implementation, or theirs, against them.
 */
import { shown, YumaError } from "../errors.js";
import { fromJson, quoteLongIntegers, toJson } from "../json.js";
import type { Kernel } from "../load/kernel.js";
import { refuse } from "../marshal/values.js";
import type { EpochSnapshot, MechanismsSnapshot } from "../types.js";
import { type ChainCase, runChain } from "./chain.js";
import { registrationAnswer } from "./conformRegistration.js";
import { sharesAnswer } from "./conformShares.js";
import { conformEmission } from "./emission/conform.js";
import { runEpoch, runTracedEpoch } from "./epoch.js";
import { fixedLine } from "./fixed.js";
import { runMechanisms } from "./mechanisms.js";

/** What a suite may be asked for besides its results. */
export interface ConformOptions {
  /** Epoch suite: add the matrices weightsBits, weightsForBondsBits, emaBondsBits. */
  readonly trace?: boolean;
}

type Suite = (kernel: Kernel, line: string, options: ConformOptions) => Iterable<string>;

const SUITES: Readonly<Record<string, Suite>> = {
  *epoch(kernel, line, { trace }) {
    const snapshot = fromJson(line, "This line") as EpochSnapshot;
    yield toJson(trace ? runTracedEpoch(kernel, snapshot) : runEpoch(kernel, snapshot));
  },
  *chain(kernel, line) {
    for (const { name, epoch, currentBlock, ...result } of runChain(kernel, fromJson(line, "This line") as ChainCase)) {
      yield toJson({ name, epoch, currentBlock: blockNumber(currentBlock), ...result });
    }
  },
  *mechanisms(kernel, line) {
    yield toJson(runMechanisms(kernel, fromJson(line, "This line") as MechanismsSnapshot));
  },
  *emission(kernel, line) {
    yield toJson(conformEmission(kernel, fromJson(line, "This line")));
  },
  *fixed(kernel, line) {
    yield fixedLine(kernel, line);
  },
  *shares(kernel, line) {
    yield toJson(sharesAnswer(kernel, fromJson(line, "This line")));
  },
  // Stored settings of 64 bits stand there as numbers.
  *registration(kernel, line) {
    yield toJson(registrationAnswer(kernel, fromJson(quoteLongIntegers(line), "This line")));
  },
};

/** Blocks are JSON numbers as far as those are exact. */
function blockNumber(block: bigint): number | bigint {
  return block <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(block) : block;
}

/** The names of the suites. */
export const SUITE_NAMES: readonly string[] = Object.keys(SUITES);

/** The answers to one line of a suite: one line, for `chain` one an epoch. Throws USAGE for an unknown suite. */
export function conformLine(
  kernel: Kernel,
  suite: string,
  line: string,
  options: ConformOptions = {},
): Iterable<string> {
  const run = SUITE_NAMES.includes(suite) ? SUITES[suite] : undefined;
  if (run === undefined) throw noSuchSuite(suite);
  if (typeof line !== "string") return refuse("A line", "a string", line);
  return run(kernel, line, options);
}

/** What to throw for a suite that does not exist. */
export function noSuchSuite(suite: unknown): YumaError {
  const text = `There is no suite ${shown(suite)}; there are ${SUITE_NAMES.join(", ")}.`;
  return new YumaError("USAGE", text, { suite: shown(suite) });
}
