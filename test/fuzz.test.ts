/** A short slice of the long hunt (test/fuzz): every kernel path, the scalar kernel and the BigInt twin on the same epochs. */
import { beforeAll, describe, expect, test } from "vitest";
import { FIELD_CONSENSUS, FLAG_PREVIOUS_CONSENSUS, PATH_GENERAL } from "../assembly/contract.js";
import { inlined } from "../host/load/inlined.js";
import { instantiate, type Kernel } from "../host/load/kernel.js";
import { decodeSnapshots, encodeSnapshot } from "../host/marshal/binarySnapshot.js";
import { snapshotOf } from "./fuzz/block.js";
import { compareAll } from "./fuzz/compare.js";
import { drawCase } from "./fuzz/draw.js";
import { Hunt } from "./fuzz/hunt.js";
import { Random } from "./fuzz/random.js";
import { fuzzed } from "./fuzz/snapshots.js";

const SEED = Number(process.env.FC_SEED ?? 20261123);
const CASES = 6000;
const TWIN_EVERY = 20;

let kernel: Kernel;
let scalar: Kernel;

beforeAll(() => {
  kernel = instantiate(inlined(true));
  scalar = instantiate(inlined(false));
});

/** The kernel, but that its consensus of uid 0 is one off after each run that `lies` picks. */
function liar(lies: () => boolean): Kernel {
  const epochRun = () => {
    kernel.exports.epochRun();
    if (!lies()) return;
    const at = kernel.exports.epochField(FIELD_CONSENSUS);
    new Uint16Array(kernel.memory.buffer, at, 1)[0]! ^= 1;
  };
  return { ...kernel, exports: { ...kernel.exports, epochRun } };
}

describe("the hunt", () => {
  test(`finds no difference in ${CASES} cases of seed ${SEED}, and meets every rule on every path`, () => {
    const hunt = new Hunt(kernel, scalar, { seed: SEED, from: 0, twinEvery: TWIN_EVERY });
    for (let k = 0; k < CASES; k++) hunt.step();
    console.info([...hunt.counts].map(([what, count]) => `${what} ${count}`).join(", "));
    const paths = ["fused", "general, for α", "general, for stake", "general, for sparse rows", "general, for order"];
    const kinds = ["yuma2", "yuma3", "liquid"];
    const met = [
      ...kinds.flatMap((kind) => paths.map((path) => `${kind}: ${path}`)),
      ...["by the scalar kernel", "by the BigInt twin"],
      ...["rows of eight divided exactly", "columns by hand", "exact α"],
    ];
    for (const what of met) expect(hunt.counts.get(what) ?? 0, what).toBeGreaterThan(CASES / 200);
  });

  test("finds a path that is one bit off, and says how to see it again", () => {
    const lying = liar(() => kernel.exports.epochPathTaken() === PATH_GENERAL);
    const hunt = () => new Hunt(lying, scalar, { seed: 5, from: 40, twinEvery: 0 });
    expect(() => {
      const one = hunt();
      for (let k = 0; k < 100; k++) one.step();
    }).toThrow(/general and chosen path differ in consensus\nagain: --seed 5 --from \d+ --runs 1\n\{"n":/);
  });

  test("finds a scalar kernel that is one bit off", () => {
    const one = new Hunt(
      kernel,
      liar(() => true),
      { seed: 5, from: 0, twinEvery: 0 },
    );
    expect(() => {
      for (let k = 0; k < 100; k++) one.step();
    }).toThrow("kernel and scalar kernel differ in consensus");
  });
});

describe("its snapshots", () => {
  test("read by the host as they are laid out for the kernel", () => {
    for (let k = 0; k < 200; k++) {
      const { block } = drawCase(new Random(SEED, k));
      // Where none is stored, the kernel must not look at what lies there; a host leaves zeros.
      if (!block.flag(FLAG_PREVIOUS_CONSENSUS)) block.previousConsensus.fill(0);
      const record = encodeSnapshot(snapshotOf(block) as never);
      expect(Buffer.compare(record.subarray(32), block.bytes)).toBe(0);
      expect([...decodeSnapshots(record)]).toHaveLength(1);
    }
  });

  test("are the same for the same seed, and others for another", () => {
    const some = (seed: number) =>
      Array.from({ length: 20 }, (_, k) => snapshotOf(drawCase(new Random(seed, k)).block));
    expect(some(3)).toEqual(some(3));
    expect(some(3)).not.toEqual(some(4));
    const [a, b] = [fuzzed(3), fuzzed(3)];
    for (let k = 0; k < 5; k++) expect(a.next().value).toEqual(b.next().value);
  });
});

test("the twin's answer is compared, and a difference named", () => {
  const snapshot = fuzzed(1).next().value;
  compareAll(kernel, snapshot, new Map());
  expect(() =>
    compareAll(
      liar(() => true),
      snapshot,
      new Map(),
    ),
  ).toThrow("general and bigint differ in consensus: ");
});
