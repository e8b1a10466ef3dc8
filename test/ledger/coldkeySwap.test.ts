/** Swapping coldkeys: announced, waited for, disputed, cleared, by root; and what moves. */
import { describe, expect, it } from "vitest";
import type { Signer } from "../../host/ledger/accounts/keys.js";
import type { Call } from "../../host/ledger/calls/call.js";
import { calls } from "../../host/ledger/calls/index.js";
import { COLDKEY_SWAP_ERRORS, coldkeyHash } from "../../host/ledger/calls/keys/coldkeySwap.js";
import { COLDKEY_GUARD_ERRORS } from "../../host/ledger/rules/coldkeySwap.js";
import { COLDKEY_MOVE_ERRORS } from "../../host/ledger/rules/moveColdkey.js";
import { stakeOf } from "../../host/ledger/rules/stake.js";
import { FreeBalance } from "../../host/ledger/state/balances.js";
import { LastTxBlock } from "../../host/ledger/state/limits.js";
import {
  AlphaV2,
  NumStakingColdkeys,
  OwnedHotkeys,
  Owner,
  StakingColdkeys,
  StakingHotkeys,
} from "../../host/ledger/state/staking.js";
import type { State } from "../../host/ledger/state/state.js";
import { SubnetOwner } from "../../host/ledger/state/subnets.js";
import { BlockNumber } from "../../host/ledger/state/system.js";
import {
  BLOCK,
  COLD,
  contextOf,
  errorOf as errorOfCall,
  eventsOf,
  FRESH,
  fresh,
  HOT,
  OTHER,
  ROOT,
  S,
  TAO,
} from "../support/keys.js";

const reached = new Set<string>();
const errorOf = (state: State, by: Signer, call: Call) => errorOfCall(state, by, call, reached);

describe("a coldkey's swap", () => {
  const { announceColdkeySwap, swapColdkeyAnnounced, disputeColdkeySwap, clearColdkeySwapAnnouncement } = calls.keys;
  const announce = announceColdkeySwap({ newColdkeyHash: coldkeyHash(FRESH.account) });
  const carryOut = swapColdkeyAnnounced({ newColdkey: FRESH.address });
  const sudo = (call: Call) => calls.sudo.sudo({ call });
  const at = (state: State, block: number) => state.write(BlockNumber, block - 1);
  const DUE = BLOCK + 36_000;

  it("is announced, waited for, and carried out", () => {
    const state = fresh();
    expect(errorOf(state, COLD, carryOut)).toBe(S("ColdkeySwapAnnouncementNotFound"));
    at(state, BLOCK);
    expect(errorOf(state, COLD, announce)).toBeNull();
    expect(state.read(FreeBalance, COLD.account)).toBe(TAO - 100_000_000n);
    const pay = calls.balances.transferKeepAlive({ to: OTHER.address, amountRao: 1000n });
    expect(errorOf(state, COLD, pay)).toBe(S("ColdkeySwapAnnounced"));
    expect(errorOf(state, COLD, calls.utility.batch({ calls: [carryOut] }))).toBe(S("ColdkeySwapAnnounced"));
    at(state, DUE - 1);
    expect(errorOf(state, COLD, carryOut)).toBe(S("ColdkeySwapTooEarly"));
    expect(errorOf(state, COLD, swapColdkeyAnnounced({ newColdkey: OTHER.address }))).toBe(
      S("AnnouncedColdkeyHashDoesNotMatch"),
    );
    at(state, DUE);
    expect(errorOf(state, COLD, carryOut)).toBeNull();
    expect([state.has(FreeBalance, COLD.account), state.read(FreeBalance, FRESH.account)]).toEqual([
      false,
      TAO - 100_000_000n,
    ]);
    expect([state.read(Owner, HOT), state.read(OwnedHotkeys, FRESH.account)]).toEqual([FRESH.account, [HOT]]);
    expect([state.has(OwnedHotkeys, COLD.account), state.has(StakingHotkeys, COLD.account)]).toEqual([false, false]);
    expect(state.read(SubnetOwner, 1)).toBe(FRESH.account);
    for (const netuid of [0, 1]) expect(stakeOf(contextOf(state), HOT, FRESH.account, netuid)).toBe(700n);
    expect([state.read(StakingColdkeys, FRESH.account), state.read(NumStakingColdkeys)]).toEqual([0n, 1n]);
    expect(state.entries(AlphaV2, HOT, COLD.account)).toEqual([]);
    expect(state.read(LastTxBlock, FRESH.account)).toBe(DUE);
    expect(errorOf(state, FRESH, pay)).toBeNull();
  });

  it("costs 0.1 TAO the first time, which must leave the deposit", () => {
    const state = fresh();
    state.write(FreeBalance, COLD.account, 100_000_499n);
    expect(errorOf(state, COLD, announce)).toBe(S("NotEnoughBalanceToPaySwapColdKey"));
    state.write(FreeBalance, COLD.account, 100_000_500n);
    expect(errorOf(state, COLD, announce)).toBeNull();
    at(state, state.read(BlockNumber) + 36_000 + 7199);
    expect(errorOf(state, COLD, announce)).toBe(S("ColdkeySwapReannouncedTooEarly"));
    expect(errorOf(state, COLD, announce)).toBeNull();
    expect(state.read(FreeBalance, COLD.account)).toBe(500n);
  });

  it("is cleared a day after it was due", () => {
    const state = fresh();
    expect(errorOf(state, COLD, clearColdkeySwapAnnouncement({}))).toBe(S("ColdkeySwapAnnouncementNotFound"));
    at(state, BLOCK);
    eventsOf(state, COLD, announce);
    at(state, DUE + 7199);
    expect(errorOf(state, COLD, clearColdkeySwapAnnouncement({}))).toBe(S("ColdkeySwapClearTooEarly"));
    expect(errorOf(state, COLD, clearColdkeySwapAnnouncement({}))).toBeNull();
    expect(errorOf(state, COLD, disputeColdkeySwap({}))).toBe(S("ColdkeySwapAnnouncementNotFound"));
  });

  it("disputed, freezes the coldkey until root resets it", () => {
    const state = fresh();
    eventsOf(state, COLD, announce);
    expect(errorOf(state, COLD, disputeColdkeySwap({}))).toBeNull();
    for (const call of [disputeColdkeySwap({}), carryOut, announce]) {
      expect(errorOf(state, COLD, call)).toBe(S("ColdkeySwapDisputed"));
    }
    expect(errorOf(state, COLD, calls.keys.resetColdkeySwap({ coldkey: COLD.address }))).toBe(S("ColdkeySwapDisputed"));
    expect(errorOf(state, OTHER, calls.keys.resetColdkeySwap({ coldkey: COLD.address }))).toBe("BadOrigin");
    expect(errorOf(state, ROOT, sudo(calls.keys.resetColdkeySwap({ coldkey: COLD.address })))).toBeNull();
    expect(errorOf(state, COLD, announce)).toBeNull();
  });

  it("by root is at once", () => {
    const swap = (newColdkey: string, swapCostRao = 0n) =>
      sudo(calls.keys.swapColdkey({ oldColdkey: COLD.address, newColdkey, swapCostRao }));
    const state = fresh();
    expect(errorOf(state, ROOT, swap(FRESH.address, TAO))).toBe(S("NotEnoughBalanceToPaySwapColdKey"));
    expect(errorOf(state, ROOT, swap(OTHER.address))).toBe(S("ColdKeyAlreadyAssociated"));
    expect(errorOf(state, ROOT, swap(HOT))).toBe(S("NewColdKeyIsHotkey"));
    eventsOf(state, COLD, announce);
    eventsOf(state, COLD, disputeColdkeySwap({}));
    expect(errorOf(state, ROOT, swap(FRESH.address, 1000n))).toBeNull();
    expect(state.read(FreeBalance, FRESH.account)).toBe(TAO - 100_001_000n);
    expect(errorOf(state, FRESH, calls.balances.transferAll({ to: COLD.address, keepAlive: true }))).toBeNull();
    expect(errorOf(state, COLD, calls.balances.transferAll({ to: FRESH.address, keepAlive: true }))).toBeNull();
  });

  it("a second dispute is refused by the guard already, and by the call itself", () => {
    const state = fresh();
    eventsOf(state, COLD, announce);
    eventsOf(state, COLD, disputeColdkeySwap({}));
    // The guard speaks before the call can; only without it is the call's own refusal heard.
    const { check } = disputeColdkeySwap({}).definition;
    const context = { ...contextOf(state), signer: COLD.account, blockNumber: BLOCK } as never;
    const { error } = caught(() => check(context, {}));
    expect(error).toBe(S("ColdkeySwapAlreadyDisputed"));
    reached.add(String(error));
  });
});

function caught(work: () => unknown): { readonly error?: string } {
  try {
    work();
  } catch (refusal) {
    return refusal as { readonly error?: string };
  }
  return {};
}

it("every name of an error is reached", () => {
  const all = [...COLDKEY_SWAP_ERRORS, ...COLDKEY_GUARD_ERRORS, ...COLDKEY_MOVE_ERRORS];
  expect(all.filter((name) => !reached.has(name))).toEqual([]);
});
