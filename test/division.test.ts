/** The divisions of the fused path by themselves, against whole numbers. */
import { expect, test } from "vitest";
import {
  DIVISION_PROBE,
  type DivisionProbe,
  exactPart,
  miscounted,
  wrongQuotient,
  wrongSmallQuotient,
} from "./support/divisionProbe.js";
import { probe } from "./support/probe.js";

const kernel = probe<DivisionProbe>("divisionProbe", DIVISION_PROBE);

test("columns over their sums, most of all right below, at and above whole quotients", () => {
  expect(wrongQuotient(kernel, 3000)).toBeUndefined();
});

test("hardly a row of any numbers is divided exactly, and none for its zeros", () => {
  expect(exactPart(kernel, 1000)).toBeLessThan(0.0003);
});

test("rows that are divided exactly are counted one by one", () => {
  expect(miscounted(kernel)).toBe(0);
});

test("rows of u16 over their sums", () => {
  expect(wrongSmallQuotient(kernel, 50_000)).toBeUndefined();
});
