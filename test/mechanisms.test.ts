/** Subnets with several mechanisms: every shipped case, the aggregate and each mechanism's own, exactly. */
import { expect, test } from "vitest";
import { runMechanisms } from "../host/api/mechanisms.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import type { MechanismsSnapshot } from "../host/types.js";
import { plain } from "./support/plain.js";
import { pairs } from "./support/vectors.js";

const kernel = instantiate(inlinedModule());
const all = pairs<MechanismsSnapshot, { mechanisms: unknown[] }>("mechanisms");

test("mechanisms: 60 subnets equal in every output", () => {
  expect(all.length).toBe(60);
  expect(all.reduce((sum, [, expected]) => sum + expected.mechanisms.length, 0)).toBe(238);
  for (const [snapshot, expected] of all) expect(plain(runMechanisms(kernel, snapshot))).toEqual(expected);
});

test("the storage index counts mechanisms in steps of 4096 from the netuid", () => {
  const snapshot = all.find(([one]) => one.mechanismCount >= 3)![0];
  const indices = (source?: { netuid: number }) =>
    runMechanisms(kernel, source ? { ...snapshot, source } : snapshot).mechanisms.map((one) => one.index);
  expect(indices().slice(0, 3)).toEqual([1, 4097, 8193]);
  expect(indices({ netuid: 64 }).slice(0, 3)).toEqual([64, 4160, 8256]);
});
