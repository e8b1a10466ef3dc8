/** The package's functions over worker threads: same results, same refusals, in numbers, records and prepared epochs. */
import { describe, expect, it } from "vitest";
import { bind, type Yuma } from "../host/api/yuma.js";
import * as inlined from "../host/index.js";
import { inlinedModule } from "../host/load/inlined.js";
import type { EpochSnapshot, MechanismsSnapshot } from "../host/types.js";
import { FUNCTIONS, GROUPS } from "../host/worker/functions.js";
import { refusalOf, rejectionOf } from "./support/refusal.js";
import { records } from "./support/vectors.js";
import { first, LONG, pause, snapshots, subnet, workersOf } from "./support/workers.js";

const { workers: shared } = workersOf({ size: 2 });

describe("the functions", () => {
  it("are all there", () => {
    const yuma = bind(inlinedModule);
    const kind = (type: string) => Object.keys(yuma).filter((name) => typeof yuma[name as keyof Yuma] === type);
    expect([...FUNCTIONS, "prepareEpoch"].sort()).toEqual(kind("function").sort());
    expect(Object.keys(GROUPS).sort()).toEqual(kind("object").sort());
    for (const [group, names] of Object.entries(GROUPS)) {
      expect([...names].sort()).toEqual(Object.keys(yuma[group as keyof Yuma]).sort());
    }
  });

  it("answer as their namesakes do", async () => {
    const mechanisms = records<MechanismsSnapshot>("mechanisms.cases.jsonl.gz")[0] as MechanismsSnapshot;
    const pool = { alphaReserve: 10n ** 15n, taoReserve: 10n ** 14n, quoteWeight: null, feeRate: 33 };
    const weights = { uids: [0, 1], values: [1, 2] };
    expect(await shared.epoch(subnet)).toEqual(inlined.epoch(subnet));
    expect(await shared.tracedEpoch(first)).toEqual(inlined.tracedEpoch(first));
    expect(await shared.explain(subnet, 3)).toEqual(inlined.explain(subnet, 3));
    expect(await shared.whatIf(subnet, 0, weights)).toEqual(inlined.whatIf(subnet, 0, weights));
    expect(await shared.mechanismsEpoch(mechanisms)).toEqual(inlined.mechanismsEpoch(mechanisms));
    expect(await shared.pool.quoteBuy(pool, 10n ** 9n)).toEqual(inlined.pool.quoteBuy(pool, 10n ** 9n));
    expect(await shared.safeFloat.fromU64(77n)).toEqual(inlined.safeFloat.fromU64(77n));
    expect(await shared.emissionSchedule()).toEqual(inlined.emissionSchedule());
  });

  it.each([
    ["a field that is missing", { n: 3 }],
    ["a value out of range", { ...first, kappa: 65536 }],
    ["no object at all", null],
  ])("refuse %s alike", async (_name, bad) => {
    const here = refusalOf(() => inlined.epoch(bad as never));
    const there = await rejectionOf(shared.epoch(bad as never));
    expect(there.toJSON()).toEqual(here.toJSON());
  });

  it("refuse what no message can carry", async () => {
    const injection = () => ({ alphaIn: 0n, alphaOut: 0n, tao: 0n });
    const { code, message } = await rejectionOf(shared.coinbase({} as never, { injection }));
    expect([code, message]).toEqual(["BAD_VALUE", expect.stringContaining("cannot be sent to a worker")]);
    expect((await rejectionOf(shared.epoch((() => 1) as never))).message).toMatch(/[^.]\.$/);
  });
});

describe("binary records", () => {
  const binary = (list: readonly EpochSnapshot[], matrices = false) =>
    Uint8Array.from(list.flatMap((snapshot) => [...inlined.encodeSnapshot(snapshot, { matrices })]));

  it("go in and results come out, one a snapshot", async () => {
    const list = snapshots.slice(0, 5).map(({ name: _, ...snapshot }) => snapshot);
    const results = await shared.epochRecords(binary(list));
    expect([...inlined.decodeResults(results)]).toEqual(list.map(inlined.epoch));
    const [traced] = inlined.decodeResults(await shared.epochRecords(binary(list.slice(0, 1), true)));
    expect(traced).toEqual(inlined.tracedEpoch(list[0] as EpochSnapshot));
  });

  it("are refused alike, and no half of an answer comes back", async () => {
    const spoilt = binary(snapshots.slice(0, 2)).subarray(0, -1);
    const { code, details } = await rejectionOf(shared.epochRecords(spoilt));
    expect([code, details.reason]).toEqual(["BAD_BINARY", "truncated"]);
  });

  it("are moved where the caller allows it, else copied", async () => {
    const [copied, moved] = [binary([first]), binary([first])];
    const results = await Promise.all([
      shared.epochRecords(copied),
      shared.with({ transfer: true }).epochRecords(moved),
    ]);
    expect(results[0]).toEqual(results[1]);
    expect([copied.length > 0, moved.length]).toEqual([true, 0]);
  });

  it("as typed arrays of a snapshot", async () => {
    const stakes = BigUint64Array.from(subnet.alphaStake, BigInt);
    const typed = { ...subnet, alphaStake: stakes as unknown as bigint[] };
    expect(await shared.epoch(typed)).toEqual(inlined.epoch(subnet));
    expect(stakes.length).toBe(subnet.n);
    expect(await shared.with({ transfer: true }).epoch(typed)).toEqual(inlined.epoch(subnet));
    expect(stakes.length).toBe(0);
  });

  it("moved away before are refused, and the workers go on", async () => {
    const stakes = BigUint64Array.from(subnet.alphaStake, BigInt);
    const typed = { ...subnet, alphaStake: stakes as unknown as bigint[] };
    const ours = shared.with({ transfer: true });
    // Of two at once, the first moves what the second has.
    const [whole, ...empty] = await Promise.allSettled([ours, ours, ours, shared].map((one) => one.epoch(typed)));
    expect(whole).toEqual({ status: "fulfilled", value: inlined.epoch(subnet) });
    for (const refused of empty) expect(refused).toMatchObject({ status: "rejected", reason: { code: "BAD_VALUE" } });
    expect((await rejectionOf(ours.epoch(typed))).message).toMatch(/detached and could not be cloned\.$/);
    expect(await shared.epoch(first)).toEqual(inlined.epoch(first));
  });
});

describe("a prepared epoch", () => {
  it("is updated and run as one here", async () => {
    const [there, here] = [await shared.prepareEpoch(subnet), inlined.prepareEpoch(subnet)];
    for (const kappa of [20000, 60000]) {
      here.update({ kappa });
      here.run();
      expect(await there.recompute({ kappa })).toEqual(here.result());
      expect(await there.trace()).toEqual(here.trace());
    }
    expect((await rejectionOf(there.update({ kappa: -1 }))).details).toMatchObject({ value: -1 });
    expect(await there.result()).toEqual(here.result());
    await there.update({ kappa: 1 });
    expect((await rejectionOf(there.result())).code).toBe("BAD_STATE");
    await there.dispose();
    await there.dispose();
    expect((await rejectionOf(there.run())).code).toBe("BAD_STATE");
  });

  it("outlives its worker, as it was", async () => {
    const { workers, started } = workersOf();
    const prepared = await workers.prepareEpoch(subnet);
    const wanted = await prepared.recompute({ kappa: 100 });
    const controller = new AbortController();
    const doomed = workers.with({ signal: controller.signal }).burnDecay(LONG);
    const asked = prepared.result();
    await pause(20);
    controller.abort();
    await expect(doomed).rejects.toBe(controller.signal.reason);
    expect(await asked).toEqual(wanted);
    expect(started.count).toBe(2);
    expect(wanted).not.toEqual(inlined.epoch(subnet));
  });

  it("refused is none", async () => {
    expect((await rejectionOf(shared.prepareEpoch({ n: 1 } as never))).code).toBe("MISSING_FIELD");
  });
});
