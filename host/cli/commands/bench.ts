/** `yuma bench`: how fast this kernel is on this machine, on made-up subnets. */
import { cpus } from "node:os";
import { prepare } from "../../api/prepare.js";
import { inlinedModule } from "../../load/inlined.js";
import { instantiate } from "../../load/kernel.js";
import { grouped } from "../../units.js";
import { BENCH_KINDS, BENCH_SEED, type BenchCase, hashOf, medianOf, snapshotOf } from "../bench/matrix.js";
import { document, EXIT, print } from "../io.js";
import { table } from "../render/table.js";

const SIZES = [64, 256, 1024];
const VALIDATORS = 64;
/** Runs before any counts, and for at least so long: engines compile what runs long enough once more. */
const WARM_UP = 50;
const WARM_UP_MILLISECONDS = 150;
const LEAST_SAMPLES = 21;
const MOST_SAMPLES = 301;
const MOST_MILLISECONDS = 400;

/** One line of the table. */
interface Measured {
  readonly n: number;
  readonly rules: string;
  readonly microseconds: number;
  readonly epochsPerSecond: number;
  readonly peakBytes: number;
  readonly hash: string;
}

/** Measures the epoch inside the kernel: a table, or one JSON document. */
export async function bench(options: { readonly json?: boolean; readonly jsonOutput?: boolean }): Promise<number> {
  const cases = SIZES.flatMap((n) => BENCH_KINDS.map((kind) => ({ n, validators: VALIDATORS, density: 1, kind })));
  const measured = cases.map(measure);
  const machine = { cpu: cpus()[0]?.model ?? "unknown", node: process.version };
  if (options.json || options.jsonOutput) {
    await print(document({ ...machine, seed: BENCH_SEED, validators: VALIDATORS, epochs: measured }));
    return EXIT.ok;
  }
  const columns = [{ title: "n" }, { title: "rules", words: true }, { title: "µs" }, { title: "epochs/s" }];
  const rows = measured.map((row) => [
    String(row.n),
    row.rules,
    grouped(Math.round(row.microseconds)),
    grouped(Math.round(row.epochsPerSecond)),
    grouped(row.peakBytes),
    row.hash,
  ]);
  const rest = [{ title: "bytes" }, { title: "hash", words: true }];
  await print(`${machine.cpu}, Node ${machine.node}, ${VALIDATORS} validators, dense weights, medians`);
  await print(`\n${table([...columns, ...rest], rows)}`);
  return EXIT.ok;
}

function measure(one: BenchCase): Measured {
  const snapshot = snapshotOf(one);
  const prepared = prepare(inlinedModule(), snapshot);
  const warmUntil = performance.now() + WARM_UP_MILLISECONDS;
  for (let k = 0; k < WARM_UP || performance.now() < warmUntil; k++) prepared.run();
  const times: number[] = [];
  const began = performance.now();
  while (
    times.length < LEAST_SAMPLES ||
    (times.length < MOST_SAMPLES && performance.now() - began < MOST_MILLISECONDS)
  ) {
    const started = performance.now();
    prepared.run();
    times.push(performance.now() - started);
  }
  const microseconds = medianOf(times) * 1000;
  const hash = hashOf(prepared.result());
  prepared.dispose();
  const entries = (rows: typeof snapshot.weights) => rows.reduce((sum, row) => sum + row.length, 0);
  const { exports } = instantiate(inlinedModule());
  return {
    n: one.n,
    rules: one.kind.label,
    microseconds,
    epochsPerSecond: 1e6 / microseconds,
    peakBytes: Number(exports.epochBytes(one.n, entries(snapshot.weights), entries(snapshot.bonds))),
    hash,
  };
}
