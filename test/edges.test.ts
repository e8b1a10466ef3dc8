/** Kernel and BigInt twin at the single points where the arithmetic turns. */
import { expect, test } from "vitest";
import { runTracedEpoch } from "../host/api/epoch.js";
import { fixedLine } from "../host/api/fixed.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import { answerOf } from "./mutation/judge.js";
import { REFUSED, type RefusalName, refusalText } from "./mutation/refusals.js";
import { edgeLines, edgeSnapshots } from "./oracle/edges.js";
import { oracleEpoch } from "./oracle/epoch.js";
import { oracleLine } from "./oracle/fixed.js";
import { plain } from "./support/plain.js";

const kernel = instantiate(inlinedModule());

test("fixed point", () => {
  const wrong = edgeLines().filter((line) => fixedLine(kernel, line) !== oracleLine(line));
  expect(wrong).toEqual([]);
  expect(edgeLines().length).toBeGreaterThan(5000);
});

test("epochs", () => {
  for (const snapshot of edgeSnapshots()) {
    expect(plain(runTracedEpoch(kernel, snapshot))).toStrictEqual(oracleEpoch(snapshot));
  }
});

test.each(Object.keys(REFUSED) as RefusalName[])("the kernel's own border: %s", (input) => {
  expect(answerOf(kernel, { kind: "refusal", input })).toBe(refusalText(input));
});
