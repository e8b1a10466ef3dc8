/**
 * `npm run bench`: the epoch of made-up subnets, by the kernel and by its opponents, in one process.
 *
 *   --quick        n = 256 only, short samples        --only TEXT   cases whose name contains it (n256-v64-dense-yuma3)
 *   --markdown     tables for bench/README.md         --json        one JSON document
 *
 * bench/README.md says what is measured and what is not. Progress on stderr, tables on stdout.
 */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { BENCH_KINDS, BENCH_SEED, type BenchCase, snapshotOf } from "../host/cli/bench/matrix.js";
import { toJson } from "../host/json.js";
import { grouped } from "../host/units.js";
import { contenders } from "./contenders.js";
import { dividendsTable, measureDividends } from "./dividends.js";
import { type EmissionTime, measureEmission } from "./emission.js";
import { type Effort, type Measured, measureCase, measureParts, type PartTime } from "./measure.js";
import { type SwapTime, timeSwaps } from "./pool.js";
import { settledSnapshotOf } from "./settled.js";
import { buildStepsKernel, type StepTime, timeSteps } from "./steps.js";
import { markdownTable, plainTable, type Told } from "./tables.js";

const SCHEMA_VERSION = 1;
const SHAPES = [
  [64, 64],
  [256, 64],
  [1024, 64],
  [4096, 64],
  [256, 256],
  [1024, 256],
] as const;
const DENSITIES = [1, 0.05];
/** The BigInt twin ends in seconds up to here. */
const MOST_SLOW_UIDS = 256;
const STEPS_UIDS = 256;
const PARTS_UIDS = [256, 1024];
const VALIDATORS = 64;
const EMISSION_SUBNETS = [16, 128];

const FULL: Effort = { minSamples: 20, maxTime: 0.3, slowRuns: 3 };
const QUICK: Effort = { minSamples: 5, maxTime: 0.1, slowRuns: 1 };

const nameOf = ({ n, validators, density, kind }: BenchCase) =>
  `n${n}-v${validators}-${density === 1 ? "dense" : "sparse"}-${kind.label}`;

function casesOf(quick: boolean, only: string): BenchCase[] {
  const shapes = quick ? SHAPES.filter(([n, validators]) => n === 256 && validators === VALIDATORS) : SHAPES;
  const all = shapes.flatMap(([n, validators]) =>
    DENSITIES.flatMap((density) => BENCH_KINDS.map((kind) => ({ n, validators, density, kind }))),
  );
  return all.filter((one) => nameOf(one).includes(only));
}

function measureAll(cases: readonly BenchCase[], effort: Effort): Measured[] {
  const everyone = contenders();
  return cases.flatMap((one, k) => {
    process.stderr.write(`${k + 1} of ${cases.length}: ${nameOf(one)}\n`);
    const isSmall = one.n <= MOST_SLOW_UIDS && one.validators <= VALIDATORS && one.density === 1;
    const able = everyone.filter(({ slow }) => !slow || isSmall);
    return measureCase(one, able, effort);
  });
}

/** The same shapes' usual case: 256 uids, dense rows, bonds that have settled. */
function measureSettled(only: string, effort: Effort): Measured[] {
  const able = contenders().filter(({ slow }) => !slow);
  return BENCH_KINDS.flatMap((kind) => {
    const one: BenchCase = { n: STEPS_UIDS, validators: VALIDATORS, density: 1, kind };
    const name = `${nameOf(one)}-settled`;
    if (!name.includes(only)) return [];
    process.stderr.write(`${name}\n`);
    return measureCase(one, able, effort, settledSnapshotOf(one));
  });
}

const time = (microseconds: number) =>
  microseconds < 10 ? microseconds.toFixed(1) : grouped(Math.round(microseconds));

function epochsTable(title: string, measured: readonly Measured[]): Told {
  return {
    title,
    columns: [
      { title: "n" },
      { title: "validators" },
      { title: "density" },
      { title: "rules", words: true },
      { title: "by", words: true },
      { title: "µs" },
      { title: "× float64" },
      { title: "epochs/s" },
      { title: "bytes" },
      { title: "hash", words: true },
    ],
    rows: measured.map((row) => [
      String(row.n),
      String(row.validators),
      `${row.density * 100} %`,
      row.rules,
      row.contender,
      time(row.microseconds),
      row.perFloat64.toFixed(2),
      grouped(Math.round(1e6 / row.microseconds)),
      row.peakBytes === null ? "" : grouped(row.peakBytes),
      row.hash,
    ]),
  };
}

function stepsTable(steps: ReadonlyMap<string, readonly StepTime[]>): Told {
  const names = [...new Set([...steps.values()].flatMap((list) => list.map(({ step }) => step)))];
  const cell = (list: readonly StepTime[], name: string) => {
    const found = list.find(({ step }) => step === name);
    return found ? found.microseconds.toFixed(1) : "";
  };
  const total = (list: readonly StepTime[]) => list.reduce((sum, { microseconds }) => sum + microseconds, 0).toFixed(1);
  return {
    title: `Steps of the general path, µs, n = ${STEPS_UIDS}, ${VALIDATORS} validators, dense`,
    columns: [{ title: "step", words: true }, ...[...steps.keys()].map((title) => ({ title }))],
    rows: [
      ...names.map((name) => [name, ...[...steps.values()].map((list) => cell(list, name))]),
      ["all", ...[...steps.values()].map(total)],
    ],
  };
}

function partsTable(parts: ReadonlyMap<number, readonly PartTime[]>): Told {
  const [first = []] = parts.values();
  return {
    title: `Around the epoch, µs, ${VALIDATORS} validators, dense, Yuma 3`,
    columns: [{ title: "part", words: true }, ...[...parts.keys()].map((n) => ({ title: `n = ${n}` }))],
    rows: first.map(({ part }, k) => [part, ...[...parts.values()].map((list) => time(list[k]?.microseconds ?? 0))]),
  };
}

function swapsTable(swaps: readonly SwapTime[]): Told {
  return {
    title: "A swap's quote, µs",
    columns: [
      { title: "power", words: true },
      { title: "kernel" },
      { title: "BigInt twin" },
      { title: "hash", words: true },
    ],
    rows: swaps.map((swap) => [swap.way, time(swap.microseconds), time(swap.twinMicroseconds), swap.hash]),
  };
}

function emissionTable(times: readonly EmissionTime[]): Told {
  return {
    title: "A block's emission",
    columns: [{ title: "subnets" }, { title: "by", words: true }, { title: "µs" }, { title: "hash", words: true }],
    rows: times.map(({ subnets, by, microseconds, hash }) => [String(subnets), by, time(microseconds), hash]),
  };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      quick: { type: "boolean", default: false },
      only: { type: "string", default: "" },
      markdown: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
  const effort = values.quick ? QUICK : FULL;
  const epochs = measureAll(casesOf(values.quick, values.only), effort);
  const settled = measureSettled(values.only, effort);
  const shape = { validators: VALIDATORS, density: 1 };
  const kernel = await buildStepsKernel();
  const kinds = BENCH_KINDS.filter(({ label }) => label.includes(values.only) || epochs.length === 0);
  const chosen = kinds.length > 0 ? kinds : BENCH_KINDS;
  const steps = new Map(
    chosen.map((kind) => [kind.label, timeSteps(kernel, snapshotOf({ ...shape, n: STEPS_UIDS, kind }))]),
  );
  const plainKind = BENCH_KINDS[1]!;
  const sizes = values.quick ? PARTS_UIDS.slice(0, 1) : PARTS_UIDS;
  const parts = new Map(sizes.map((n) => [n, measureParts({ ...shape, n, kind: plainKind }, effort)]));
  const swaps = timeSwaps(effort);
  const dividends = measureDividends(effort);
  const emission = EMISSION_SUBNETS.flatMap((subnets) => measureEmission(subnets, effort));
  const machine = { cpu: cpus()[0]?.model ?? "unknown", node: process.version, seed: BENCH_SEED };
  if (values.json) {
    const plain = { steps: Object.fromEntries(steps), parts: Object.fromEntries(parts) };
    const fields = { ...plain, emission, dividends, swaps };
    console.log(toJson({ schemaVersion: SCHEMA_VERSION, ...machine, epochs, settled, ...fields }, 2));
    return;
  }
  console.log(`${machine.cpu}, Node ${machine.node}, seed ${BENCH_SEED}, medians\n`);
  const areas = [emissionTable(emission), dividendsTable(dividends), swapsTable(swaps)];
  const usual = epochsTable("Epochs with settled bonds", settled);
  const told = [epochsTable("Epochs", epochs), usual, stepsTable(steps), partsTable(parts), ...areas];
  console.log(told.map(values.markdown ? markdownTable : plainTable).join("\n"));
}

await main();
