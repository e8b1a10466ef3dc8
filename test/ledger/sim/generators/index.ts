/** All that may happen in a simulation. An area is a file beside and a line here. */
import type { Draw } from "../draw.js";
import type { Generator } from "../world.js";
import { BALANCES_GENERATORS } from "./balances.js";
import { KEY_GENERATORS } from "./keys.js";

const GENERATORS: readonly Generator[] = [...BALANCES_GENERATORS, ...KEY_GENERATORS];
/** Each as often as it weighs. */
const BY_WEIGHT = GENERATORS.flatMap((one) => new Array<Generator>(one.weight).fill(one));

/** One of them, by weight. */
export function drawGenerator(draw: Draw): Generator {
  return draw.pick(BY_WEIGHT);
}
