/** The memory of the fused path, compiled by itself. */
import { beforeAll, expect, test } from "vitest";
import { PARTS } from "./mutation/alone.js";
import { buildEntry } from "./mutation/build.js";
import { AREAS, type AreaExports, areaFaults } from "./support/area.js";
import { instantiate } from "./support/kernel.js";

let area: AreaExports;
beforeAll(async () => {
  const bytes = await buildEntry(PARTS.area!.entry);
  if (bytes === null) throw new Error("assembly/consensus/fused/area.ts does not compile");
  area = instantiate<AreaExports>(bytes).exports;
});

test.each(AREAS)(
  "%i rows, %i columns: apart, aligned, cleared, and within the bytes that were asked for",
  (rows, columns) => {
    expect(areaFaults(area, rows, columns)).toEqual([]);
  },
);

test("cells are found by row and column", () => {
  area.draw(0x10000, 0, 5, 20);
  const of = (name: string) => Number((area[name] as WebAssembly.Global).value);
  const call = (name: string, ...at: number[]) => (area[name] as (...at: number[]) => number)(...at);
  const cell = 3 * of("pitch") + 16;
  expect(call("halfAt", of("bonds"), 3, 16)).toBe(of("bonds") + 2 * cell);
  expect(call("newBondAt", 3, 16)).toBe(of("newBonds") + 4 * cell);
  expect(call("totalAt", 16)).toBe(of("total") + 8 * 16);
  expect(call("presentAt", 3, 16)).toBe(of("present") + cell / 8);
  expect(call("cellsAt", of("bondWeight"), 3)).toBe(of("bondWeight") + 3 * 32);
});
