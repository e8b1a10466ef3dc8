/** Vectors of one number a uid, and rows upscaled, with lanes and without, against their definitions in BigInt. */
import { describe, expect, test } from "vitest";
import { probe } from "./support/probe.js";
import { VECTOR_PROBE, VECTORS, type VectorProbe } from "./support/vectorProbe.js";

const BUILDS = [
  ["with lanes", probe<VectorProbe>("vectorProbe", VECTOR_PROBE)],
  ["without", probe<VectorProbe>("vectorScalarProbe", VECTOR_PROBE, false)],
] as const;

describe.each(BUILDS)("%s", (_, kernel) => {
  test.each(Object.entries(VECTORS))("%s", (_name, wrong) => {
    expect(wrong(kernel)).toBeUndefined();
  });
});
