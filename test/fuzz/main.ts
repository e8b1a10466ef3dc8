/**
 * The long hunt: `npm run build && node dist/test/fuzz/main.js`. Every path of the kernel and the scalar kernel compute the same
 * epochs, and of a sample so does the BigInt twin, until a number of cases or of seconds is over or two differ.
 *
 *   --seed N       default: from the clock, and printed    --runs N      cases; default: no end
 *   --seconds N    default 60; 0 = no end                  --from N      the first case; default 0
 *   --twin N       the twin takes one case in N; default 200, 0 = none
 *
 * Progress on stderr, the count on stdout. A difference ends it with exit code 1, the snapshot, and how to see it again.
 */
import { inlined } from "../../host/load/inlined.js";
import { instantiate } from "../../host/load/kernel.js";
import { optionsOf, wholeOf } from "../support/script.js";
import { Hunt } from "./hunt.js";

const PROGRESS_MS = 60_000;
const STEPS = 100;

const values = optionsOf({
  seed: { type: "string", default: String(Date.now() % 2 ** 31) },
  runs: { type: "string", default: "Infinity" },
  seconds: { type: "string", default: "60" },
  from: { type: "string", default: "0" },
  twin: { type: "string", default: "200" },
});
const [seed, from, twinEvery] = [
  wholeOf("seed", values.seed),
  wholeOf("from", values.from),
  wholeOf("twin", values.twin),
];
const end = from + wholeOf("runs", values.runs);
const limitMs = wholeOf("seconds", values.seconds) * 1000 || Number.POSITIVE_INFINITY;
const hunt = new Hunt(instantiate(inlined(true)), instantiate(inlined(false)), { seed, from, twinEvery });
const began = performance.now();
let shown = began;
const elapsed = () => performance.now() - began;
const rate = () =>
  `${Math.round((1000 * (hunt.counts.get("epochs") ?? 0)) / elapsed()).toLocaleString("en")} epochs a second`;

console.error(`seed ${seed}, from case ${from}`);
while (hunt.index < end && elapsed() < limitMs) {
  for (let k = 0; k < STEPS && hunt.index < end; k++) hunt.step();
  if (performance.now() - shown > PROGRESS_MS) {
    shown = performance.now();
    console.error(`${hunt.index - from} cases, ${hunt.counts.get("epochs")} epochs, ${rate()}`);
  }
}
for (const [what, count] of [...hunt.counts].sort(([a], [b]) => a.localeCompare(b))) {
  console.log(`${count.toLocaleString("en").padStart(15)}  ${what}`);
}
console.log(`${hunt.index - from} cases of seed ${seed} from ${from}: no difference; ${rate()}`);
