/** Runs of entries, copied eight at once: taken where they are some, and as they are. */
import { expect, test } from "vitest";
import { probe } from "./support/probe.js";
import { RUNS_PROBE, type RunsProbe, wrongEight, wrongRun } from "./support/runsProbe.js";

const runs = probe<RunsProbe>("runsProbe", RUNS_PROBE);

test("whole rows, to the last column and not beyond", () => {
  expect(wrongRun(runs, 6000)).toBeUndefined();
});

test("eight entries of a row", () => {
  expect(wrongEight(runs, 3000)).toBeUndefined();
});
