/** What the fused path takes and what it falls back on, at inputs chosen for that, and its results: by the twin, of many uids by the general path. */
import { expect, test } from "vitest";
import { PATH_GENERAL } from "../assembly/contract.js";
import { runTracedEpoch } from "../host/api/epoch.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import { oracleEpoch } from "./oracle/epoch.js";
import { AS_ALLOWED, toldOf } from "./oracle/fusedEdge.js";
import { fusedEdges } from "./oracle/fusedEdges.js";
import { counters } from "./support/counters.js";
import { onPath } from "./support/paths.js";
import { plain } from "./support/plain.js";

const module = inlinedModule();
const BY_TWIN = 100;

test.each(fusedEdges())("$name", ({ snapshot, allowed }) => {
  // Fresh: what an epoch before left in memory would decide for it.
  const kernel = instantiate(module);
  const result = plain(runTracedEpoch(kernel, snapshot));
  expect(toldOf(allowed, counters(kernel))).toBe(AS_ALLOWED);
  const general = () => plain(onPath(kernel, PATH_GENERAL, () => runTracedEpoch(kernel, snapshot)));
  expect(result).toStrictEqual(snapshot.n < BY_TWIN ? oracleEpoch(snapshot) : general());
});
