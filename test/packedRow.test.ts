/** Packed rows: the pairs they stand for, in memory, in SCALE, in the kernel. */
import fc from "fast-check";
import { Tuple, u16, Vector } from "scale-ts";
import { expect, test } from "vitest";
import { runMechanisms, runPackedMechanisms } from "../host/api/mechanisms.js";
import { toWire } from "../host/client/wire.js";
import { decode } from "../host/ledger/state/codecs.js";
import { packedRow } from "../host/ledger/state/lists.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import { PackedRow } from "../host/marshal/packedRow.js";
import type { MechanismsSnapshot } from "../host/types.js";
import { plain } from "./support/plain.js";
import { records } from "./support/vectors.js";

type Pair = [number, number];
const word = fc.nat(65_535);
const rows = fc.array(fc.tuple(word, word), { maxLength: 100 });
const scale = Vector(Tuple(u16, u16));

test("a row is its pairs", () => {
  fc.assert(
    fc.property(rows, rows, (pairs, others) => {
      const row = PackedRow.of(pairs);
      expect([row.length, [...row], plain(row), toWire(row)]).toEqual([pairs.length, pairs, pairs, pairs]);
      expect(row.equals(PackedRow.of([...pairs]))).toBe(true);
      expect(row.equals(PackedRow.of(others))).toBe(JSON.stringify(pairs) === JSON.stringify(others));
    }),
  );
});

test("a uid's values are zeroed in a row of its own, or the row is the same", () => {
  const pairs: Pair[] = [[7, 1], [1, 7], [7, 0], [9, 9]]; // biome-ignore format: a row
  const row = PackedRow.of(pairs);
  expect([...row.zeroed(7)]).toEqual([[7, 0], [1, 7], [7, 0], [9, 9]]); // biome-ignore format: a row
  expect([...row]).toEqual(pairs);
  expect(row.zeroed(2)).toBe(row);
  expect(row.zeroed(7).zeroed(7)).toEqual(row.zeroed(7));
});

test("its SCALE is that of a list of pairs, and no other bytes are a row", () => {
  fc.assert(
    fc.property(rows, (pairs) => {
      const bytes = packedRow.enc(PackedRow.of(pairs));
      expect(bytes).toEqual(scale.enc(pairs));
      expect([...decode(packedRow, bytes, "A row")]).toEqual(pairs);
      for (const odd of [bytes.subarray(0, -1), Uint8Array.of(...bytes, 0)]) {
        expect(() => decode(packedRow, odd, "A row")).toThrow("A row cannot be decoded");
      }
    }),
  );
});

test("an epoch gives the same with rows packed", () => {
  const kernel = instantiate(inlinedModule());
  for (const snapshot of records<MechanismsSnapshot>("mechanisms.cases.jsonl.gz")) {
    const mechanisms = snapshot.mechanisms.map((own) => ({
      ...own,
      weights: own.weights.map(PackedRow.of),
      bonds: own.bonds.map(PackedRow.of),
    }));
    const { mechanisms: packed, ...rest } = runPackedMechanisms(kernel, { ...snapshot, mechanisms });
    const own = packed.map(({ consensus, ...others }) => others);
    expect(plain({ ...rest, mechanisms: own })).toEqual(plain(runMechanisms(kernel, snapshot)));
    expect(packed.map(({ consensus }) => consensus.length)).toEqual(packed.map(() => snapshot.n));
  }
  const twice = { ...records<MechanismsSnapshot>("mechanisms.cases.jsonl.gz")[0]! };
  const mechanisms = twice.mechanisms.map((own) => ({
    ...own,
    weights: own.weights.map((_, uid) => PackedRow.of(uid === 0 ? [[3, 1], [3, 2]] : [])), // biome-ignore format: a row
    bonds: own.bonds.map(PackedRow.of),
  }));
  expect(() => runPackedMechanisms(kernel, { ...twice, mechanisms })).toThrow("weights[0] names uid 3 twice");
});
