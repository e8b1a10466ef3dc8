/** Attempts to capture governance, by calls as anybody can send them; and its decisions against a twin, whatever the stakes. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Signer } from "../../host/ledger/accounts/keys.js";
import type { Call } from "../../host/ledger/calls/call.js";
import { calls } from "../../host/ledger/calls/index.js";
import { createHotkey } from "../../host/ledger/rules/hotkeys.js";
import { BURN_ACCOUNT, GOVERNANCE_ACCOUNT } from "../../host/ledger/rules/subnetAccounts.js";
import { BalancesIssuance, FreeBalance } from "../../host/ledger/state/balances.js";
import { CHOICES, MaxOpenProposals, OpenProposals, Proposals, Tallies } from "../../host/ledger/state/governance.js";
import { Kappa } from "../../host/ledger/state/hyperparameters.js";
import { DecayingLock, Lock } from "../../host/ledger/state/locks.js";
import { SubnetMovingPrice } from "../../host/ledger/state/pools.js";
import type { State } from "../../host/ledger/state/state.js";
import { NetworksAdded } from "../../host/ledger/state/subnets.js";
import { isCarried, power } from "../oracle/governance.js";
import { forAll } from "../support/fuzz.js";
import { block, blocks, governedState, HOT, hold } from "../support/governance.js";
import { ANN, accountOf, actor, BEN, CLO, ROOT } from "../support/ledger.js";
import { TAO } from "../support/staking.js";

const { propose, vote, cancel } = calls.governance;
const setKappa = (kappa: number, netuid = 1) => calls.admin.setKappa({ netuid, kappa });
const aye = vote({ proposal: 0, choice: "aye" });
const nay = vote({ proposal: 0, choice: "nay" });
const DAN = actor(5);

/** How the calls of a block ended. */
function endsOf(state: State, ...made: (readonly [Signer, Call])[]): (string | null)[] {
  return block(state, ...made).flatMap((event) => {
    if (event.name === "System.ExtrinsicSuccess") return [null];
    return event.name === "System.ExtrinsicFailed" ? [event.error] : [];
  });
}

/** All TAO is somewhere, and the deposits of open proposals are where they belong. */
function isConserved(state: State): void {
  const sum = state.entries(FreeBalance).reduce((all, [, rao]) => all + rao, 0n);
  expect(sum).toBe(state.read(BalancesIssuance));
  const open = state.entries(Proposals).filter(([, { status }]) => status === "submitted" || status === "voting");
  const depositsRao = open.reduce((all, [, { depositRao }]) => all + depositRao, 0n);
  expect([state.read(FreeBalance, GOVERNANCE_ACCOUNT), state.read(OpenProposals)]).toEqual([depositsRao, open.length]);
}

function opened(call: Call = setKappa(40_000)): State {
  const state = governedState();
  expect(endsOf(state, [ANN, propose({ call })])).toEqual([null]);
  return state;
}

const tallies = (state: State, id = 0) => CHOICES.map((choice) => state.read(Tallies, id)[choice].stakeRao / TAO);

describe("stake", () => {
  it("that is given away after a vote does not vote again", () => {
    const state = opened();
    const place = { hotkey: HOT, originNetuid: 0, destinationNetuid: 0 };
    const give = calls.staking.transferStake({ destinationColdkey: CLO.address, ...place, alphaRao: 300n * TAO });
    expect(endsOf(state, [BEN, aye], [BEN, give], [CLO, aye])).toEqual([null, null, null]);
    expect(tallies(state)).toEqual([400n, 0n, 0n]);
    expect(endsOf(state, [BEN, nay])).toEqual([null]);
    expect(tallies(state)).toEqual([100n, 300n, 0n]);
    isConserved(state);
  });

  it("that only lies there within a block has no say, not even in the block of the opening", () => {
    const state = opened();
    const add = calls.staking.addStake({ hotkey: HOT, netuid: 0, amountRao: 900n * TAO });
    const remove = calls.staking.removeStake({ hotkey: HOT, netuid: 0, alphaRao: 900n * TAO });
    expect(endsOf(state, [DAN, add], [DAN, aye], [DAN, remove])).toEqual([null, "Governance.NoPower", null]);
    expect(endsOf(state, [CLO, add], [CLO, aye])).toEqual([null, null]);
    expect(tallies(state)).toEqual([100n, 0n, 0n]);
    isConserved(state);
  });

  it("votes at the price and on the subnet there was, when neither is there any more", () => {
    const state = opened();
    block(state);
    state.write(SubnetMovingPrice, 1, 1n << 40n);
    const dissolve = calls.sudo.sudo({ call: calls.subnets.rootDissolveNetwork({ netuid: 1 }) });
    expect(endsOf(state, [ROOT, dissolve], [CLO, aye])).toEqual([null, null]);
    expect([state.read(NetworksAdded, 1), tallies(state)]).toEqual([false, [100n, 0n, 0n]]);
    expect(blocks(state, 4).at(-1)).toMatchObject({
      name: "Governance.Enacted",
      error: "AdminUtils.SubnetDoesNotExist",
    });
    isConserved(state);
  });

  it("votes once when its hotkey is swapped", () => {
    const state = opened();
    const swap = calls.keys.swapHotkeyV2({ hotkey: HOT, newHotkey: accountOf(0x51), netuid: null, keepStake: false });
    expect(endsOf(state, [BEN, aye], [ANN, swap], [CLO, aye], [BEN, aye])).toEqual([null, null, null, null]);
    expect(tallies(state)).toEqual([400n, 0n, 0n]);
  });
});

describe("the rules", () => {
  it("want the quorum to the rao", () => {
    const outcome = (rao: bigint) => {
      const state = governedState();
      hold(state, DAN.account, 0, rao);
      block(state, [ANN, propose({ call: setKappa(40_000) })]);
      block(state, [DAN, aye]);
      blocks(state, 3);
      isConserved(state);
      return [state.read(Proposals, 0)?.status, state.read(FreeBalance, BURN_ACCOUNT)];
    };
    // 5 % of 1,000 TAO and of itself: 1000/19 TAO, rounded up.
    expect(outcome(52_631_578_948n)).toEqual(["approved", 0n]);
    expect(outcome(52_631_578_947n)).toEqual(["rejected", 10n * TAO]);
  });

  it("want more than the approval, by the rao", () => {
    const outcome = (rao: bigint) => {
      const state = governedState();
      hold(state, DAN.account, 0, rao);
      block(state, [ANN, propose({ call: setKappa(40_000) })]);
      block(state, [DAN, aye], [BEN, nay]);
      blocks(state, 3);
      return state.read(Proposals, 0)?.status;
    };
    expect([outcome(300n * TAO), outcome(300n * TAO + 1n)]).toEqual(["rejected", "approved"]);
  });

  it("let no nay make a quorum", () => {
    const state = governedState();
    hold(state, DAN.account, 0, 40n * TAO);
    block(state, [ANN, propose({ call: setKappa(40_000) })]);
    block(state);
    block(state, [ANN, nay], [DAN, aye], [CLO, nay]);
    blocks(state, 2);
    expect(state.read(FreeBalance, BURN_ACCOUNT)).toBe(10n * TAO);
  });

  it("make a crowd of proposals dear, and the places free again", () => {
    const state = governedState();
    state.write(MaxOpenProposals, 4);
    const one = (): readonly [Signer, Call] => [BEN, propose({ call: setKappa(1) })];
    expect(endsOf(state, one(), one(), one(), one(), one())).toEqual([
      null,
      null,
      null,
      null,
      "Governance.TooManyProposals",
    ]);
    isConserved(state);
    expect(state.read(FreeBalance, GOVERNANCE_ACCOUNT)).toBe(100n * TAO);
    blocks(state, 4);
    expect([state.read(FreeBalance, BURN_ACCOUNT), state.read(OpenProposals)]).toEqual([100n * TAO, 0]);
    expect(endsOf(state, [ANN, propose({ call: setKappa(2) })])).toEqual([null]);
    isConserved(state);
  });
});

describe("an enactment", () => {
  it("of a batch stands up to the first call that is refused, of the others whole or not at all", () => {
    const enacted = (kind: "batch" | "batchAll" | "forceBatch") => {
      const parts = [setKappa(1_000), setKappa(1, 9), setKappa(2_000)];
      const state = opened(calls.utility[kind]({ calls: parts }));
      block(state, [ANN, aye]);
      blocks(state, 4);
      return [state.read(Proposals, 0)?.status, state.read(Kappa, 1)];
    };
    expect(enacted("batch")).toEqual(["enacted", 1_000]);
    expect(enacted("batchAll")).toEqual(["failed", 32_767]);
    expect(enacted("forceBatch")).toEqual(["enacted", 2_000]);
  });

  it("cannot be undone by itself, but by another proposal that is quicker", () => {
    const itself = governedState();
    block(itself, [ANN, propose({ call: cancel({ proposal: 0 }) })]);
    block(itself, [ANN, aye], [BEN, aye]);
    expect(blocks(itself, 3)).toContainEqual({
      name: "Governance.Enacted",
      proposal: 0,
      error: "Governance.ProposalOver",
    });
    expect(itself.read(Proposals, 0)?.status).toBe("failed");

    const state = governedState();
    const txRate = calls.admin.setTxRateLimit({ txRateLimitBlocks: 9n });
    block(state, [ANN, propose({ call: txRate })]);
    block(state, [ANN, aye], [BEN, propose({ call: cancel({ proposal: 0 }) })]);
    const stop = vote({ proposal: 1, choice: "aye" });
    block(state, [BEN, stop], [ANN, stop]);
    blocks(state, 2);
    expect([0, 1].map((id) => state.read(Proposals, id)?.status)).toEqual(["cancelled", "enacted"]);
    isConserved(state);
  });
});

it("decides as the twin does, whatever the stakes, the votes and what moves in between", () => {
  const amount = fc.bigInt({ min: 0n, max: 1_000_000n * TAO });
  const holder = fc.record({ rootRao: amount, alphaRao: amount, convictionRao: amount });
  const holders = fc.array(holder, { minLength: 3, maxLength: 3 });
  const ballots = fc.array(fc.tuple(fc.nat({ max: 2 }), fc.constantFrom(...CHOICES), amount), { maxLength: 6 });
  const priceBits = fc.bigInt({ min: 0n, max: 1n << 33n });
  forAll(fc.record({ holders, ballots, priceBits }), 60, ({ holders, ballots, priceBits }) => {
    const state = governedState();
    state.write(SubnetMovingPrice, 1, priceBits);
    const names = [actor(6), actor(7), actor(8)];
    for (const [k, { rootRao, alphaRao, convictionRao }] of holders.entries()) {
      const [hotkey, { account }] = [accountOf(0x61 + k), names[k] as Signer];
      createHotkey(state, account, hotkey);
      if (rootRao > 0n) hold(state, account, 0, rootRao, hotkey);
      if (alphaRao > 0n) hold(state, account, 1, alphaRao, hotkey);
      const lock = { lockedRao: 1_000n * TAO, convictionBits: convictionRao << 64n, lastUpdate: 102 };
      state.write(Lock, account, 1, hotkey, lock);
      state.write(DecayingLock, account, 1, false);
    }
    block(state, [ANN, propose({ call: setKappa(40_000) })]);
    block(state);
    const twins = holders.map(({ rootRao, alphaRao, convictionRao }) => ({
      rootRao,
      alpha: [{ alphaRao, convictionRao, priceBits }],
    }));
    const last = ballots.at(-1)?.[2] ?? 0n;
    // Whatever happens to stakes and prices after the opening counts no more.
    for (const [k, , movedRao] of ballots) hold(state, names[k]!.account, 1, movedRao + 1n);
    state.write(SubnetMovingPrice, 1, last);
    const ends = endsOf(
      state,
      ...ballots.map(([k, choice]): readonly [Signer, Call] => [names[k] as Signer, vote({ proposal: 0, choice })]),
    );
    const isHeard = ([k]: (typeof ballots)[number]) => power(twins[k]!, 200n).weightRao > 0n;
    expect(ends).toEqual(ballots.map((one) => (isHeard(one) ? null : "Governance.NoPower")));
    const allRao =
      holders.reduce((sum, one) => sum + one.rootRao, 900n * TAO) +
      (holders.reduce((sum, one) => sum + one.alphaRao, 200n * TAO) * priceBits) / 2n ** 32n;
    expect(state.read(Proposals, 0)?.totalStakeRao).toBe(allRao);
    blocks(state, 2);
    const carried = isCarried(
      twins,
      ballots.filter(isHeard).map(([k, choice]) => [k, choice]),
      {
        ...{ allRao, quorum: 50_000n, approval: 500_000n, percent: 200n },
      },
    );
    expect(state.read(Proposals, 0)?.status).toBe(carried ? "approved" : "rejected");
  });
});
