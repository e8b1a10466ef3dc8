/**
 * The long simulation: `npm run build && node dist/test/ledger/sim/main.js`. Two replicas, one of which crashes and is opened
 * again, play random calls by many accounts until a number of blocks is over or a rule breaks; then the smallest script that
 * breaks it is written to a file, which in test/ledger/sim/scripts is a test.
 *
 *   --seed N      default: from the clock, and printed      --blocks N    default 20000
 *   --accounts N  default 2000                              --calls N     at most so many a block; default 10
 *   --crash N     one block in so many; default 400         --out FILE    default failure.json
 *   --rules N     the spec version whose rules hold; by default the seed chooses
 *   --seconds N   stop after the block of that moment; default: none
 */
import { writeFileSync } from "node:fs";
import { optionsOf, wholeOf } from "../../support/script.js";
import { rulesOfSeed } from "./genesis.js";
import { declaredNames } from "./names.js";
import { shrunk, simulate } from "./simulate.js";

const PROGRESS_BLOCKS = 500;

const values = optionsOf({
  seed: { type: "string", default: String(Date.now() % 2 ** 31) },
  blocks: { type: "string", default: "20000" },
  accounts: { type: "string", default: "2000" },
  calls: { type: "string", default: "10" },
  crash: { type: "string", default: "400" },
  seconds: { type: "string", default: "Infinity" },
  rules: { type: "string" },
  out: { type: "string", default: "failure.json" },
});

const until = performance.now() + 1000 * wholeOf("seconds", values.seconds);
const seed = wholeOf("seed", values.seed);
const rules = values.rules === undefined ? rulesOfSeed(seed) : wholeOf("rules", values.rules);
console.error(`seed ${values.seed}, rules of spec ${rules}`);
const { seen, error, script } = await simulate({
  seed,
  blocks: wholeOf("blocks", values.blocks),
  accounts: wholeOf("accounts", values.accounts),
  rules,
  mostCallsABlock: wholeOf("calls", values.calls),
  crashOneIn: wholeOf("crash", values.crash),
  progress: ({ blocks, calls, restarts }) => {
    if (blocks % PROGRESS_BLOCKS === 0) console.error(`${blocks} blocks, ${calls} calls, ${restarts} restarts`);
    return performance.now() > until;
  },
});
console.log(`seed ${values.seed}: ${seen.blocks} blocks, ${seen.calls} calls, ${seen.restarts} restarts`);
if (error && script) {
  process.exitCode = 1;
  console.log(error.message);
  writeFileSync(values.out, `${JSON.stringify(script)}\n`);
  console.log(`The script that breaks it is in ${values.out}.`);
}
console.log(`${seen.exact} times the alpha of a subnet balanced to the rao over a block`);
const declared = declaredNames();
for (const kind of ["errors", "events"] as const) {
  const met = declared[kind].filter((name) => seen[kind].has(name));
  console.log(`${met.length} of ${declared[kind].length} declared ${kind} met`);
  for (const name of declared[kind]) console.log(`${String(seen[kind].get(name) ?? 0).padStart(9)}  ${name}`);
}
if (script) {
  writeFileSync(values.out, `${JSON.stringify(await shrunk(script))}\n`);
  console.log(`The smallest script that breaks it is in ${values.out} now.`);
}
