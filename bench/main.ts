/**
 * `npm run bench`: the epoch of made-up subnets, by the kernel and by its opponents, in one process.
 *
 *   --quick        n = 256 only, short samples        --only TEXT   cases whose name contains it (n256-v64-dense-yuma3)
 *   --markdown     tables for bench/README.md         --json        one JSON document
 *
 * bench/README.md says what is measured and what is not. Progress on stderr, tables on stdout.
 */
import { cpus } from "node:os";
import { BENCH_KINDS, BENCH_SEED, type BenchCase, type BenchKind, snapshotOf } from "../host/cli/bench/matrix.js";
import { toJson } from "../host/json.js";
import { optionsOf, refuse } from "../test/support/script.js";
import { contenders } from "./contenders.js";
import { dividendsTable, measureDividends } from "./dividends.js";
import { holdDuels } from "./duel.js";
import { measureEmission } from "./emission.js";
import { buildFusedKernel, timeFusedParts } from "./fusedParts.js";
import { type Effort, type Measured, measureCase, measureParts } from "./measure.js";
import { timeSwaps } from "./pool.js";
import { duelsTable, emissionTable, epochsTable, swapsTable, type Times, timesTable, withSum } from "./report.js";
import { settledSnapshotOf } from "./settled.js";
import { buildStepsKernel, timeSteps } from "./steps.js";
import { markdownTable, plainTable } from "./tables.js";

const SCHEMA_VERSION = 2;
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
const USUAL = { n: 256, validators: 64, density: 1 } as const;
const STEPS_UIDS = [64, 256, 1024, 4096];
const PARTS_UIDS = [256, 1024];
const EMISSION_SUBNETS = [16, 128];

const FULL: Effort = { minSamples: 20, maxTime: 0.3, slowRuns: 3 };
const QUICK: Effort = { minSamples: 5, maxTime: 0.1, slowRuns: 1 };
/** Seconds a comparison with the twin takes. */
const FULL_DUEL = 4;
const QUICK_DUEL = 0.3;

const nameOf = ({ n, validators, density, kind }: BenchCase) =>
  `n${n}-v${validators}-${density === 1 ? "dense" : "sparse"}-${kind.label}`;

const say = (progress: string) => process.stderr.write(`${progress}\n`);

function casesOf(quick: boolean, only: string): BenchCase[] {
  const shapes = quick ? SHAPES.filter(([n, validators]) => n === USUAL.n && validators === USUAL.validators) : SHAPES;
  const all = shapes.flatMap(([n, validators]) =>
    DENSITIES.flatMap((density) => BENCH_KINDS.map((kind) => ({ n, validators, density, kind }))),
  );
  return all.filter((one) => nameOf(one).includes(only));
}

function measureAll(cases: readonly BenchCase[], effort: Effort): Measured[] {
  const everyone = contenders();
  return cases.flatMap((one, k) => {
    say(`${k + 1} of ${cases.length}: ${nameOf(one)}`);
    const isSmall = one.n <= MOST_SLOW_UIDS && one.validators <= USUAL.validators && one.density === 1;
    const able = everyone.filter(({ slow }) => !slow || isSmall);
    return measureCase(one, able, effort);
  });
}

/** The usual shape's usual case: bonds that have settled. */
function measureSettled(kinds: readonly BenchKind[], effort: Effort): Measured[] {
  const able = contenders().filter(({ slow }) => !slow);
  return kinds.flatMap((kind) => {
    const one: BenchCase = { ...USUAL, kind };
    say(`${nameOf(one)}, settled`);
    return measureCase(one, able, effort, settledSnapshotOf(one));
  });
}

/** Times of the usual shape by rules, and of one kind by number of uids. */
function timeBoth(kinds: readonly BenchKind[], sizes: readonly number[], timesOf: (one: BenchCase) => Times) {
  const plain = BENCH_KINDS[1]!;
  const byRules = new Map(kinds.map((kind) => [kind.label, timesOf({ ...USUAL, kind })]));
  const bySize = new Map(sizes.map((n) => [`n = ${n}`, timesOf({ ...USUAL, n, kind: plain })]));
  return { byRules, bySize };
}

async function main(): Promise<void> {
  const values = optionsOf({
    quick: { type: "boolean", default: false },
    only: { type: "string", default: "" },
    markdown: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  });
  const cases = casesOf(values.quick, values.only);
  if (cases.length === 0) refuse(`There is no case like ${JSON.stringify(values.only)}: n256-v64-dense-yuma3 is one.`);
  const effort = values.quick ? QUICK : FULL;
  const kinds = BENCH_KINDS.filter((kind) => cases.some((one) => one.kind === kind));
  const sizes = values.quick ? [] : STEPS_UIDS;
  const epochs = measureAll(cases, effort);
  const settled = measureSettled(kinds, effort);
  const duels = holdDuels(kinds, values.quick, values.quick ? QUICK_DUEL : FULL_DUEL);
  say("steps and parts");
  const general = await buildStepsKernel();
  const steps = timeBoth(kinds, sizes, (one) =>
    withSum(timeSteps(general, snapshotOf(one)).map(({ step, microseconds }) => [step, microseconds])),
  );
  const fused = await buildFusedKernel();
  const fusedParts = timeBoth(kinds, sizes, (one) =>
    timeFusedParts(fused, snapshotOf(one)).map(({ part, microseconds }) => [part, microseconds]),
  );
  const around = new Map(
    (values.quick ? PARTS_UIDS.slice(0, 1) : PARTS_UIDS).map((n) => [
      `n = ${n}`,
      measureParts({ ...USUAL, n, kind: BENCH_KINDS[1]! }, effort).map(
        ({ part, microseconds }) => [part, microseconds] as const,
      ),
    ]),
  );
  say("pools, dividends, emission");
  const swaps = timeSwaps(effort);
  const dividends = measureDividends(effort);
  const emission = EMISSION_SUBNETS.flatMap((subnets) => measureEmission(subnets, effort));
  const machine = { cpu: cpus()[0]?.model ?? "unknown", node: process.version, seed: BENCH_SEED };
  if (values.json) {
    const plain = (columns: ReadonlyMap<string, Times>) =>
      Object.fromEntries([...columns].map(([column, times]) => [column, Object.fromEntries(times)]));
    const both = ({ byRules, bySize }: typeof steps) => ({ byRules: plain(byRules), bySize: plain(bySize) });
    const timed = { steps: both(steps), fusedParts: both(fusedParts), around: plain(around) };
    const rest = { emission, dividends, swaps };
    console.log(toJson({ schemaVersion: SCHEMA_VERSION, ...machine, epochs, settled, duels, ...timed, ...rest }, 2));
    return;
  }
  console.log(`${machine.cpu}, Node ${machine.node}, seed ${BENCH_SEED}, medians\n`);
  const usual = `${USUAL.validators} validators, dense`;
  const told = [
    epochsTable("Epochs", epochs),
    epochsTable("Epochs with settled bonds", settled),
    duelsTable(duels),
    timesTable(`Parts of the fused path, µs, the quickest, n = ${USUAL.n}, ${usual}`, "part", fusedParts.byRules, 1),
    timesTable(`Parts of the fused path, µs, the quickest, ${usual}, Yuma 3`, "part", fusedParts.bySize, 1),
    timesTable(`Steps of the general path, µs, n = ${USUAL.n}, ${usual}`, "step", steps.byRules, 1),
    timesTable(`Steps of the general path, µs, ${usual}, Yuma 3`, "step", steps.bySize, 1),
    timesTable(`Around the epoch, µs, ${usual}, Yuma 3`, "part", around),
    emissionTable(emission),
    dividendsTable(dividends),
    swapsTable(swaps),
  ];
  const full = told.filter(({ columns }) => columns.length > 1);
  console.log(full.map(values.markdown ? markdownTable : plainTable).join("\n"));
}

await main();
