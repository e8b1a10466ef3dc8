/**
 * `npm run mutate`: makes the kernel's arithmetic wrong in one place at a time and counts who notices.
 *
 *   --seed N     order of the sample (default 1)      --limit N    how many mutants (default 200; 0 = all)
 *   --file TEXT  only files whose path contains it    --list       print the mutations and build nothing
 *   --again REPORT  only the mutations a saved report names (its survivors, after a test was added)
 *   --believe    count what README.md calls equivalent without trying it
 *   --questions N  ask only the first N of each area's suite, and no part by itself: a sieve, who gets through is to be tried again
 *   --seconds N  stop after so long and report what was tried by then, in the sample's order (default: none)
 *
 * Progress on stderr, the report on stdout. Exit code 1 where a mutant survives that README.md does not call equivalent.
 */
import { readFileSync } from "node:fs";
import { optionsOf, refuse, wholeOf } from "../support/script.js";
import { PARTS, partOf } from "./alone.js";
import { type Area, areaOf } from "./areas.js";
import { arithmeticFiles, buildKernel, entryTo } from "./build.js";
import { changeOf, isEquivalent } from "./equivalents.js";
import { Mutants } from "./mutants.js";
import { makeRunner, type Runner, type Suspect, type Verdict } from "./runner.js";
import { type Mutation, mutationsOf } from "./sites.js";
import { sourceOf } from "./source.js";
import { makeSuite } from "./suite.js";

/** The fates of a mutant. `unreached`: the compiled kernel does not change, so that nothing can tell. */
const FATES = ["killed", "timeout", "unbuildable", "unreached", "equivalent", "survived"] as const;
type Fate = (typeof FATES)[number];

/** What a mutant may take for one question; most take a thousandth of it, the longest, by the general path and with switches, a third. */
const LIMIT_MS = 8_000;
const PROGRESS_EVERY = 50;

/** A shuffled copy, the same for the same seed. */
function shuffled<T>(list: readonly T[], seed: number): T[] {
  let state = seed >>> 0 || 1;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const out = [...list];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [out[i], out[j]] = [out[j] as T, out[i] as T];
  }
  return out;
}

function describe(mutation: Mutation): string {
  return `${mutation.file}:${mutation.line}: ${changeOf(mutation)}`;
}

/** An area as it stands: its kernel, and who asks it. */
interface Bench {
  readonly area: Area;
  readonly original: Uint8Array<ArrayBuffer>;
  readonly runner: Runner;
  readonly mutants: Mutants;
  /** Those of parts judged by themselves. */
  readonly parts: Map<string, Mutants>;
}

const benches = new Map<Area, Promise<Bench>>();

/** The bench of an area, made when first asked for. Throws where the kernel itself does not pass. */
function benchOf(area: Area): Promise<Bench> {
  const made = benches.get(area) ?? makeBench(area);
  benches.set(area, made);
  return made;
}

async function makeBench(area: Area): Promise<Bench> {
  const original = await buildKernel(area);
  if (original === null) throw new Error(`The kernel itself does not build: ${area}.`);
  const started = performance.now();
  const suite = makeSuite(original, area, questions);
  const runner = makeRunner(suite, LIMIT_MS);
  const made = performance.now();
  const verdict = await runner.judge({ file: "", bytes: original });
  if (verdict !== null) throw new Error(`The kernel itself does not pass: ${area}, ${verdict}.`);
  const [drawn, asked] = [made - started, performance.now() - made].map(Math.round);
  console.error(`${area}: ${suite.length} questions, made in ${drawn} ms, asked in ${asked} ms`);
  const right = async (suspect: Suspect) => (await runner.judge(suspect)) === null;
  const mutants = new Mutants(entryTo(area), (file, bytes) => right({ file, bytes }));
  const parts = Object.entries(PARTS).map(([part, { entry }]): [string, Mutants] => {
    return [part, new Mutants(entry, (file, bytes) => right({ file, bytes, part }))];
  });
  return { area, original, runner, mutants, parts: new Map(parts) };
}

async function fateOf(mutation: Mutation): Promise<Fate> {
  const { file } = mutation;
  const source = sourceOf(file) ?? "";
  const isListed = isEquivalent(mutation, source);
  if (isListed && values.believe) return "equivalent";
  const bench = await benchOf(areaOf(file));
  const { original, runner, mutants } = bench;
  const { bytes, isOwn } = await mutants.of(mutation);
  if (bytes === null || !WebAssembly.validate(bytes)) return "unbuildable";
  if (isOwn && Buffer.compare(bytes, original) === 0) return "unreached";
  const verdict = (await runner.judge({ file, bytes })) ?? (await judgeAlone(mutation, bench));
  if (verdict === null)
    return isListed ? "equivalent" : survivorOf(isOwn ? bytes : await mutants.alone(mutation), original);
  if (isListed) console.error(`listed as equivalent, but caught by ${verdict}: ${describe(mutation)}`);
  return verdict === "timeout" ? "timeout" : "killed";
}

/** What the part a mutant was changed in says by itself. What does not build there builds in the kernel, and was judged by that. */
async function judgeAlone(mutation: Mutation, { runner, parts }: Bench): Promise<Verdict> {
  const part = Number.isFinite(questions) ? undefined : partOf(mutation.file);
  const mutant = part === undefined ? undefined : await parts.get(part)?.of(mutation);
  return mutant?.bytes ? runner.judge({ file: mutation.file, bytes: mutant.bytes, part }) : null;
}

/** What a mutant is that nobody noticed: with switches beside it one cannot tell that it does not build or changes nothing. */
function survivorOf(alone: Uint8Array<ArrayBuffer> | null, original: Uint8Array<ArrayBuffer>): Fate {
  if (alone === null) return "unbuildable";
  return Buffer.compare(alone, original) === 0 ? "unreached" : "survived";
}

function report(fates: ReadonlyMap<Mutation, Fate>): void {
  const files = [...new Set([...fates.keys()].map(({ file }) => file))].sort();
  const count = (fate: Fate, file?: string) =>
    [...fates].filter(([mutation, f]) => f === fate && (file === undefined || mutation.file === file)).length;
  const row = (cells: readonly (string | number)[], label: string) =>
    console.log(`${label.padEnd(42)}${cells.map((cell) => String(cell).padStart(13)).join("")}`);
  row(FATES, "file");
  for (const file of files)
    row(
      FATES.map((fate) => count(fate, file)),
      file,
    );
  row(
    FATES.map((fate) => count(fate)),
    "all",
  );
  const caught = count("killed") + count("timeout");
  const possible = caught + count("survived");
  console.log(
    `\ncaught ${caught} of ${possible} that mean something: ${((100 * caught) / Math.max(1, possible)).toFixed(1)} %`,
  );
  const survivors = [...fates].filter(([, fate]) => fate === "survived").map(([mutation]) => describe(mutation));
  if (survivors.length > 0) console.log(`\nsurvivors\n${survivors.sort().join("\n")}`);
}

const values = optionsOf({
  seed: { type: "string", default: "1" },
  limit: { type: "string", default: "200" },
  file: { type: "string", default: "" },
  again: { type: "string", default: "" },
  believe: { type: "boolean", default: false },
  questions: { type: "string", default: "Infinity" },
  seconds: { type: "string", default: "Infinity" },
  list: { type: "boolean", default: false },
});
const named = values.again ? new Set(readFileSync(values.again, "utf8").split("\n")) : null;
const all = arithmeticFiles()
  .filter((file) => file.includes(values.file))
  .flatMap((file) => mutationsOf(file, sourceOf(file) ?? ""))
  .filter((mutation) => named === null || named.has(describe(mutation)));
if (all.length === 0) refuse(`There is no mutation in files like ${JSON.stringify(values.file)}.`);
const limit = wholeOf("limit", values.limit);
const sample = shuffled(all, wholeOf("seed", values.seed)).slice(0, limit > 0 ? limit : all.length);
const questions = wholeOf("questions", values.questions);
console.error(`seed ${values.seed}: ${sample.length} of ${all.length} mutations`);
if (values.list) {
  for (const mutation of sample) console.log(describe(mutation));
} else {
  const fates = new Map<Mutation, Fate>();
  const until = performance.now() + 1000 * wholeOf("seconds", values.seconds);
  for (const mutation of sample) {
    if (performance.now() > until) break;
    const fate = await fateOf(mutation);
    fates.set(mutation, fate);
    if (fate === "survived") console.error(`survived: ${describe(mutation)}`);
    if (fates.size % PROGRESS_EVERY === 0) console.error(`${fates.size} of ${sample.length}`);
  }
  for (const bench of benches.values()) await (await bench).runner.close();
  report(fates);
  // A kernel that never answers may hold its worker, and with it the process.
  process.exit([...fates.values()].includes("survived") ? 1 : 0);
}
