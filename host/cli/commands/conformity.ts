/** Answers of a suite held against expected ones, in order, to the last digit. */
import { isDeepStrictEqual } from "node:util";
import { quoteLongIntegers } from "../../json.js";
import type { Line } from "../io.js";

/** One answer, and the line of the cases it answers. */
export interface Answer {
  readonly line: number;
  readonly text: string;
  readonly failed: boolean;
}

/** Where an answer and what was expected part: the line of the expected answers, the first field, both values. */
export interface Difference {
  /** Line of the case, null where there is none for this answer. */
  readonly line: number | null;
  /** Line of the expected answer, null where there is none. */
  readonly expectedLine: number | null;
  /** Path to the first value that differs; empty for the answer as a whole. */
  readonly field: string;
  readonly answer: string | null;
  readonly expected: string | null;
}

/** What came of it. */
export interface Conformity {
  /** Whether there are answers and all are equal. */
  readonly equal: boolean;
  /** Answers given, or expected if those are more. */
  readonly answers: number;
  readonly different: number;
  /** Epochs of a chain that were computed and of which no result was given. */
  readonly beyond: number;
  /** The first few. */
  readonly differences: readonly Difference[];
}

const TOLD = 5;
const LONGEST = 60;

/**
 * Compares answer by answer. What only one side has differs, save that the results of a chain may end before its run does.
 * JSON is compared as values: order of keys and blanks say nothing.
 */
export async function hold(
  suite: string,
  given: AsyncIterable<Answer>,
  expected: AsyncGenerator<Line, void>,
): Promise<Conformity> {
  const told = { answers: 0, different: 0, beyond: 0, differences: [] as Difference[] };
  const compare = (answer: Answer | undefined, wanted: Line | undefined) => {
    told.answers++;
    const difference = differ(answer, wanted);
    if (difference === undefined) return;
    if (told.different++ < TOLD) told.differences.push(difference);
  };
  const next = async () => (await expected.next()).value ?? undefined;
  let wanted = await next();
  for await (const answer of given) {
    if (suite === "chain" && !sameEpoch(answer, wanted)) {
      told.beyond++;
      continue;
    }
    compare(answer, wanted);
    wanted = await next();
  }
  for (; wanted !== undefined; wanted = await next()) compare(undefined, wanted);
  return { equal: told.answers > 0 && told.different === 0, ...told };
}

/** Whether a chain's answer is of the run and the epoch that the result is of. */
function sameEpoch(answer: Answer, wanted: Line | undefined): boolean {
  const [ours, theirs] = [answer.text, wanted?.text ?? ""].map(parsed);
  return isNode(ours) && isNode(theirs) && ours.name === theirs.name && ours.epoch === theirs.epoch;
}

function differ(answer: Answer | undefined, wanted: Line | undefined): Difference | undefined {
  const expected = wanted?.text.trimEnd();
  if (answer?.text === expected) return undefined;
  const ours = answer && parsed(answer.text);
  const theirs = expected === undefined ? undefined : parsed(expected);
  if (isDeepStrictEqual(ours, theirs)) return undefined;
  const where = firstDifference(ours, theirs, "");
  return { line: answer?.line ?? null, expectedLine: wanted?.number ?? null, ...where };
}

/** A line as values, its long integers as text so that none is rounded; a line that is not JSON as it stands. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(quoteLongIntegers(text));
  } catch {
    return text;
  }
}

function firstDifference(
  ours: unknown,
  theirs: unknown,
  field: string,
): Pick<Difference, "field" | "answer" | "expected"> {
  if (isNode(ours) && isNode(theirs)) {
    for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
      if (isDeepStrictEqual(ours[key], theirs[key])) continue;
      const inner = Array.isArray(ours) ? `${field}[${key}]` : field === "" ? key : `${field}.${key}`;
      return firstDifference(ours[key], theirs[key], inner);
    }
  }
  return { field, answer: brief(ours), expected: brief(theirs) };
}

function isNode(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function brief(value: unknown): string | null {
  if (value === undefined) return null;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
