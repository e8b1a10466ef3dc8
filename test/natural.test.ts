/** The pool's numbers of any length by themselves: every operation at the limbs where carries, guesses and shifts turn. */
import { expect, test } from "vitest";
import { PARTS } from "./mutation/alone.js";
import { buildEntry } from "./mutation/build.js";
import { instantiate } from "./support/kernel.js";
import { type NaturalProbe, wrongNatural } from "./support/naturalProbe.js";

test("sums, products, quotients, shifts and mantissas are those of BigInt, and nothing is written beyond its room", async () => {
  const bytes = await buildEntry(PARTS.natural!.entry);
  expect(wrongNatural(instantiate<NaturalProbe>(bytes!).exports)).toBeUndefined();
});
