/**
 * `npm run build && node dist/test/ledger/sim/killMain.js`: kills a run on disk fifty times and tells what was left each time.
 *
 *   --seed N   default 1      --times N   default 50
 *   --blocks N, --ms N   each kill comes after 1 to so many blocks and up to so many milliseconds; default 20 and 50
 */
import { optionsOf, wholeOf } from "../../support/script.js";
import { killOften } from "./kill.js";

const values = optionsOf({
  seed: { type: "string", default: "1" },
  times: { type: "string", default: "50" },
  blocks: { type: "string", default: "20" },
  ms: { type: "string", default: "50" },
});
const kills = await killOften(wholeOf("seed", values.seed), wholeOf("times", values.times), {
  blocks: wholeOf("blocks", values.blocks),
  ms: wholeOf("ms", values.ms),
});
for (const { blocks, ms, told, found } of kills) {
  console.log(`killed ${ms} ms after ${blocks} more blocks: block ${told} told, block ${found} found`);
}
const unheard = kills.filter(({ told, found }) => found > told).length;
console.log(
  `${kills.length} kills, ${kills.at(-1)?.found ?? 0} blocks, none lost; ${unheard} stored a block nobody heard of`,
);
