/** Every shipped epoch vector, every output and, where traced, every matrix. */
import { describe, expect, it } from "vitest";
import { runEpoch, runTracedEpoch } from "../host/api/epoch.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import type { EpochSnapshot } from "../host/types.js";
import { plain } from "./support/plain.js";
import { pairs } from "./support/vectors.js";

const kernel = instantiate(inlinedModule());

describe("epoch vectors", () => {
  it.each([
    ["epoch-small", 2400],
    ["epoch-subnet", 16],
  ])("%s: %i cases equal in every output", (set, count) => {
    const all = pairs<EpochSnapshot, unknown>(set);
    expect(all.length).toBe(count);
    for (const [snapshot, expected] of all) expect(plain(runEpoch(kernel, snapshot))).toEqual(expected);
  });

  it("epoch-traced: 200 cases equal in every output and matrix", () => {
    const all = pairs<EpochSnapshot, unknown>("epoch-traced");
    expect(all.length).toBe(200);
    for (const [snapshot, expected] of all) expect(plain(runTracedEpoch(kernel, snapshot))).toEqual(expected);
  });
});
