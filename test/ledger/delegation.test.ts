/** Votes by delegates, the coldkey's own over theirs; swaps of keys while a vote runs; parameters that only proposals set. */
import { afterAll, describe, expect, it } from "vitest";
import type { Signer } from "../../host/ledger/accounts/keys.js";
import type { Call } from "../../host/ledger/calls/call.js";
import { DELEGATION_ERRORS } from "../../host/ledger/calls/governance/delegation.js";
import { GOVERNANCE_PARAMETER_ERRORS } from "../../host/ledger/calls/governance/parameters.js";
import { MAX_VOTES } from "../../host/ledger/calls/governance/voting.js";
import { calls } from "../../host/ledger/calls/index.js";
import { moveColdkey } from "../../host/ledger/rules/moveColdkey.js";
import { FreeBalance } from "../../host/ledger/state/balances.js";
import {
  DayBlocks,
  Delegations,
  Heirs,
  LatestSnapshot,
  Proposals,
  Tallies,
  Tracks,
  Votes,
} from "../../host/ledger/state/governance.js";
import { Owner } from "../../host/ledger/state/staking.js";
import type { State } from "../../host/ledger/state/state.js";
import { block, blocks, governedState, HOT } from "../support/governance.js";
import { ANN, accountOf, actor, BEN, CLO, ROOT } from "../support/ledger.js";
import { ruleContext, TAO } from "../support/staking.js";

const { propose, vote, voteFor, delegate, undelegate } = calls.governance;
const setKappa = calls.admin.setKappa({ netuid: 1, kappa: 40_000 });
/** ANN's hotkey signs. */
const HOTKEY = actor(17);
const FRESH = actor(0x31);

const reached = new Set<string>();
function endsOf(state: State, ...made: (readonly [Signer, Call])[]): (string | null)[] {
  const ends = block(state, ...made).flatMap((event) => {
    if (event.name === "System.ExtrinsicSuccess") return [null];
    return event.name === "System.ExtrinsicFailed" ? [event.error] : [];
  });
  for (const error of ends) if (error !== null) reached.add(error);
  return ends;
}

/** BEN and CLO let HOT vote; ANN's proposal 0 has opened. */
function delegated(call = setKappa): State {
  const state = governedState();
  expect(endsOf(state, [BEN, delegate({ hotkey: HOT })], [CLO, delegate({ hotkey: HOT })])).toEqual([null, null]);
  block(state, [ANN, propose({ call })]);
  return state;
}

const aye = (state: State) => state.read(Tallies, 0).aye.stakeRao / TAO;
const nay = (state: State) => state.read(Tallies, 0).nay.stakeRao / TAO;
const forBoth = voteFor({ proposal: 0, choice: "aye", coldkeys: [BEN.address, CLO.address] });

afterAll(() => {
  const declared = [...DELEGATION_ERRORS, ...GOVERNANCE_PARAMETER_ERRORS];
  expect(declared.filter((name) => !reached.has(name))).toEqual([]);
});

describe("a delegate", () => {
  it("votes for those who delegated, who go over it at any time", () => {
    const state = delegated();
    const chosen = block(governedState(), [BEN, delegate({ hotkey: HOT })]);
    expect(chosen[0]).toEqual({ name: "Governance.Delegated", coldkey: BEN.account, hotkey: HOT });
    expect(endsOf(state, [HOTKEY, forBoth])).toEqual([null]);
    expect([aye(state), nay(state)]).toEqual([400n, 0n]);
    expect(state.read(Votes, 0, BEN.account)?.delegate).toBe(HOT);
    block(state, [BEN, vote({ proposal: 0, choice: "nay" })], [HOTKEY, forBoth]);
    expect([aye(state), nay(state)]).toEqual([100n, 300n]);
    expect(state.read(Votes, 0, BEN.account)?.delegate).toBeUndefined();
  });

  it("counts each once, however often it is named", () => {
    const state = delegated();
    const twice = voteFor({ proposal: 0, choice: "nay", coldkeys: [BEN.address, BEN.address] });
    block(state, [HOTKEY, twice], [HOTKEY, twice]);
    expect([aye(state), nay(state)]).toEqual([0n, 300n]);
  });

  it("may not vote for others, nor by a delegation that came after the opening or is over", () => {
    const state = governedState();
    block(state, [ANN, propose({ call: setKappa })]);
    block(state);
    const one = voteFor({ proposal: 0, choice: "aye", coldkeys: [BEN.address] });
    expect(endsOf(state, [BEN, delegate({ hotkey: HOT })], [HOTKEY, one])).toEqual([null, "Governance.NotDelegated"]);
    const many = voteFor({ proposal: 0, choice: "aye", coldkeys: new Array(MAX_VOTES + 1).fill(BEN.address) });

    const other = delegated();
    expect(endsOf(other, [HOTKEY, many], [BEN, forBoth])).toEqual([
      "Governance.TooManyVotes",
      "Governance.NotDelegated",
    ]);
    expect(endsOf(other, [BEN, undelegate({})], [BEN, undelegate({})], [HOTKEY, forBoth])).toEqual([
      null,
      "Governance.NotDelegating",
      null,
    ]);
    expect(aye(other)).toBe(100n);
    expect(endsOf(other, [BEN, delegate({ hotkey: accountOf(0x55) })])).toEqual([
      "SubtensorModule.HotKeyAccountNotExists",
    ]);
  });

  it("that was swapped away votes for nobody, its successor neither until it is chosen", () => {
    const state = delegated();
    state.remove(Owner, HOT);
    state.write(Owner, FRESH.account, ANN.account);
    expect(endsOf(state, [HOTKEY, forBoth], [FRESH, forBoth])).toEqual([
      "SubtensorModule.HotKeyAccountNotExists",
      "Governance.NotDelegated",
    ]);
  });
});

describe("a coldkey swapped while a vote runs", () => {
  const swap = (state: State, from: Signer, to: Signer) => moveColdkey(ruleContext(state), from.account, to.account);

  it("votes no more, the new one in its place, once", () => {
    const state = delegated();
    block(state, [BEN, vote({ proposal: 0, choice: "aye" })]);
    swap(state, BEN, FRESH);
    const inherited = voteFor({ proposal: 0, choice: "nay", coldkeys: [BEN.address] });
    expect(
      endsOf(
        state,
        [BEN, vote({ proposal: 0, choice: "aye" })],
        [FRESH, vote({ proposal: 0, choice: "nay" })],
        [ANN, inherited],
        [FRESH, inherited],
        [HOTKEY, forBoth],
      ),
    ).toEqual(["Governance.NoPower", "Governance.NoPower", "Governance.NotDelegated", null, null]);
    expect([aye(state), nay(state)]).toEqual([100n, 300n]);
    expect([state.has(Delegations, BEN.account), state.read(Delegations, FRESH.account)]).toEqual([false, HOT]);
    blocks(state, 3);
    expect([state.has(LatestSnapshot), state.entries(Heirs)]).toEqual([false, []]);
  });

  it("twice, or back and forth, leaves the say with the last", () => {
    const state = governedState();
    state.write(FreeBalance, ANN.account, 600n * TAO);
    block(state, [ANN, propose({ call: calls.admin.setTxRateLimit({ txRateLimitBlocks: 1n }) })]);
    block(state);
    swap(state, BEN, FRESH);
    block(state);
    swap(state, FRESH, BEN);
    expect(endsOf(state, [FRESH, voteFor({ proposal: 0, choice: "aye", coldkeys: [BEN.address] })])).toEqual([
      "Governance.NotDelegated",
    ]);
    expect(endsOf(state, [BEN, vote({ proposal: 0, choice: "aye" })])).toEqual([null]);
    // Used again and given away, the old key takes nothing along.
    block(state);
    swap(state, BEN, actor(0x32));
    expect(endsOf(state, [actor(0x32), voteFor({ proposal: 0, choice: "nay", coldkeys: [BEN.address] })])).toEqual([
      "Governance.NotDelegated",
    ]);
    expect([aye(state), nay(state)]).toEqual([300n, 0n]);
  });

  it("takes its deposits along", () => {
    const state = delegated();
    block(state, [CLO, vote({ proposal: 0, choice: "abstain" })]);
    const before = state.read(FreeBalance, ANN.account);
    swap(state, ANN, FRESH);
    blocks(state, 3);
    expect(state.read(Proposals, 0)?.proposer).toBe(FRESH.account);
    expect(state.read(FreeBalance, FRESH.account)).toBe(before + 10n * TAO);
  });
});

describe("governance's own parameters", () => {
  const { setDayBlocks, setTrack } = calls.governance;
  const strict = { decisionDays: 9, enactmentDays: 0, quorum: 1, approval: 500_000, depositRao: 500n } as const;

  it("are set by proposals alone", () => {
    const state = governedState();
    const sudo = calls.sudo.sudo({ call: setDayBlocks({ blocks: 5 }) });
    const events = block(state, [ROOT, sudo]);
    expect(events).toContainEqual({ name: "Sudo.Sudid", error: "Governance.OnlyByProposal" });
    reached.add("Governance.OnlyByProposal");
    expect(endsOf(state, [ANN, setDayBlocks({ blocks: 5 })])).toEqual(["BadOrigin"]);

    state.write(FreeBalance, ANN.account, 2_000n * TAO);
    const both = calls.utility.batchAll({
      calls: [setDayBlocks({ blocks: 5 }), setTrack({ track: "subnet", ...strict })],
    });
    block(state, [ANN, propose({ call: both })]);
    block(state, [ANN, vote({ proposal: 0, choice: "aye" })]);
    expect(state.read(Proposals, 0)?.rules.decisionBlocks).toBe(28);
    const enacted = blocks(state, 28 + 7);
    expect(enacted).toContainEqual({ name: "Governance.ParameterSet", parameter: "Governance.DayBlocks", value: 5 });
    expect(enacted).toContainEqual({ name: "Governance.TrackSet", track: "subnet", rules: strict });
    expect([state.read(DayBlocks), state.read(Tracks, 1)]).toEqual([5, strict]);
  });

  it("change nothing for what is proposed already", () => {
    const state = delegated();
    const before = state.read(Proposals, 0);
    state.write(DayBlocks, 50);
    state.write(Tracks, 1, { ...strict, quorum: 500_000, approval: 999_999 });
    block(state, [CLO, vote({ proposal: 0, choice: "aye" })]);
    expect(state.read(Proposals, 0)?.rules).toEqual(before?.rules);
    blocks(state, 4);
    expect(state.read(Proposals, 0)?.status).toBe("enacted");
    block(state, [ANN, propose({ call: setKappa })]);
    expect(state.read(Proposals, 1)?.rules).toMatchObject({ decisionBlocks: 450, quorum: 500_000, approval: 999_999 });
  });

  it("stay within bounds", () => {
    const state = governedState();
    const usual = {
      track: "rules",
      decisionDays: 1,
      enactmentDays: 0,
      quorum: 1,
      approval: 500_000,
      depositRao: 500n,
    } as const;
    const enacted = (call: Call) => {
      state.write(FreeBalance, ANN.account, 2_000n * TAO);
      block(state, [ANN, propose({ call })]);
      const id = state.entries(Proposals).length - 1;
      block(state, [ANN, vote({ proposal: id, choice: "aye" })]);
      const last = blocks(state, 35).find((event) => event.name === "Governance.Enacted");
      if (last?.name === "Governance.Enacted" && last.error) reached.add(last.error);
      return last?.name === "Governance.Enacted" ? last.error : undefined;
    };
    const wrong = [
      setTrack({ ...usual, decisionDays: 0 }),
      setTrack({ ...usual, enactmentDays: 366 }),
      setTrack({ ...usual, quorum: 0 }),
      setTrack({ ...usual, quorum: 500_001 }),
      setTrack({ ...usual, approval: 499_999 }),
      setTrack({ ...usual, approval: 1_000_000 }),
      setTrack({ ...usual, depositRao: 499n }),
      setDayBlocks({ blocks: 0 }),
      setDayBlocks({ blocks: 100_001 }),
      calls.governance.setConvictionPercent({ percent: 1_001 }),
      calls.governance.setMaxOpenProposals({ proposals: 0 }),
    ];
    for (const call of wrong) expect(enacted(call)).toBe("Governance.OutOfBounds");
    expect(enacted(calls.governance.setConvictionPercent({ percent: 1_000 }))).toBeNull();
    expect(enacted(calls.governance.setMinProposerStake({ minStakeRao: 0n }))).toBeNull();
    expect(enacted(calls.governance.setMaxOpenProposals({ proposals: 1 }))).toBeNull();
    expect(enacted(setTrack(usual))).toBeNull();
  });
});
