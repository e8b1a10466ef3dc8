/** What the fused path takes and what it falls back on, at inputs chosen for that, and its results there by the BigInt twin. */
import { expect, test } from "vitest";
import { runTracedEpoch } from "../host/api/epoch.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import { oracleEpoch } from "./oracle/epoch.js";
import { AS_ALLOWED, fusedEdges, toldOf } from "./oracle/fusedEdges.js";
import { counters } from "./support/counters.js";
import { plain } from "./support/plain.js";

test.each(fusedEdges())("$name", ({ snapshot, allowed }) => {
  // Fresh: what an epoch before left in memory would decide for it.
  const kernel = instantiate(inlinedModule());
  const result = plain(runTracedEpoch(kernel, snapshot));
  expect(toldOf(allowed, counters(kernel))).toBe(AS_ALLOWED);
  expect(result).toStrictEqual(oracleEpoch(snapshot));
});
