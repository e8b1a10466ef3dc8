/** All that may happen in a simulation: calls of every area, one by one and in batches. */
import type { Call } from "../../../../host/ledger/calls/call.js";
import { calls } from "../../../../host/ledger/calls/index.js";
import type { Draw } from "../draw.js";
import type { Generator } from "../world.js";
import { BALANCES_GENERATORS } from "./balances.js";
import { CALL_GENERATORS } from "./calls.js";
import { DRAND_GENERATORS } from "./drand.js";
import { GOVERNANCE_GENERATORS } from "./governance.js";
import { KEY_GENERATORS } from "./keys.js";
import { WEIGHT_GENERATORS } from "./weights.js";

const SINGLE: readonly Generator[] = [
  ...BALANCES_GENERATORS,
  ...DRAND_GENERATORS,
  ...GOVERNANCE_GENERATORS,
  ...KEY_GENERATORS,
  ...WEIGHT_GENERATORS,
  ...CALL_GENERATORS,
];

/** Calls of all areas in one batch, by whoever would make the first. */
const mixed: Generator = {
  name: "mixed batches",
  weight: 2,
  make: (draw, world) => {
    const { by, call } = draw.pick(SINGLE_BY_WEIGHT).make(draw, world);
    const more = Array.from({ length: draw.below(3) }, (): Call => draw.pick(SINGLE_BY_WEIGHT).make(draw, world).call);
    const { batch, batchAll, forceBatch } = calls.utility;
    return { by, call: draw.pick([batch, batchAll, forceBatch])({ calls: [call, ...more] }) };
  },
};

/** Each as often as its weight says. */
const byWeight = (all: readonly Generator[]) => all.flatMap((one) => new Array<Generator>(one.weight).fill(one));
const SINGLE_BY_WEIGHT = byWeight(SINGLE);
const ALL_BY_WEIGHT = byWeight([...SINGLE, mixed]);

/** One of them, by weight. */
export function drawGenerator(draw: Draw): Generator {
  return draw.pick(ALL_BY_WEIGHT);
}
