/** Shares of one 128-bit sum by its inverse, against their definition in BigInt. */
import { expect, test } from "vitest";
import { probe } from "./support/probe.js";
import { SHARE_PROBE, type ShareProbe, wrongPowerShare, wrongRandomShare } from "./support/shareProbe.js";

const kernel = probe<ShareProbe>("shareProbe", SHARE_PROBE);

test("parts of sums of any size", () => {
  expect(wrongRandomShare(kernel, 20_000)).toBeUndefined();
});

test("sums at powers of two", () => {
  expect(wrongPowerShare(kernel)).toBeUndefined();
});
