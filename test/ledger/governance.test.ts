/** Governance: proposals from submission to enactment, each border of a check, deposits, and what is remembered of stakes. */
import { afterAll, describe, expect, it } from "vitest";
import type { Signer } from "../../host/ledger/accounts/keys.js";
import type { Call } from "../../host/ledger/calls/call.js";
import { GOVERNANCE_ERRORS, MAX_PROPOSED_BYTES } from "../../host/ledger/calls/governance/index.js";
import { TRACK_ERRORS } from "../../host/ledger/calls/governance/tracks.js";
import { VOTE_ERRORS } from "../../host/ledger/calls/governance/voting.js";
import { calls } from "../../host/ledger/calls/index.js";
import { PROPOSAL_ERRORS } from "../../host/ledger/rules/proposals.js";
import { BURN_ACCOUNT, GOVERNANCE_ACCOUNT } from "../../host/ledger/rules/subnetAccounts.js";
import { BalancesIssuance, FreeBalance } from "../../host/ledger/state/balances.js";
import { MaxOpenProposals, OpenProposals, Proposals, Tallies } from "../../host/ledger/state/governance.js";
import { Kappa } from "../../host/ledger/state/hyperparameters.js";
import type { State } from "../../host/ledger/state/state.js";
import { block, blocks, governedState, hold } from "../support/governance.js";
import { ANN, actor, BEN, CLO, ROOT } from "../support/ledger.js";
import { TAO } from "../support/staking.js";

const { propose, vote, cancel } = calls.governance;
const setKappa = calls.admin.setKappa({ netuid: 1, kappa: 40_000 });
const free = (state: State, { account }: Signer) => state.read(FreeBalance, account);

const reached = new Set<string>();
function errorOf(state: State, by: Signer, call: Call): string | null {
  const last = block(state, [by, call]).at(-1);
  if (last?.name !== "System.ExtrinsicFailed") return null;
  reached.add(last.error);
  return last.error;
}

/** How a block's calls ended. */
function endsOf(events: ReturnType<typeof block>): (string | null)[] {
  const ends = events.flatMap((event) => {
    if (event.name === "System.ExtrinsicSuccess") return [null];
    return event.name === "System.ExtrinsicFailed" ? [event.error] : [];
  });
  for (const error of ends) if (error !== null) reached.add(error);
  return ends;
}

/** What governance reported, the pallet left out. */
const told = (events: ReturnType<typeof block>) =>
  events.filter(({ name }) => name.startsWith("Governance.")).map(({ name }) => name.slice("Governance.".length));

/** A state in which ANN's proposal 0 is open. */
function opened(call = setKappa): State {
  const state = governedState();
  expect(errorOf(state, ANN, propose({ call }))).toBeNull();
  block(state);
  return state;
}

afterAll(() => {
  const declared = [...GOVERNANCE_ERRORS, ...TRACK_ERRORS, ...VOTE_ERRORS, ...PROPOSAL_ERRORS];
  expect(declared.filter((name) => !reached.has(name))).toEqual([]);
});

describe("a proposal", () => {
  it("is submitted, opened, voted on, approved and enacted", () => {
    const state = governedState();
    expect(told(block(state, [ANN, propose({ call: setKappa })]))).toEqual(["Proposed"]);
    expect(state.read(Proposals, 0)).toEqual({
      proposer: ANN.account,
      track: "subnet",
      rules: { decisionBlocks: 3, enactmentBlocks: 1, quorum: 50_000, approval: 500_000, convictionPercent: 200 },
      depositRao: 10n * TAO,
      status: "submitted",
      openedAt: 0,
      dueBlock: 102,
      totalStakeRao: 0n,
    });
    expect([free(state, ANN), state.read(FreeBalance, GOVERNANCE_ACCOUNT)]).toEqual([990n * TAO, 10n * TAO]);

    const events = block(
      state,
      [CLO, vote({ proposal: 0, choice: "aye" })],
      [BEN, vote({ proposal: 0, choice: "nay" })],
    );
    expect(told(events)).toEqual(["Opened", "Voted", "Voted"]);
    expect(events[0]).toEqual({ name: "Governance.Opened", proposal: 0, closesAt: 105, totalStakeRao: 1_000n * TAO });
    const power = (tao: bigint) => ({ stakeRao: tao * TAO, weightRao: tao * TAO });
    expect(state.read(Tallies, 0)).toEqual({ aye: power(100n), nay: power(300n), abstain: power(0n) });
    block(state, [BEN, vote({ proposal: 0, choice: "abstain" })]);
    expect(state.read(Tallies, 0)).toEqual({ aye: power(100n), nay: power(0n), abstain: power(300n) });

    expect(told(block(state))).toEqual([]);
    expect(told(block(state))).toEqual(["Approved", "DepositReturned"]);
    expect([free(state, ANN), state.has(FreeBalance, GOVERNANCE_ACCOUNT)]).toEqual([1_000n * TAO, false]);
    expect(state.read(Kappa, 1)).toBe(32_767);
    expect(block(state).slice(-2)).toEqual([
      { name: "SubtensorModule.KappaSet", netuid: 1, value: 40_000 },
      { name: "Governance.Enacted", proposal: 0, error: null },
    ]);
    expect([state.read(Kappa, 1), state.read(Proposals, 0)?.status]).toEqual([40_000, "enacted"]);
    expect(blocks(state, 5)).toEqual([]);
  });

  it("is rejected where nays have as much weight, and where nobody votes", () => {
    const state = opened();
    hold(state, ANN.account, 0, 9_000n * TAO);
    block(state, [ANN, vote({ proposal: 0, choice: "nay" })], [BEN, vote({ proposal: 0, choice: "aye" })]);
    expect(told(blocks(state, 2))).toEqual(["Rejected", "DepositReturned"]);
    expect(state.read(Proposals, 0)?.status).toBe("rejected");

    const alone = opened();
    expect(told(blocks(alone, 3))).toEqual(["Rejected", "DepositSlashed"]);
    expect([free(alone, ANN), alone.read(FreeBalance, BURN_ACCOUNT)]).toEqual([990n * TAO, 10n * TAO]);
    expect(alone.read(BalancesIssuance)).toBe(governedState().read(BalancesIssuance));
  });

  it("fails as a whole where its call does, and is over", () => {
    const missing = calls.admin.setKappa({ netuid: 9, kappa: 1 });
    const state = opened(calls.utility.batchAll({ calls: [setKappa, missing] }));
    block(state, [ANN, vote({ proposal: 0, choice: "aye" })]);
    expect(blocks(state, 3).at(-1)).toEqual({
      name: "Governance.Enacted",
      proposal: 0,
      error: "AdminUtils.SubnetDoesNotExist",
    });
    expect([state.read(Kappa, 1), state.read(Proposals, 0)?.status]).toEqual([32_767, "failed"]);
  });

  it("is refused for each reason, in order", () => {
    const state = governedState();
    const big = calls.utility.batch({
      calls: new Array(Math.ceil(MAX_PROPOSED_BYTES / 6)).fill(setKappa),
    });
    const transfer = calls.balances.transferKeepAlive({ to: BEN.address, amountRao: 1n });
    for (const call of [
      transfer,
      calls.utility.batch({ calls: [setKappa, transfer] }),
      calls.utility.batch({ calls: [] }),
    ]) {
      expect(errorOf(state, ANN, propose({ call }))).toBe("Governance.NotForRoot");
    }
    expect(errorOf(state, ANN, propose({ call: big }))).toBe("Governance.CallTooLong");
    state.write(MaxOpenProposals, 0);
    expect(errorOf(state, ANN, propose({ call: setKappa }))).toBe("Governance.TooManyProposals");
    state.write(MaxOpenProposals, 32);
    const poor = actor(5);
    hold(state, poor.account, 0, 100n * TAO - 1n);
    expect(errorOf(state, poor, propose({ call: setKappa }))).toBe("Governance.TooLittleStake");
    hold(state, poor.account, 0, 1n);
    state.write(FreeBalance, poor.account, 10n * TAO + 499n);
    expect(errorOf(state, poor, propose({ call: setKappa }))).toBe("Token.NotExpendable");
    state.write(FreeBalance, poor.account, 10n * TAO + 500n);
    expect(errorOf(state, poor, propose({ call: setKappa }))).toBeNull();
  });

  it("costs once more for each that is open", () => {
    const state = governedState();
    const both = block(state, [ANN, propose({ call: setKappa })], [BEN, propose({ call: setKappa })]);
    expect(
      both
        .filter(({ name }) => name === "Governance.Proposed")
        .map((event) => "depositRao" in event && event.depositRao),
    ).toEqual([10n * TAO, 20n * TAO]);
    expect(state.read(OpenProposals)).toBe(2);
    blocks(state, 4);
    expect(state.read(OpenProposals)).toBe(0);
    expect(state.read(FreeBalance, BURN_ACCOUNT)).toBe(30n * TAO);
  });

  it("is held to its kind, a batch to the strictest of each", () => {
    const state = governedState();
    hold(state, ANN.account, 0, 100_000n * TAO);
    state.write(FreeBalance, ANN.account, 1_000_000n * TAO);
    const termsOf = (call: Call) => {
      expect(errorOf(state, ANN, propose({ call }))).toBeNull();
      const id = state.entries(Proposals).length - 1;
      const found = state.read(Proposals, id);
      expect(errorOf(state, ANN, cancel({ proposal: id }))).toBe(null);
      return [
        found?.track,
        found?.rules.decisionBlocks,
        found?.rules.quorum,
        found?.rules.approval,
        (found?.depositRao ?? 0n) / TAO,
      ];
    };
    const stop = cancel({ proposal: 0 });
    expect(termsOf(setKappa)).toEqual(["subnet", 3, 50_000, 500_000, 10n]);
    expect(termsOf(calls.admin.setTxRateLimit({ txRateLimitBlocks: 1n }))).toEqual([
      "network",
      7,
      100_000,
      600_000,
      100n,
    ]);
    expect(termsOf(calls.subnets.rootDissolveNetwork({ netuid: 1 }))).toEqual(["property", 14, 200_000, 666_666, 500n]);
    expect(termsOf(stop)).toEqual(["cancellation", 1, 100_000, 666_666, 100n]);
    expect(termsOf(calls.utility.forceBatch({ calls: [stop, setKappa] }))).toEqual([
      "subnet",
      3,
      100_000,
      666_666,
      100n,
    ]);
  });
});

describe("a vote", () => {
  it("is refused for each reason", () => {
    const state = governedState();
    expect(errorOf(state, ANN, vote({ proposal: 0, choice: "aye" }))).toBe("Governance.ProposalNotFound");
    block(state, [ANN, propose({ call: setKappa })]);
    expect(errorOf(state, actor(6), vote({ proposal: 0, choice: "aye" }))).toBe("Governance.NoPower");
    blocks(state, 3);
    expect(errorOf(state, ANN, vote({ proposal: 0, choice: "aye" }))).toBe("Governance.NotVoting");
  });

  it("has the power of the moment the proposal was opened", () => {
    const state = governedState();
    block(state, [ANN, propose({ call: setKappa })]);
    hold(state, BEN.account, 0, 50n * TAO);
    block(state);
    hold(state, BEN.account, 0, 1_000n * TAO);
    hold(state, CLO.account, 1, 1_000n * TAO);
    block(state, [BEN, vote({ proposal: 0, choice: "aye" })], [CLO, vote({ proposal: 0, choice: "nay" })]);
    expect(state.read(Tallies, 0).aye.stakeRao).toBe(350n * TAO);
    expect(state.read(Tallies, 0).nay.stakeRao).toBe(100n * TAO);
  });
});

describe("cancelling", () => {
  it("is for the proposer until approval, and for root until enactment", () => {
    const state = opened();
    const events = block(
      state,
      [BEN, cancel({ proposal: 0 })],
      [ANN, cancel({ proposal: 1 })],
      [ANN, cancel({ proposal: 0 })],
      [ANN, cancel({ proposal: 0 })],
    );
    expect(endsOf(events)).toEqual(["BadOrigin", "Governance.ProposalNotFound", null, "Governance.ProposalOver"]);
    expect([free(state, ANN), state.read(FreeBalance, BURN_ACCOUNT)]).toEqual([990n * TAO, 10n * TAO]);
    expect(told(blocks(state, 10))).toEqual([]);

    const approved = opened();
    block(approved, [ANN, vote({ proposal: 0, choice: "aye" })]);
    block(approved);
    const sudo = calls.sudo.sudo({ call: cancel({ proposal: 0 }) });
    expect(endsOf(block(approved, [ANN, cancel({ proposal: 0 })], [ROOT, sudo]))).toEqual([
      "Governance.ProposalOver",
      null,
    ]);
    expect([approved.read(Proposals, 0)?.status, free(approved, ANN)]).toEqual(["cancelled", 1_000n * TAO]);
    expect(told(blocks(approved, 3))).toEqual([]);
  });

  it("returns the deposit before the vote, and once there is a quorum", () => {
    const early = governedState();
    block(early, [ANN, propose({ call: setKappa })], [ANN, cancel({ proposal: 0 })]);
    expect([free(early, ANN), early.read(OpenProposals)]).toEqual([1_000n * TAO, 0]);
    const late = opened();
    block(late, [CLO, vote({ proposal: 0, choice: "abstain" })], [ANN, cancel({ proposal: 0 })]);
    expect(free(late, ANN)).toBe(1_000n * TAO);
    const byRoot = opened();
    block(
      byRoot,
      [CLO, vote({ proposal: 0, choice: "aye" })],
      [ROOT, calls.sudo.sudo({ call: cancel({ proposal: 0 }) })],
    );
    expect([free(byRoot, ANN), byRoot.read(FreeBalance, BURN_ACCOUNT)]).toEqual([990n * TAO, 10n * TAO]);
  });
});
