/** Memory: what an epoch takes is said exactly beforehand, drawn once, and given back to the next. */
import { describe, expect, test } from "vitest";
import * as abi from "../assembly/contract.js";
import { Abi } from "./support/abi.js";

const PAGE = 65536;
const pages = (bytes: number) => Math.ceil(bytes / PAGE) * PAGE;

/** n uids, stored weights, stored bonds. */
const SIZES = [
  [1, 0, 0],
  [1, 1, 1],
  [7, 13, 5],
  [63, 64, 65],
  [256, 16384, 16384],
  [1024, 65536, 1],
  [4096, 0, 0],
  [4096, 262144, 262144],
] as const;

describe.each(SIZES)("%i uids, %i weights, %i bonds", (n, weights, bonds) => {
  test("epochBytes is what is drawn, to the byte, and memory grows by no more", () => {
    const kernel = new Abi();
    const empty = kernel.memoryBytes;
    const bytes = Number(kernel.exports.epochBytes(n, weights, bonds));
    expect(kernel.memoryBytes).toBe(empty);
    kernel.begin(n, weights, bonds);
    // The arena starts at `base` and `bytes` ends it: the pages up to there, and not one more.
    expect(kernel.memoryBytes).toBe(Math.max(empty, pages(kernel.base + bytes)));
    expect(bytes % 8).toBe(0);
    // The last array to be read, u64 bond shares, and behind it the columns of the median: u32 starts, u64 scores and stakes.
    kernel.exports.epochRun();
    const shares = (kernel.exports.epochField(abi.FIELD_BOND_SHARES) >>> 0) + 8 * (weights + bonds);
    const columns = Math.ceil((4 * (n + 1)) / 8) * 8 + 16 * weights;
    expect(shares + columns).toBe(kernel.base + bytes);
  });

  test("running, and beginning again, takes nothing more", () => {
    const kernel = new Abi();
    kernel.begin(n, weights, bonds);
    const { base } = kernel;
    const { buffer } = kernel.kernel.memory;
    for (let k = 0; k < 3; k++) kernel.exports.epochRun();
    kernel.begin(n, weights, bonds);
    kernel.exports.epochRun();
    kernel.begin(1);
    expect(kernel.base).toBe(base);
    // A grown memory has another buffer, and this one would be detached.
    expect(kernel.kernel.memory.buffer).toBe(buffer);
  });

  test("arrays follow each other without overlap", () => {
    const kernel = new Abi();
    kernel.begin(n, weights, bonds);
    const at = (id: number) => kernel.exports.epochInput(id) >>> 0;
    const lengths = [8 * n, 8 * n, 8 * n, 8 * n, 8 * n, n, 2 * n, 4 * (n + 1)];
    const sizes = [...lengths, 2 * weights, 2 * weights, 4 * (n + 1), 2 * bonds, 2 * bonds];
    let end = kernel.base + 8 * abi.SCALARS;
    for (const [id, size] of sizes.entries()) {
      expect([id, at(id)]).toEqual([id, Math.ceil(end / 8) * 8]);
      end = at(id) + size;
    }
    expect(sizes.length).toBe(abi.INPUTS);
  });
});

test("an aggregate keeps its place while epochs of any size come and go", () => {
  const kernel = new Abi();
  kernel.begin(1);
  const bottom = kernel.base;
  kernel.exports.mechanismsBegin(3);
  const aggregate = kernel.exports.aggregateField(0) >>> 0;
  for (const [n, weights, bonds] of SIZES) {
    kernel.begin(n, weights, bonds);
    kernel.exports.epochRun();
    expect(kernel.base).toBe(aggregate + 8 * 3 * abi.AGGREGATES);
  }
  kernel.exports.mechanismsBegin(0);
  kernel.begin(1);
  expect(kernel.base).toBe(bottom);
});
