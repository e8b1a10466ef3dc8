/** Swapping hotkeys: each check at its border and in order, what moves, what stays, and that no stake is lost. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Signer } from "../../host/ledger/accounts/keys.js";
import type { Call } from "../../host/ledger/calls/call.js";
import { calls } from "../../host/ledger/calls/index.js";
import { HOTKEY_SWAP_ERRORS } from "../../host/ledger/calls/keys/hotkeySwap.js";
import { FAMILY_ERRORS } from "../../host/ledger/rules/moveFamily.js";
import { increaseStake, stakeOf } from "../../host/ledger/rules/stake.js";
import { BalancesIssuance, FreeBalance, TotalIssuance } from "../../host/ledger/state/balances.js";
import { ChildKeys, ChildkeyTake, ParentKeys, PendingChildKeys } from "../../host/ledger/state/children.js";
import { RootClaimable, RootClaimed } from "../../host/ledger/state/claims.js";
import { LastHotkeySwapOnNetuid, LastTxBlock } from "../../host/ledger/state/limits.js";
import { IsNetworkMember, Keys, Uids } from "../../host/ledger/state/neurons.js";
import {
  AlphaV2,
  Delegates,
  OwnedHotkeys,
  Owner,
  StakingHotkeys,
  TotalHotkeyAlpha,
} from "../../host/ledger/state/staking.js";
import type { State } from "../../host/ledger/state/state.js";
import { SubnetOwnerHotkey } from "../../host/ledger/state/subnets.js";
import { BlockNumber } from "../../host/ledger/state/system.js";
import {
  BLOCK,
  CHILD,
  COLD,
  contextOf,
  errorOf as errorOfCall,
  eventsOf,
  FRESH,
  fresh,
  HOT,
  NEW,
  OTHER,
  PARENT,
  S,
  TAO,
  THIRD,
} from "../support/keys.js";
import { accountOf } from "../support/ledger.js";

const { swapHotkey, swapHotkeyV2 } = calls.keys;
const swapped = { hotkey: HOT, newHotkey: NEW };
const reached = new Set<string>();
const errorOf = (state: State, by: Signer, call: Call) => errorOfCall(state, by, call, reached);

describe("the checks of a hotkey's swap, in order", () => {
  type Spoil = (state: State) => void;
  const steps: [string, Spoil][] = [
    ["NonAssociatedColdKey", (state) => state.write(Owner, HOT, OTHER.account)],
    ["NonAssociatedColdKey", (state) => state.write(Owner, NEW, OTHER.account)],
    ["HotKeySetTxRateLimitExceeded", (state) => state.write(LastTxBlock, COLD.account, BLOCK - 1000)],
    ["HotKeyAlreadyRegisteredInSubNet", (state) => state.write(IsNetworkMember, NEW, 1, true)],
    ["NewHotKeyNotCleanForRootSwap", (state) => state.write(RootClaimable, NEW, [[1, 5n]])],
    ["HotKeySwapOnSubnetIntervalNotPassed", (s) => s.write(LastHotkeySwapOnNetuid, 1, COLD.account, BLOCK - 7200)],
    ["NotEnoughBalanceToPaySwapHotKey", (state) => state.write(FreeBalance, COLD.account, 99_999_999n)],
    ["InsufficientBalance", (state) => state.write(FreeBalance, COLD.account, 100_000_499n)],
    ["InvalidChild", (state) => state.write(ChildKeys, HOT, 1, [[5n, NEW]])],
  ];
  const everywhere = swapHotkey({ ...swapped, netuid: null });

  it.each(steps.map(([name], k) => [k, name] as const))("%i: %s comes before all after it", (k, name) => {
    const state = fresh();
    for (const [, spoil] of steps.slice(k).reverse()) spoil(state);
    expect(errorOf(state, COLD, everywhere)).toBe(S(name));
    const alone = fresh();
    steps[k]![1](alone);
    expect(errorOf(alone, COLD, everywhere)).toBe(S(name));
  });

  it.each<[string, string | null, Call, Spoil]>([
    ["to itself", "NewHotKeyIsSameWithOld", swapHotkey({ hotkey: HOT, newHotkey: HOT, netuid: 1 }), () => undefined],
    ["1001 blocks on", null, everywhere, (state) => state.write(LastTxBlock, COLD.account, BLOCK - 1001)],
    ["7201 blocks on", null, everywhere, (s) => s.write(LastHotkeySwapOnNetuid, 1, COLD.account, BLOCK - 7201)],
    ["that leaves the deposit", null, everywhere, (state) => state.write(FreeBalance, COLD.account, 100_000_500n)],
    [
      "on one, all it costs",
      "InsufficientBalance",
      swapHotkey({ ...swapped, netuid: 1 }),
      (s) => s.write(FreeBalance, COLD.account, 1_000_000n),
    ],
    [
      "on one, a rao less",
      "NotEnoughBalanceToPaySwapHotKey",
      swapHotkey({ ...swapped, netuid: 1 }),
      (s) => s.write(FreeBalance, COLD.account, 999_999n),
    ],
    [
      "on one, in a chain too young",
      "HotKeySwapOnSubnetIntervalNotPassed",
      swapHotkey({ ...swapped, netuid: 1 }),
      (s) => s.write(BlockNumber, 7199),
    ],
    ["on all, in a chain that young", null, everywhere, (state) => state.write(BlockNumber, 7199)],
    [
      "on one, where an entry says no",
      "HotKeyAlreadyRegisteredInSubNet",
      swapHotkey({ ...swapped, netuid: 1 }),
      (s) => s.write(IsNetworkMember, NEW, 1, false),
    ],
    ["on all, where an entry says no", null, everywhere, (state) => state.write(IsNetworkMember, NEW, 1, false)],
    [
      "with stake on root",
      "NewHotKeyNotCleanForRootSwap",
      everywhere,
      (state) => state.write(TotalHotkeyAlpha, NEW, 0, 1n),
    ],
    [
      "with claims on root",
      "NewHotKeyNotCleanForRootSwap",
      everywhere,
      (s) => s.write(RootClaimed, 0, NEW, FRESH.account, 1n),
    ],
    [
      "of a child that is a parent",
      "ChildParentInconsistency",
      everywhere,
      (state) => {
        state.write(ChildKeys, HOT, 1, [[5n, CHILD]]);
        state.write(ParentKeys, HOT, 1, [[5n, CHILD]]);
      },
    ],
    [
      "of too much",
      "ProportionOverflow",
      everywhere,
      (state) =>
        state.write(ChildKeys, HOT, 1, [
          [1n << 63n, CHILD],
          [1n << 63n, THIRD],
        ]),
    ],
    [
      "of too many to be",
      "TooManyChildren",
      everywhere,
      (state) => {
        const six = [30, 31, 32, 33, 34, 35].map((k) => [1n, accountOf(k)] as const);
        state.write(PendingChildKeys, 1, HOT, [six, 20_000]);
      },
    ],
    [
      "to a subnet's account",
      "CannotUseSystemAccount",
      swapHotkey({ hotkey: HOT, newHotkey: systemAccount(), netuid: null }),
      () => undefined,
    ],
  ])("%s: %s", (_, name, call, spoil) => {
    const state = fresh();
    spoil(state);
    expect(errorOf(state, COLD, call)).toBe(name === null ? null : S(name));
  });
});

/** "modl" "subtensr", and the subnet's number. */
function systemAccount(): `0x${string}` {
  return `0x6d6f646c73756274656e73720100${"00".repeat(18)}`;
}

describe("a hotkey's swap", () => {
  it("on all subnets ends the old one", () => {
    const state = fresh();
    state.write(Delegates, HOT, 9000);
    state.write(ChildkeyTake, HOT, 1, 77);
    state.write(ChildKeys, HOT, 1, [[5n, CHILD]]);
    state.write(ParentKeys, CHILD, 1, [[5n, HOT]]);
    state.write(ParentKeys, HOT, 1, [[6n, PARENT]]);
    state.write(ChildKeys, PARENT, 1, [
      [1n, THIRD],
      [6n, HOT],
    ]);
    state.write(PendingChildKeys, 1, THIRD, [
      [
        [8n, HOT],
        [9n, CHILD],
      ],
      12_345,
    ]);
    state.write(RootClaimable, HOT, [[1, 40n]]);
    state.write(RootClaimed, 1, HOT, OTHER.account, 12n);
    const events = eventsOf(state, COLD, swapHotkey({ ...swapped, netuid: null }));
    expect(events.map(({ name }) => name)).toEqual([
      S("SubnetOwnerHotkeySet"),
      S("HotkeySwapped"),
      "System.ExtrinsicSuccess",
    ]);
    expect(state.has(Owner, HOT)).toBe(false);
    expect([state.read(Owner, NEW), state.read(OwnedHotkeys, COLD.account)]).toEqual([COLD.account, [NEW]]);
    expect([state.read(Uids, 1, NEW), state.read(Keys, 1, 5), state.read(Uids, 1, HOT)]).toEqual([5, NEW, undefined]);
    expect([state.read(Delegates, NEW), state.read(ChildkeyTake, NEW, 1)]).toEqual([9000, 77]);
    expect(state.read(SubnetOwnerHotkey, 1)).toBe(NEW);
    expect([state.read(ChildKeys, NEW, 1), state.read(ParentKeys, CHILD, 1)]).toEqual([[[5n, CHILD]], [[5n, NEW]]]);
    expect([state.read(ParentKeys, NEW, 1), state.read(ChildKeys, PARENT, 1)]).toEqual([
      [[6n, PARENT]],
      [
        [1n, THIRD],
        [6n, NEW],
      ],
    ]);
    expect(state.read(PendingChildKeys, 1, THIRD)).toEqual([
      [
        [9n, CHILD],
        [8n, NEW],
      ],
      12_345,
    ]);
    expect([state.read(RootClaimable, NEW), state.read(RootClaimed, 1, NEW, OTHER.account)]).toEqual([[[1, 40n]], 12n]);
    for (const [coldkey, rao] of [
      [COLD.account, 700n],
      [OTHER.account, 301n],
    ] as const) {
      for (const netuid of [0, 1]) {
        expect(stakeOf(contextOf(state), HOT, coldkey, netuid)).toBe(0n);
        expect(stakeOf(contextOf(state), NEW, coldkey, netuid)).toBe(rao);
      }
      expect(state.read(StakingHotkeys, coldkey)).toEqual([NEW]);
    }
    expect(state.entries(AlphaV2, HOT)).toEqual([]);
    expect(state.read(FreeBalance, COLD.account)).toBe(TAO - 100_000_000n);
    expect([state.read(BalancesIssuance), state.read(TotalIssuance)]).toEqual([2_900_000_000n, 2_900_000_000n]);
    expect([state.read(LastTxBlock, COLD.account), state.read(LastHotkeySwapOnNetuid, 1, COLD.account)]).toEqual([
      BLOCK,
      BLOCK,
    ]);
    // The root has no neuron and no child of it, so its interval does not begin.
    expect(state.has(LastHotkeySwapOnNetuid, 0, COLD.account)).toBe(false);
  });

  it("on one subnet leaves the old one elsewhere", () => {
    const state = fresh();
    eventsOf(state, COLD, swapHotkey({ ...swapped, netuid: 1 }));
    expect([state.read(Owner, HOT), state.read(Owner, NEW)]).toEqual([COLD.account, COLD.account]);
    expect(state.read(OwnedHotkeys, COLD.account)).toEqual([HOT, NEW]);
    const stakes = [0, 1].map((netuid) =>
      [HOT, NEW].map((key) => stakeOf(contextOf(state), key, OTHER.account, netuid)),
    );
    expect(stakes).toEqual([
      [301n, 0n],
      [0n, 301n],
    ]);
    expect(state.read(StakingHotkeys, OTHER.account)).toEqual([HOT, NEW]);
    expect(state.read(FreeBalance, COLD.account)).toBe(TAO - 1_000_000n);
  });

  it("can leave the stake where it is", () => {
    const state = fresh();
    eventsOf(state, COLD, swapHotkeyV2({ ...swapped, netuid: 1, keepStake: true }));
    expect(stakeOf(contextOf(state), HOT, OTHER.account, 1)).toBe(301n);
    expect([state.read(Keys, 1, 5), state.read(StakingHotkeys, OTHER.account)]).toEqual([NEW, [HOT]]);
  });

  it("loses no stake beyond what shares round off", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 40, max: 60 }), fc.bigInt({ min: 1n, max: 1n << 50n })), {
          minLength: 1,
          maxLength: 8,
        }),
        fc.constantFrom(null, 0, 1),
        (deposits, netuid) => {
          const state = fresh();
          for (const [who, rao] of deposits) increaseStake(contextOf(state), HOT, accountOf(who), 1, rao);
          const total = () => [HOT, NEW].map((key) => state.read(TotalHotkeyAlpha, key, 1)).reduce((a, b) => a + b, 0n);
          const before = total();
          expect(errorOf(state, COLD, swapHotkey({ ...swapped, netuid }))).toBeNull();
          expect(total()).toBe(before);
          const held = new Set([COLD.account, OTHER.account, ...deposits.map(([who]) => accountOf(who))]);
          const values = [...held].map((who) => [HOT, NEW].map((key) => stakeOf(contextOf(state), key, who, 1)));
          const sum = values.flat().reduce((a, b) => a + b, 0n);
          expect(before - sum).toBeGreaterThanOrEqual(0n);
          expect(before - sum).toBeLessThanOrEqual(BigInt(held.size));
        },
      ),
      { numRuns: 60 },
    );
  });
});

it("every name of an error is reached", () => {
  const all = [...HOTKEY_SWAP_ERRORS, ...FAMILY_ERRORS];
  expect(all.filter((name) => !reached.has(name))).toEqual([]);
});
