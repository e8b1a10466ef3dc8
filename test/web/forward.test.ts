/** Epochs to come: the published runs as long as their weights stay, what a change does to them, and what is refused. */
import { describe, expect, it } from "vitest";
import type { ChainCase, ChainResult } from "../../host/api/chain.js";
import { toJson } from "../../host/json.js";
import type { EpochSnapshot, MechanismsResult, MechanismsSnapshot } from "../../host/types.js";
import { createEngine } from "../../host/web/engine/engine.js";
import { courseOf, MOST_EPOCHS } from "../../host/web/engine/forward.js";
import type { Course, Forward } from "../../host/web/engine/types.js";
import { ticksTo } from "../../host/web/view/ticks.js";
import { rejectionOf } from "../support/refusal.js";
import { records } from "../support/vectors.js";

const runs = records<ChainCase>("chain.cases.jsonl.gz");
const published = records<ChainResult>("chain.results.jsonl.gz");

/** A published run up to where its weights are replaced. */
function fixedPart(run: ChainCase): ChainResult[] {
  const replaced = run.weightsByEpoch.findIndex((weights) => weights !== null);
  return published.filter(({ name, epoch }) => name === run.name && epoch <= replaced);
}

describe("epochs to come", () => {
  it("are the published ones of a subnet whose weights stay", async () => {
    let epochs = 0;
    for (const run of runs) {
      const { epochs: _, advance, weightsByEpoch: __, ...snapshot } = run;
      const expected = fixedPart(run);
      epochs += expected.length;
      const holders = [0, snapshot.validatorPermit.lastIndexOf(true)];
      for (const holder of holders) {
        const course = (await courseOf({ ...snapshot, tempo: advance }, expected.length, holder)) as Course;
        expect(course.blocks.map(Number)).toEqual(expected.map(({ currentBlock }) => Number(currentBlock)));
        expect(course.dividends.map((row) => [...row])).toEqual(expected.map(({ dividends }) => dividends));
        expect(course.incentive.map((row) => [...row])).toEqual(expected.map(({ incentive }) => incentive));
        expect(course.bonds.map((row) => [...row].flatMap((value, uid) => (value > 0 ? [[uid, value]] : [])))).toEqual(
          expected.map(({ bonds }) => (bonds[holder] ?? []).filter(([, value]) => value > 0)),
        );
      }
    }
    expect(epochs).toBeGreaterThan(runs.length + 5);
  });

  it("are those of one mechanism", async () => {
    const subnet = records<MechanismsSnapshot>("mechanisms.cases.jsonl.gz").find((one) => one.mechanismCount > 1);
    const result = records<MechanismsResult>("mechanisms.results.jsonl.gz").find(({ name }) => name === subnet?.name);
    const engine = createEngine();
    await engine.open({ kind: "file", name: "subnet", file: new Blob([toJson(subnet)]) });
    for (const [mechid, { incentive }] of result?.mechanisms.entries() ?? []) {
      expect([...((await engine.forward(mechid, 2, null))?.now.incentive[0] ?? [])]).toEqual(incentive);
    }
    expect((await rejectionOf(engine.forward(9, 2, null))).details.field).toBe("mechid");
  });

  it("begin with what is open, under its change and without, of one holder in both", async () => {
    const [snapshot] = records<EpochSnapshot>("epoch-subnet.cases.jsonl.gz") as [EpochSnapshot];
    const engine = createEngine();
    expect((await rejectionOf(engine.forward(0, 3, null))).code).toBe("BAD_STATE");
    const { numbers } = await engine.open({ kind: "file", name: "one", file: new Blob([toJson(snapshot)]) });
    const plain = (await engine.forward(0, 3, null)) as Forward;
    expect(plain.before).toBeNull();
    expect([...(plain.now.dividends[0] ?? [])]).toEqual(numbers.dividends);
    const changed = engine.change({ kappa: 60_000 });
    const { now, before } = (await engine.forward(0, 3, null)) as Forward;
    expect([...(now.dividends[0] ?? [])]).toEqual(changed.dividends);
    expect(before?.dividends).toEqual(plain.now.dividends);
    expect(before?.holder).toBe(now.holder);
    expect(now.bonds).not.toEqual(before?.bonds);
    engine.change(null);
    expect(await engine.forward(0, 3, null)).toEqual(plain);
    for (const epochs of [0, MOST_EPOCHS + 1, 1.5])
      expect((await rejectionOf(engine.forward(0, epochs, null))).details.field).toBe("epochs");
  });

  it("are given up once something else is asked, which need not wait for them", async () => {
    const [snapshot] = records<EpochSnapshot>("epoch-subnet.cases.jsonl.gz") as [EpochSnapshot];
    const engine = createEngine();
    await engine.open({ kind: "file", name: "one", file: new Blob([toJson(snapshot)]) });
    const [overtaken, looked] = [engine.forward(0, MOST_EPOCHS, null), engine.forward(0, 2, null)];
    expect(await overtaken).toBeNull();
    expect((await looked)?.now.blocks).toHaveLength(2);
    const changed = engine.forward(0, MOST_EPOCHS, null);
    engine.change({ kappa: 1 });
    expect(await changed).toBeNull();
  });
});

describe("an axis", () => {
  it("has round values from 0 to what it must hold, few of them", () => {
    expect(ticksTo(0.13)).toEqual([0, 0.05, 0.1, 0.15]);
    expect(ticksTo(1)).toEqual([0, 0.5, 1]);
    expect(ticksTo(0)).toEqual([0, 1]);
    for (const largest of [1 / 65_535, 0.00099, 0.019, 0.2, 0.4, 0.41, 0.8, 0.999]) {
      const ticks = ticksTo(largest);
      expect(ticks.at(-1), `${largest}`).toBeGreaterThanOrEqual(largest);
      expect(ticks.at(-2), `${largest}`).toBeLessThan(largest);
      expect(ticks.length, `${largest}`).toBeLessThanOrEqual(5);
    }
  });
});
