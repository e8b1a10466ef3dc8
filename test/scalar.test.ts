/** The scalar kernel as it is built: every answer of the published epochs, by the one path it has. That it has no SIMD is in engines.test.ts. */
import { expect, test } from "vitest";
import { PATH_CHOOSE, PATH_FUSED, PATH_GENERAL, REFUSED_UNASKED } from "../assembly/contract.js";
import { runEpoch } from "../host/api/epoch.js";
import { compile, instantiate } from "../host/load/kernel.js";
import type { EpochSnapshot } from "../host/types.js";
import { counters } from "./support/counters.js";
import { onPath } from "./support/paths.js";
import { plain } from "./support/plain.js";
import { artefact } from "./support/streams.js";
import { pairs } from "./support/vectors.js";

const kernel = instantiate(compile(artefact("kernel.scalar.wasm")));

test.each(["epoch-subnet", "epoch-small"])("%s: equal, whatever path is asked for", (set) => {
  for (const [k, [snapshot, expected]] of pairs<EpochSnapshot, unknown>(set).entries()) {
    const path = k % 2 ? PATH_FUSED : PATH_CHOOSE;
    expect(plain(onPath(kernel, path, () => runEpoch(kernel, snapshot)))).toEqual(expected);
    expect(kernel.exports.epochPathTaken()).toBe(PATH_GENERAL);
  }
  expect(counters(kernel).refusal).toBe(REFUSED_UNASKED);
});
