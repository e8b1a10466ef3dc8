/** What pictures are drawn from, held against published values and laws. */
import { describe, expect, it } from "vitest";
import { explain } from "../../host/index.js";
import type { BitsRow, EpochSnapshot, TracedEpochResult } from "../../host/types.js";
import { clipOf, matricesOf } from "../../host/web/engine/pictures.js";
import { tilesOf } from "../../host/web/view/treemap.js";
import { records } from "../support/vectors.js";

const cases = records<EpochSnapshot>("epoch-traced.cases.jsonl.gz");
const results = records<TracedEpochResult>("epoch-traced.results.jsonl.gz");
const ONE = 2 ** 32;

describe("matrices", () => {
  it("hold every published weight and bond on a uid of the subnet, and nothing else", () => {
    for (const [k, snapshot] of cases.entries()) {
      const published = results[k] as TracedEpochResult;
      const { validators, miners, weights, bonds, clipped } = matricesOf(snapshot);
      const dense = (rows: readonly BitsRow[], value: (bits: number, uid: number) => number) =>
        validators.flatMap((uid) =>
          miners.map((miner) => {
            const found = rows[uid]?.find(([other]) => other === miner);
            return found === undefined ? 0 : Math.fround(value(Number(found[1]) / ONE, miner));
          }),
        );
      const consensus = published.consensusBits.map((bits) => Number(bits) / ONE);
      expect([...weights], snapshot.name ?? "").toEqual(dense(published.weightsBits, (weight) => weight));
      expect([...bonds]).toEqual(dense(published.emaBondsBits, (bond) => bond));
      expect([...clipped]).toEqual(
        dense(published.weightsBits, (one, uid) => Math.max(0, one - (consensus[uid] ?? 0))),
      );
      const rows = published.weightsBits.filter(
        (row, uid) => row.length + (published.emaBondsBits[uid]?.length ?? 0) > 0,
      );
      expect(validators.length).toBe(rows.length);
    }
  });
});

describe("the median's picture", () => {
  it("crosses kappa at the published consensus", () => {
    let drawn = 0;
    for (const [k, snapshot] of cases.entries()) {
      if (k % 3 !== 0) continue;
      for (let uid = 0; uid < snapshot.n; uid++) {
        const clip = clipOf(explain(snapshot, uid));
        if (clip === null) continue;
        drawn++;
        expect(clip.consensus).toBe(Number(results[k]?.consensusBits[uid]) / ONE);
        const weights = clip.votes.map(({ weight }) => weight);
        expect(weights).toEqual([...weights].sort((a, b) => b - a));
        const stakeOf = (passes: (weight: number) => boolean) =>
          clip.votes.reduce((sum, { weight, stake }) => sum + (passes(weight) ? stake : 0), 0);
        // Stake that gave more falls short of kappa; with those at the clip it reaches it, or everybody gave nothing.
        expect(stakeOf((weight) => weight > clip.consensus)).toBeLessThanOrEqual(clip.kappa + 1e-9);
        if (clip.consensus > 0 && stakeOf(() => true) > clip.kappa)
          expect(stakeOf((weight) => weight >= clip.consensus)).toBeGreaterThanOrEqual(clip.kappa - 1e-9);
      }
    }
    expect(drawn).toBeGreaterThan(100);
  });
});

describe("the treemap", () => {
  it("gives each amount its part of the area, within the frame, without overlap", () => {
    const amounts = Array.from({ length: 120 }, (_, k) => (k % 7 === 0 ? 0 : ((k * 7919) % 1000) + 1));
    const sum = amounts.reduce((a, b) => a + b, 0);
    const tiles = tilesOf(amounts, 3);
    expect(tiles.length).toBe(amounts.filter((amount) => amount > 0).length);
    for (const { index, left, top, width, height } of tiles) {
      expect((width * height) / 10_000).toBeCloseTo((amounts[index] ?? 0) / sum, 9);
      expect(Math.min(left, top)).toBeGreaterThanOrEqual(-1e-9);
      expect(Math.max(left + width, top + height)).toBeLessThanOrEqual(100 + 1e-9);
    }
    for (const [k, one] of tiles.entries())
      for (const other of tiles.slice(k + 1)) {
        const across = Math.min(one.left + one.width, other.left + other.width) - Math.max(one.left, other.left);
        const down = Math.min(one.top + one.height, other.top + other.height) - Math.max(one.top, other.top);
        expect(Math.min(across, down)).toBeLessThan(1e-9);
      }
    expect(tilesOf([0, 0], 3)).toEqual([]);
  });
});
