/** Voting power and readers: what conviction adds, and which past values of stakes are kept, and how long. */
import { describe, expect, it } from "vitest";
import { toAddress } from "../../host/ledger/accounts/address.js";
import { calls } from "../../host/ledger/calls/index.js";
import { governanceOf } from "../../host/ledger/governanceReads.js";
import { LatestSnapshot, Snapshots, Tallies } from "../../host/ledger/state/governance.js";
import { DecayingLock, Lock } from "../../host/ledger/state/locks.js";
import { PAST_ITEMS } from "../../host/ledger/state/past.js";
import type { State } from "../../host/ledger/state/state.js";
import { block, blocks, governedState, HOT, hold } from "../support/governance.js";
import { ANN, accountOf, actor, BEN, CLO } from "../support/ledger.js";
import { TAO } from "../support/staking.js";

const { propose, vote } = calls.governance;
const setKappa = calls.admin.setKappa({ netuid: 1, kappa: 40_000 });

describe("conviction", () => {
  it("adds twice itself to the weight of a vote, not more than for the alpha that is there", () => {
    const weightOf = (convictionTao: bigint) => {
      const state = governedState();
      block(state, [ANN, propose({ call: setKappa })]);
      const convictionBits = (convictionTao * TAO) << 64n;
      state.write(Lock, CLO.account, 1, accountOf(17), { lockedRao: 200n * TAO, convictionBits, lastUpdate: 102 });
      state.write(DecayingLock, CLO.account, 1, false);
      block(state, [CLO, vote({ proposal: 0, choice: "aye" })]);
      const { stakeRao, weightRao } = state.read(Tallies, 0).aye;
      expect(stakeRao).toBe(100n * TAO);
      return weightRao;
    };
    // 200 alpha and twice 50 of conviction, at half a TAO.
    expect([weightOf(0n), weightOf(50n), weightOf(200n), weightOf(900n)]).toEqual(
      [100n, 150n, 300n, 300n].map((tao) => tao * TAO),
    );
  });
});

describe("the past", () => {
  it("is kept from opening to closing, of what changes alone", () => {
    const kept = (state: State) =>
      PAST_ITEMS.flatMap((item) => state.entries(item).map(([keys]) => [item.name, ...keys]));
    const state = governedState();
    block(state, [ANN, propose({ call: setKappa })]);
    block(state);
    expect([state.read(LatestSnapshot), kept(state)]).toEqual([102, []]);
    hold(state, BEN.account, 0, 1n);
    const changed = [
      ["Past.AlphaV2", 102, accountOf(17), BEN.account, 0],
      ["Past.TotalHotkeyAlpha", 102, accountOf(17), 0],
      ["Past.TotalHotkeySharesV2", 102, accountOf(17), 0],
    ];
    expect(kept(state)).toEqual(changed);
    hold(state, BEN.account, 0, 1n);
    expect(kept(state)).toEqual(changed);
    // Another proposal, opened later, keeps its own; the first one's stay until the first is over.
    block(state, [BEN, propose({ call: setKappa })]);
    block(state);
    hold(state, BEN.account, 0, 1n);
    expect(kept(state)).toHaveLength(6);
    block(state);
    expect([kept(state).length, state.entries(Snapshots)]).toEqual([3, [[[104], 1]]]);
    blocks(state, 2);
    expect([state.has(LatestSnapshot), kept(state)]).toEqual([false, []]);
  });
});

describe("readers", () => {
  it("tell proposals, votes and power as they stand", () => {
    const state = governedState();
    const { proposals, proposal, votes, power, delegators } = governanceOf(state);
    const { delegate, voteFor } = calls.governance;
    block(state, [CLO, delegate({ hotkey: HOT })]);
    expect([delegators(HOT), delegators(ANN.account)]).toEqual([[CLO.address], []]);
    block(state, [ANN, propose({ call: setKappa })]);
    expect(proposals()[0]).toMatchObject({ id: 0, openedAt: null, isQuorate: false, isApproved: false });
    block(state, [BEN, vote({ proposal: 0, choice: "abstain" })]);
    expect(proposal(0)).toMatchObject({ status: "voting", openedAt: 103, isQuorate: true, isApproved: false });
    block(state, [actor(17), voteFor({ proposal: 0, choice: "aye", coldkeys: [CLO.address] })]);
    expect(proposal(0)).toMatchObject({
      proposer: ANN.address,
      call: setKappa,
      isQuorate: true,
      isApproved: true,
    });
    expect(votes(0).map(({ coldkey, choice, delegate }) => [coldkey, choice, delegate])).toEqual([
      [BEN.address, "abstain", null],
      [CLO.address, "aye", toAddress(HOT)],
    ]);
    hold(state, BEN.account, 0, 5n * TAO);
    expect(power(BEN.address, 0)?.stakeRao).toBe(300n * TAO);
    expect(power(BEN.address)?.stakeRao).toBe(305n * TAO);
    blocks(state, 3);
    expect([power(BEN.address, 0), proposal(1), votes(1)]).toEqual([undefined, undefined, []]);
  });
});
