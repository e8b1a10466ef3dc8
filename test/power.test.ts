/** The pool's power by itself: the short ways are taken where they lead somewhere, and nothing is written beyond what was drawn for it. */
import { expect, test } from "vitest";
import { PARTS } from "./mutation/alone.js";
import { buildEntry } from "./mutation/build.js";
import { instantiate } from "./support/kernel.js";
import { type PowerProbe, wrongWay } from "./support/powerProbe.js";

test("roots that truncated powers find draw no memory, and ln 2 is computed once", async () => {
  const bytes = await buildEntry(PARTS.power!.entry);
  expect(wrongWay(instantiate<PowerProbe>(bytes!).exports)).toBeUndefined();
});
