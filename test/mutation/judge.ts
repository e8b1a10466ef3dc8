/**
 * Holds one kernel against the suite: every answer as text, in a fixed order of fields. Refusals of the kernel are answers
 * too, so that a trap where a result was due, and a result where a trap was due, both count as seen.
 */
import { PATH_GENERAL } from "../../assembly/contract.js";
import { runChain } from "../../host/api/chain.js";
import { conformLine } from "../../host/api/conform.js";
import { runEpoch, runTracedEpoch } from "../../host/api/epoch.js";
import { explainEpoch } from "../../host/api/explain/explain.js";
import { fixedLine } from "../../host/api/fixed.js";
import { runMechanisms } from "../../host/api/mechanisms.js";
import { YumaError } from "../../host/errors.js";
import { toJson } from "../../host/json.js";
import type { Kernel, KernelExports } from "../../host/load/kernel.js";
import { Hunt } from "../fuzz/hunt.js";
import { type Allowed, toldOf } from "../oracle/fusedEdge.js";
import { counters } from "../support/counters.js";
import { instantiate } from "../support/kernel.js";
import { askCall, type CallName } from "./beside.js";
import { fresh } from "./fresh.js";
import { type RefusalName, refusals } from "./refusals.js";

const HUNT_SEED = 78;
/** How many of the questions that caught mutants lately are asked first. */
const LATELY = 40;

/** One question to a kernel. */
export type Question =
  | { readonly kind: "epoch" | "chain" | "mechanisms"; readonly input: unknown; readonly fields?: readonly string[] }
  /** What an epoch may have fallen back on. */
  | { readonly kind: "counts"; readonly input: unknown; readonly allowed: Allowed }
  | { readonly kind: "explain"; readonly input: unknown; readonly uid: number }
  | { readonly kind: "fixed"; readonly input: string }
  /** A line of a published suite. */
  | { readonly kind: "conform"; readonly suite: string; readonly input: string }
  /** A whole call beside the epoch. */
  | { readonly kind: "call"; readonly name: CallName; readonly input: unknown }
  /** Both paths of the kernel over so many made-up cases: they must agree. */
  | { readonly kind: "paths"; readonly from: number; readonly cases: number }
  | { readonly kind: "refusal"; readonly input: RefusalName };

/** A question and its right answer. */
export interface Item {
  readonly question: Question;
  readonly answer: string;
}

/** A question with its answer as a value, not yet as text. */
export type Draft = readonly [question: Question, expected: unknown];

/** A kernel, or an area of one, which exports no more than that area's functions. */
export function kernelOf(bytes: Uint8Array<ArrayBuffer>): Kernel {
  const module = new WebAssembly.Module(bytes);
  const { exports, memory } = instantiate<KernelExports>(bytes);
  return { module, exports, memory };
}

/** What a kernel answers; of a failure the code and what the kernel said of it. */
export function answerOf(kernel: Kernel, question: Question): string {
  try {
    return answer(kernel, question);
  } catch (error) {
    if (error instanceof YumaError) return `${error.code} ${toJson(error.details)}`;
    return `broken: ${error instanceof Error ? error.name : String(error)}`;
  }
}

function answer(kernel: Kernel, question: Question): string {
  switch (question.kind) {
    case "epoch":
      return chosen(runTracedEpoch(kernel, question.input as never), question.fields);
    case "counts":
      return counted(kernel, question.input, question.allowed);
    case "chain":
      return [...runChain(kernel, question.input as never)].map((result) => chosen(result)).join("\n");
    case "mechanisms":
      return chosen(runMechanisms(kernel, question.input as never));
    case "explain":
      // Its numbers are other results' numbers; that it does not refuse to tell them is what counts.
      return explainEpoch(kernel, question.input as never, question.uid) ? "adds up" : "";
    case "fixed":
      return fixedLine(kernel, question.input);
    case "conform":
      return [...conformLine(kernel, question.suite, question.input)].join("\n");
    case "call":
      return toJson(askCall(kernel, question.name, question.input) ?? null);
    case "paths":
      return agreeing(kernel, question.from, question.cases);
    case "refusal":
      return refusals[question.input](kernel);
  }
}

/**
 * What an epoch counted, in a fresh instance: what one before it left in memory would decide for it. And whether the general path has the
 * same result.
 */
function counted(kernel: Kernel, input: unknown, allowed: Allowed): string {
  const exports = fresh(kernel);
  const own = { module: kernel.module, exports, memory: exports.memory };
  const result = toJson(runEpoch(own, input as never));
  const told = toldOf(allowed, counters(own));
  exports.epochPath(PATH_GENERAL);
  return toJson(runEpoch(own, input as never)) === result ? told : `${told}, with another result`;
}

/** "agree", where the paths do. What differs, and where, is of no interest here. */
function agreeing(kernel: Kernel, from: number, cases: number): string {
  try {
    const hunt = new Hunt(kernel, null, { seed: HUNT_SEED, from, twinEvery: 0 });
    for (let k = 0; k < cases; k++) hunt.step();
    return "agree";
  } catch {
    return "differ";
  }
}

/** The result as text, all of it or the named fields. */
function chosen(result: object, fields?: readonly string[]): string {
  if (fields === undefined) return toJson(result);
  return toJson(Object.fromEntries(fields.map((name) => [name, (result as Record<string, unknown>)[name]])));
}

/**
 * The first question a kernel answers wrongly, or null. A kernel that cannot even be instantiated fails at once. `goesOn` is called
 * before each. Those in `lately`, by number, are asked first; the one that catches moves to its front.
 */
export function firstWrong(
  bytes: Uint8Array<ArrayBuffer>,
  suite: readonly Item[],
  goesOn: () => void = () => {},
  lately: number[] = [],
): string | null {
  let kernel: Kernel;
  try {
    kernel = kernelOf(bytes);
  } catch {
    return "instantiation";
  }
  for (const k of [...lately, ...suite.keys()]) {
    const { question, answer: right } = suite[k] as Item;
    goesOn();
    if (answerOf(kernel, question) === right) continue;
    lately.splice(0, lately.length, ...[k, ...lately.filter((other) => other !== k)].slice(0, LATELY));
    return `${question.kind} ${k}`;
  }
  return null;
}
