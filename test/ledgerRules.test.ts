/** Epochs under rules that came after 425, through the ledger's own path: states, the step run, what it wrote held to the twin. */
import { describe, expect, it } from "vitest";
import { runEpoch } from "../host/ledger/block/epoch.js";
import { epochInput } from "../host/ledger/rules/epochInput.js";
import { mechanismIndexOf } from "../host/ledger/rules/mechanisms.js";
import { appendNeuron, replaceNeuron } from "../host/ledger/rules/neurons.js";
import { trim } from "../host/ledger/rules/trim.js";
import { ImmunityPeriod, MinAllowedUids } from "../host/ledger/state/hyperparameters.js";
import * as neurons from "../host/ledger/state/neurons.js";
import type { State } from "../host/ledger/state/state.js";
import { rulesOf } from "../host/marshal/rules.js";
import type { EpochSnapshot, LiquidAlphaConsensusMode, MechanismsSnapshot, Rules } from "../host/types.js";
import { oracleEpoch } from "./oracle/epoch.js";
import { oracleMechanisms } from "./oracle/mechanisms.js";
import { contextOn, hotkeyOf, stateOfSnapshot, unfit } from "./support/ledgerState.js";
import { plain } from "./support/plain.js";
import { records } from "./support/vectors.js";

const NETUID = 1;

/** 425 but for liquid alpha's modes. */
const MODES: Rules = { ...rulesOf(425), specVersion: null, liquidAlphaConsensus: "perSubnet" };

const fits = <S extends EpochSnapshot | MechanismsSnapshot>(list: readonly S[]) =>
  list.filter((one) => unfit(one) === undefined && one.liquidAlpha && one.yuma3);

/** Some consensus nobody computed. */
const stored = (n: number, salt: number) => Array.from({ length: n }, (_, uid) => ((uid + salt) * 7919) % 65536);

function written(state: State, n: number, m = 0) {
  const index = mechanismIndexOf(NETUID, m);
  return {
    incentive: state.read(neurons.Incentive, index),
    bonds: Array.from({ length: n }, (_, uid) => [...state.read(neurons.Bonds, index, uid)]),
    consensus: state.read(neurons.ConsensusByMechanism, index),
  };
}

function expectTwin(state: State, snapshot: EpochSnapshot, name: string): void {
  const { serverRao, validatorRao } = runEpoch(contextOn(state), NETUID, BigInt(snapshot.raoEmission));
  const twin = oracleEpoch(snapshot as never) as unknown as Record<string, unknown>;
  const found = plain({
    ...written(state, snapshot.n),
    dividends: state.read(neurons.Dividends, NETUID),
    serverEmission: serverRao,
    validatorEmission: validatorRao,
  }) as Record<string, unknown>;
  const expected = Object.fromEntries(Object.keys(found).map((field) => [field, twin[field]]));
  expect(found, name).toEqual(plain(expected));
  expect(state.read(neurons.Consensus, NETUID), name).toEqual(twin.consensus);
}

describe("liquid alpha's consensus", () => {
  const cases = fits(records<EpochSnapshot>("epoch-small.cases.jsonl.gz")).slice(0, 240);

  it.each<LiquidAlphaConsensusMode | undefined>(["current", "previous", "auto", undefined])("mode %s", (mode) => {
    let differ = 0;
    for (const [k, one] of cases.entries()) {
      const own = {
        rules: k % 3 === 0 ? 474 : MODES,
        ...(mode === undefined ? {} : { liquidAlphaConsensusMode: mode }),
      };
      const penalty = k % 2 === 0 ? { bondsPenalty: 65_535 } : {};
      const consensus = k % 5 === 0 ? {} : { previousConsensus: stored(one.n, k) };
      const snapshot = { ...one, ...penalty, ...own, ...consensus };
      expectTwin(stateOfSnapshot(snapshot), snapshot, `${one.name}, ${mode}`);
      const usual = oracleEpoch({ ...one, ...penalty } as never);
      if (JSON.stringify(plain(usual.bonds)) !== JSON.stringify(plain(oracleEpoch(snapshot as never).bonds))) differ++;
    }
    // The modes matter in these cases, or they would hold nothing.
    expect(differ > 20, `${differ} of ${cases.length} differ`).toBe(mode !== "current");
  });

  it("is each mechanism's own", () => {
    const subnets = fits(records<MechanismsSnapshot>("mechanisms.cases.jsonl.gz"));
    expect(subnets.length).toBeGreaterThan(5);
    for (const one of subnets) {
      const mechanisms = one.mechanisms.map((own, m) => ({ ...own, previousConsensus: stored(one.n, m) }));
      const snapshot: MechanismsSnapshot = { ...one, rules: MODES, liquidAlphaConsensusMode: "previous", mechanisms };
      const state = stateOfSnapshot(snapshot);
      runEpoch(contextOn(state), NETUID, BigInt(one.raoEmission));
      const twin = oracleMechanisms(snapshot as never);
      for (const [m, own] of twin.mechanisms.entries()) {
        const { incentive, bonds } = written(state, one.n, m);
        expect({ incentive, bonds }, `${one.name}, mechanism ${m}`).toEqual({
          incentive: own.incentive,
          bonds: own.bonds,
        });
      }
    }
  });

  it("is that of the epoch before, epoch after epoch", () => {
    for (const one of cases.slice(0, 30)) {
      const rules = { rules: MODES, liquidAlphaConsensusMode: "previous" } as const;
      const state = stateOfSnapshot({ ...one, ...rules });
      let snapshot: EpochSnapshot = { ...one, ...rules };
      for (let epoch = 0; epoch < 3; epoch++) {
        expectTwin(state, snapshot, `${one.name}, epoch ${epoch}`);
        const { bonds, consensus, validatorPermit } = oracleEpoch(snapshot as never);
        snapshot = { ...snapshot, bonds, validatorPermit, previousConsensus: consensus };
      }
    }
  });
});

describe("the stored consensus", () => {
  const [one] = fits(records<EpochSnapshot>("epoch-small.cases.jsonl.gz")).filter(
    ({ n, ownerUid }) => n > 4 && ownerUid === null,
  );
  const snapshot: EpochSnapshot = { ...one!, rules: MODES, previousConsensus: stored(one!.n, 1) };
  const read = (state: State) =>
    epochInput(state, contextOn(state).kernel, NETUID, 0n).mechanisms[0]!.previousConsensus;

  it("counts nothing for who came since, by a new uid or by another's", () => {
    const state = stateOfSnapshot(snapshot);
    appendNeuron(state, NETUID, hotkeyOf(99));
    expect(read(state)).toEqual([...stored(snapshot.n, 1), 0]);
    replaceNeuron(state, NETUID, 2, hotkeyOf(98));
    expect(read(state)).toEqual([...stored(snapshot.n, 1), 0].map((value, uid) => (uid === 2 ? 0 : value)));
  });

  it("moves up with its uids when others are trimmed", () => {
    const state = stateOfSnapshot(snapshot);
    state.write(MinAllowedUids, NETUID, 1);
    state.write(ImmunityPeriod, NETUID, 0);
    // The second earns nothing, and goes.
    state.write(
      neurons.Emission,
      NETUID,
      Array.from({ length: snapshot.n }, (_, uid) => (uid === 1 ? 0n : 5n)),
    );
    trim(state, contextOn(state).kernel, NETUID, snapshot.n - 1);
    expect(read(state)).toEqual(stored(snapshot.n, 1).filter((_, uid) => uid !== 1));
  });

  it("is not kept, and not looked at, under the rules of 425", () => {
    const { rules: _, previousConsensus: __, ...usual } = snapshot;
    const state = stateOfSnapshot(usual);
    runEpoch(contextOn(state), NETUID, 5n);
    expect(state.has(neurons.ConsensusByMechanism, NETUID)).toBe(false);
    expect(read(state)).toBeUndefined();
  });
});
