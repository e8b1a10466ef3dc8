/** What mutants of emission and pools are asked, asked of the kernel: the BigInt twins on random input and at the points where it turns. */
import { describe, expect, test } from "vitest";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import { askCall, callsOf } from "./mutation/beside.js";
import { plain } from "./support/plain.js";

const kernel = instantiate(inlinedModule());

describe.each(["emission", "pool"] as const)("%s", (area) => {
  test("every call equals its twin, whatever lay in its outputs", () => {
    const seen = new Map<string, number>();
    for (const [name, input, expected] of callsOf(area)) {
      expect(plain(askCall(kernel, name, input) ?? null), name).toStrictEqual(plain(expected ?? null));
      seen.set(name, (seen.get(name) ?? 0) + 1);
    }
    expect(Math.min(...seen.values())).toBeGreaterThanOrEqual(100);
  });
});
