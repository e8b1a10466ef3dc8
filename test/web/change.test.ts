/** What if: a changed epoch is the epoch of the changed snapshot, and a change survives its address. */
import { describe, expect, it } from "vitest";
import { toJson } from "../../host/json.js";
import type { EpochResult, EpochSnapshot } from "../../host/types.js";
import { type Change, changeFromParams, changeToParams, readWeights } from "../../host/web/engine/change.js";
import { createEngine } from "../../host/web/engine/engine.js";
import { refusalOf } from "../support/refusal.js";
import { records } from "../support/vectors.js";

const cases = records<EpochSnapshot>("epoch-subnet.cases.jsonl.gz");
const results = records<EpochResult>("epoch-subnet.results.jsonl.gz");
const find = (passes: (one: EpochSnapshot) => boolean) => {
  const k = cases.findIndex(passes);
  return [cases[k] as EpochSnapshot, results[k] as EpochResult] as const;
};

/** Opens a snapshot that was led astray and changes it back: what comes out must be what was published. */
async function changedBack([snapshot, published]: readonly [EpochSnapshot, EpochResult], astray: object, back: Change) {
  const engine = createEngine();
  const wrong = await engine.open({
    kind: "file",
    name: "astray",
    file: new Blob([toJson({ ...snapshot, ...astray })]),
  });
  const { consensus, incentive, dividends, validatorTrust, stakeWeight } = published;
  const expected = {
    consensus,
    incentive,
    dividends,
    validatorTrust,
    stakeWeight,
    emission: published.emission.map(BigInt),
  };
  expect(wrong.numbers).not.toMatchObject(expected);
  expect(engine.change(back)).toMatchObject(expected);
  expect((await engine.explain(0, 0)).explanation.uid).toBe(0);
  expect(engine.change(null)).toEqual(wrong.numbers);
}

describe("a change", () => {
  it("of a setting gives the published epoch of that setting", async () => {
    const one = find(({ yuma3, liquidAlpha }) => yuma3 && liquidAlpha);
    const [{ kappa, bondsPenalty, alphaLow, alphaHigh }] = one;
    await changedBack(one, { kappa: 60_000 }, { kappa });
    await changedBack(one, { bondsPenalty: bondsPenalty ^ 0xffff }, { bondsPenalty });
    await changedBack(one, { liquidAlpha: false }, { liquidAlpha: true });
    await changedBack(one, { alphaLow: 3_000, alphaHigh: 9_000 }, { alphaLow, alphaHigh });
  });

  it("of a validator's stake or weights does, too", async () => {
    const one = find(({ commitRevealEnabled }) => commitRevealEnabled);
    const [{ weights, alphaStake, taoStake, validatorPermit }, { dividends }] = one;
    const uid = dividends.indexOf(Math.max(...dividends));
    expect(validatorPermit[uid]).toBe(true);
    const doubled = (stakes: EpochSnapshot["alphaStake"]) =>
      stakes.map((stake, i) => (i === uid ? 2n * BigInt(stake) : stake));
    const richer = { alphaStake: doubled(alphaStake), taoStake: doubled(taoStake) };
    await changedBack(one, richer, { uid, stakePercent: 50 });
    const row = weights[uid] ?? [];
    expect(Math.max(...row.map(([, value]) => value))).toBe(65_535);
    await changedBack(
      one,
      { weights: weights.map((given, i) => (i === uid ? given.slice(0, 3) : given)) },
      { uid, weights: row },
    );
  });

  it("that cannot be computed is refused, and the one before stays", async () => {
    const engine = createEngine();
    const [snapshot] = cases as [EpochSnapshot];
    await engine.open({ kind: "file", name: "one", file: new Blob([toJson(snapshot)]) });
    const before = engine.change({ kappa: 50_000 });
    expect(refusalOf(() => engine.change({ kappa: 70_000 })).code).toBe("BAD_VALUE");
    expect(refusalOf(() => engine.change({ uid: 256, stakePercent: 50 })).code).toBe("BAD_UID");
    expect(refusalOf(() => engine.change({ stakePercent: 150 }))).toMatchObject({
      code: "MISSING_FIELD",
      message: "uid is missing.",
    });
    expect(refusalOf(() => engine.change({ uid: 1, stakePercent: 10_001 })).code).toBe("BAD_VALUE");
    expect(JSON.parse(engine.saved())).toMatchObject({ kappa: 50_000, n: snapshot.n });
    expect(engine.change({ kappa: 50_000 })).toEqual(before);
  });
});

describe("a change that is saved", () => {
  it("opens as an epoch of its own, by a name that tells, with nothing recorded", async () => {
    const engine = createEngine();
    const open = (text: string) => engine.open({ kind: "file", name: "epoch.json", file: new Blob([text]) });
    const [[snapshot], [recorded]] = [cases, results] as [[EpochSnapshot], [EpochResult]];
    const text = toJson({ ...snapshot, name: "one", recorded });
    expect((await open(text)).verdict).toBe("agrees");
    expect(await open(engine.saved())).toMatchObject({ title: "one", verdict: "agrees" });
    const numbers = engine.change({ kappa: 50_000 });
    const reopened = await open(engine.saved());
    expect(reopened).toMatchObject({ title: "one, changed", verdict: "unrecorded", numbers });
    engine.change({ kappa: 40_000 });
    expect((await open(engine.saved())).title).toBe("one, changed");
  });
});

describe("an address", () => {
  it("holds a change, and gives it back", () => {
    const change: Change = {
      kappa: 1,
      bondsPenalty: 2,
      liquidAlpha: false,
      alphaLow: 3,
      alphaHigh: 4,
      uid: 5,
      stakePercent: 150,
      weights: [
        [3, 100],
        [4, 50],
      ],
    };
    expect(changeFromParams(new URLSearchParams(changeToParams(change).toString()))).toEqual(change);
    expect(changeFromParams(new URLSearchParams("kappa=7"))).toEqual({ kappa: 7 });
    expect(changeFromParams(new URLSearchParams("open=x"))).toBeNull();
  });

  it("that makes no sense is refused by its word", () => {
    expect(refusalOf(() => changeFromParams(new URLSearchParams("kappa=1e3"))).details.field).toBe("kappa");
    expect(refusalOf(() => changeFromParams(new URLSearchParams("stake=-5"))).details.field).toBe("stake");
    expect(refusalOf(() => readWeights("3:100,4")).details.field).toBe("weights");
    expect(refusalOf(() => readWeights("3:70000")).code).toBe("BAD_VALUE");
  });
});
