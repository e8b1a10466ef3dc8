/**
 * `npm run build && node dist/test/ledger/sim/killMain.js`: kills a run on disk fifty times and tells what was left each time.
 *
 *   --seed N   default 1      --times N   default 50      --most-ms N   the latest moment; default 400
 */
import { parseArgs } from "node:util";
import { killOften } from "./kill.js";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    times: { type: "string", default: "50" },
    "most-ms": { type: "string", default: "400" },
  },
});
const kills = await killOften(Number(values.seed), Number(values.times), Number(values["most-ms"]));
for (const { afterMs, told, found } of kills) {
  console.log(`killed after ${afterMs} ms: block ${told} told, block ${found} found`);
}
const unheard = kills.filter(({ told, found }) => found > told).length;
console.log(
  `${kills.length} kills, ${kills.at(-1)?.found ?? 0} blocks, none lost; ${unheard} stored a block nobody heard of`,
);
