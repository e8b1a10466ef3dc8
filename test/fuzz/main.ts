/**
 * The long hunt: `npm run build && node dist/test/fuzz/main.js`. Everyone who computes epochs exactly computes the same
 * ones, until a number of runs or of seconds is over or two differ.
 *
 *   --seed N      default: from the clock, and printed      --runs N      default: no end
 *   --seconds N   default 60; 0 = no end                    --no-twin     kernel paths only, faster
 */
import { parseArgs } from "node:util";
import { pathsOf } from "../../bench/paths.js";
import { inlinedModule } from "../../host/load/inlined.js";
import { instantiate } from "../../host/load/kernel.js";
import { type Counts, compareAll } from "./compare.js";
import { fuzzed } from "./snapshots.js";

const PROGRESS_MS = 5000;

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
    runs: { type: "string", default: "Infinity" },
    seconds: { type: "string", default: "60" },
    "no-twin": { type: "boolean", default: false },
  },
});
const runs = Number(values.runs);
const limitMs = Number(values.seconds) * 1000 || Number.POSITIVE_INFINITY;
const kernel = instantiate(inlinedModule());
const paths = pathsOf(kernel).map(({ label }) => label);
const counts: Counts = new Map();
const told = () => [...counts].map(([label, count]) => `${label} ${count}`).join(", ");
const began = performance.now();
let shown = began;
let done = 0;

console.error(`seed ${values.seed}; paths ${paths.join(", ")}${values["no-twin"] ? "" : "; bigint"}`);
for (const snapshot of fuzzed(Number(values.seed))) {
  if (done >= runs || performance.now() - began >= limitMs) break;
  compareAll(kernel, snapshot, counts, !values["no-twin"]);
  done++;
  if (performance.now() - shown > PROGRESS_MS) {
    shown = performance.now();
    console.error(`${done} snapshots: ${told()}`);
  }
}
console.log(`${done} snapshots, no difference; epochs: ${told()}; seed ${values.seed}`);
