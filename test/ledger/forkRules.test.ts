/** Forks of snapshots under rules after 425: they come out as they went in, and go on under their rules; the twin says how. */
import { describe, expect, it } from "vitest";
import { createLedger, epochSnapshot, genesisFromSnapshot, memoryStore } from "../../host/ledger/index.js";
import { rulesInForce } from "../../host/ledger/rules/ruleSet.js";
import * as neurons from "../../host/ledger/state/neurons.js";
import type { ReadableState } from "../../host/ledger/state/state.js";
import { LastYumaStepBlock, SubnetEpochConsensus } from "../../host/ledger/state/subnets.js";
import { rulesOf } from "../../host/marshal/rules.js";
import type { EpochSnapshot } from "../../host/types.js";
import { oracleEpoch } from "../oracle/epoch.js";
import { unfit } from "../support/ledgerState.js";
import { records } from "../support/vectors.js";

const stored = (n: number, salt: number) => Array.from({ length: n }, (_, uid) => ((uid + salt) * 7919) % 65536);

/** Cases a fork takes, whose alpha is liquid and whose epoch does not look at commits. */
const cases = records<EpochSnapshot>("epoch-small.cases.jsonl.gz").filter(
  (one) =>
    unfit(one) === undefined &&
    one.liquidAlpha &&
    one.yuma3 &&
    !one.commitRevealEnabled &&
    one.n > 3 &&
    one.tempo > 0 &&
    one.tempo < 500 &&
    Number(one.currentBlock) > one.tempo &&
    Number(one.currentBlock) < 2 ** 31,
);

const fork = async (snapshot: EpochSnapshot) =>
  createLedger({ store: memoryStore(), genesis: genesisFromSnapshot(snapshot, { name: "fork" }) });

const bonds = (snapshot: EpochSnapshot) => JSON.stringify(oracleEpoch(snapshot as never).bonds);
const lookingBack = { liquidAlphaConsensusMode: "previous", rules: 446 } as const;

/** Some of them in which it matters which consensus is looked at. */
const telling = cases
  .slice(0, 120)
  .filter((one) => bonds(one) !== bonds({ ...one, ...lookingBack, previousConsensus: stored(one.n, 0) }))
  .slice(0, 6);

const bondsOf = (state: ReadableState, n: number) =>
  Array.from({ length: n }, (_, uid) => [...state.read(neurons.Bonds, 1, uid)]);

describe("a fork", () => {
  it("has such cases", () => expect([cases.length > 8, telling.length]).toEqual([true, 6]));

  it.each([446, 474])(
    "of %i runs the snapshot's epoch under its mode, and looks back at it in the next",
    async (rules) => {
      for (const one of telling) {
        const snapshot = {
          ...one,
          rules,
          liquidAlphaConsensusMode: "previous",
          previousConsensus: stored(one.n, 0),
        } as const;
        const ledger = await fork(snapshot);
        expect(rulesInForce(ledger.state)).toEqual(rulesOf(rules));
        const twin = oracleEpoch(snapshot as never);
        await ledger.produceBlock();
        const { state } = ledger;
        expect(bondsOf(state, one.n), one.name).toEqual(twin.bonds);
        expect(state.read(neurons.Consensus, 1), one.name).toEqual(twin.consensus);
        expect(state.read(neurons.Dividends, 1), one.name).toEqual(twin.dividends);
        const next = epochSnapshot(state, 1);
        expect(next.mechanisms[0]?.previousConsensus, one.name).toEqual(twin.consensus);
        expect(next.liquidAlphaConsensusMode).toBe("previous");
      }
    },
  );

  it("of what a ledger says of itself is that ledger again", async () => {
    const [one] = cases;
    const rules = { rules: 446, liquidAlphaConsensusMode: "previous", previousConsensus: stored(one!.n, 3) } as const;
    const first = epochSnapshot((await fork({ ...one!, ...rules })).state, 1);
    const block = { ...first, currentBlock: Number(first.currentBlock) + 1 };
    const again = epochSnapshot((await fork(block as never)).state, 1);
    const told = ({ rules: kept, liquidAlphaConsensusMode, mechanisms }: typeof first) => ({
      ...{ kept, liquidAlphaConsensusMode, consensus: mechanisms[0]?.previousConsensus },
    });
    expect(told(again)).toEqual(told(first));
    expect(told(first)).toEqual({
      kept: rulesOf(446),
      liquidAlphaConsensusMode: "previous",
      consensus: rules.previousConsensus,
    });
  });

  it("without a consensus of the epoch before looks at the current one", async () => {
    const [one] = cases;
    const snapshot = { ...one!, rules: 446, liquidAlphaConsensusMode: "previous", previousConsensus: null } as const;
    const ledger = await fork(snapshot);
    await ledger.produceBlock();
    expect(bondsOf(ledger.state, one!.n)).toEqual(oracleEpoch(one as never).bonds);
  });

  it("in Null mode stays in it: bonds as they were, and masked by the block they were", async () => {
    for (const one of cases.slice(0, 4)) {
      const ledger = await fork({ ...one, rules: 474, epochConsensus: "null" });
      const before = Number(one.lastMechanismStepBlock);
      await ledger.produceBlock();
      expect(ledger.state.read(SubnetEpochConsensus, 1)).toBe("null");
      expect(bondsOf(ledger.state, one.n), one.name).toEqual(one.bonds);
      expect(ledger.state.read(LastYumaStepBlock, 1)).toBe(before);
      const { lastMechanismStepBlock, epochConsensus } = epochSnapshot(ledger.state, 1);
      expect([lastMechanismStepBlock, epochConsensus]).toEqual([before, "null"]);
    }
  });

  it("under the rules of 425 is what it was, whatever else the snapshot says", () => {
    const [one] = cases;
    const plain = genesisFromSnapshot(one!, { name: "fork" });
    for (const more of [
      { rules: 425 },
      { previousConsensus: stored(one!.n, 1) },
      { epochConsensus: "yuma" },
    ] as const) {
      expect(genesisFromSnapshot({ ...one!, ...more }, { name: "fork" })).toEqual(plain);
    }
  });

  it("under rules no ledger runs under is refused", () => {
    const [one] = cases;
    const old = { ...one!, rules: 143, yuma3: false, liquidAlpha: false, bondsPenalty: 65_535 };
    expect(() => genesisFromSnapshot(old, { name: "fork" })).toThrow(
      expect.objectContaining({ code: "RULES_CONFLICT" }),
    );
  });
});
