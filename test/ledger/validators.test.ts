/** Takes, children, the root's validators: each check in its order, cooldowns and limits, both lists of a family in step. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Call } from "../../host/ledger/calls/call.js";
import { calls } from "../../host/ledger/calls/index.js";
import { ROOT_ERRORS } from "../../host/ledger/calls/root/register.js";
import { TAKE_ERRORS } from "../../host/ledger/calls/takes/takes.js";
import { applyPendingChildren, CHILDREN_ERRORS, delegateRootValidators } from "../../host/ledger/rules/children.js";
import { createHotkey } from "../../host/ledger/rules/hotkeys.js";
import {
  ChildKeys,
  ChildkeyTake,
  MinChildkeyTakePerSubnet,
  ParentKeys,
  PendingChildKeys,
} from "../../host/ledger/state/children.js";
import { MaxAllowedUids, MaxRegistrationsPerBlock, StakeThreshold } from "../../host/ledger/state/hyperparameters.js";
import { Keys, RegistrationsThisBlock, RegistrationsThisInterval, Uids } from "../../host/ledger/state/neurons.js";
import { Delegates, MinDelegateTake, Owner, TotalHotkeyAlpha } from "../../host/ledger/state/staking.js";
import type { State } from "../../host/ledger/state/state.js";
import { NetworksAdded, SubnetOwnerHotkey, SubtokenEnabled } from "../../host/ledger/state/subnets.js";
import { BlockNumber } from "../../host/ledger/state/system.js";
import { ANN, accountOf, BEN } from "../support/ledger.js";
import { call, HOT, OTHER, recordingErrors, ruleContext, staked, TAO, twoSubnets } from "../support/staking.js";

const { reached, errorOf } = recordingErrors();
const WHOLE = (1n << 64n) - 1n;
const later = (state: State, blocks: number) => state.write(BlockNumber, state.read(BlockNumber) + blocks);

describe("takes", () => {
  const { increaseTake, decreaseTake, setChildkeyTake } = calls.takes;

  it.each<[string, Call, string | null]>([
    ["too high", increaseTake({ hotkey: HOT, take: 11_797 }), "DelegateTakeTooHigh"],
    ["nobody's hotkey", increaseTake({ hotkey: accountOf(99), take: 1 }), "HotKeyAccountNotExists"],
    ["somebody else's", decreaseTake({ hotkey: OTHER, take: 1 }), "NonAssociatedColdKey"],
    ["bounds before ownership", decreaseTake({ hotkey: OTHER, take: 20_000 }), "DelegateTakeTooHigh"],
    ["at first any", increaseTake({ hotkey: HOT, take: 5 }), null],
    [
      "of a child, somebody else's",
      setChildkeyTake({ hotkey: OTHER, netuid: 1, take: 20_000 }),
      "NonAssociatedColdKey",
    ],
    ["of a child, too high", setChildkeyTake({ hotkey: HOT, netuid: 1, take: 11_797 }), "InvalidChildkeyTake"],
    ["of a child", setChildkeyTake({ hotkey: HOT, netuid: 1, take: 11_796 }), null],
  ])("%s", (_, made, error) => {
    expect(errorOf(twoSubnets(), made)).toBe(error);
  });

  it("rise strictly and seldom, fall strictly at any time", () => {
    const state = twoSubnets();
    state.write(MinDelegateTake, 3);
    expect(errorOf(state, decreaseTake({ hotkey: HOT, take: 2 }))).toBe("DelegateTakeTooLow");
    expect(errorOf(state, decreaseTake({ hotkey: HOT, take: 10 }))).toBeNull();
    expect(errorOf(state, decreaseTake({ hotkey: HOT, take: 10 }))).toBe("DelegateTakeTooLow");
    expect(errorOf(state, increaseTake({ hotkey: HOT, take: 10 }))).toBe("DelegateTakeTooLow");
    later(state, 216_000);
    expect(errorOf(state, increaseTake({ hotkey: HOT, take: 11 }))).toBe("DelegateTxRateLimitExceeded");
    later(state, 1);
    expect(errorOf(state, increaseTake({ hotkey: HOT, take: 11 }))).toBeNull();
    expect(state.read(Delegates, HOT)).toBe(11);
  });

  it("of children rise seldom, not below the subnet's least", () => {
    const state = twoSubnets();
    const set = (take: number) => errorOf(state, setChildkeyTake({ hotkey: HOT, netuid: 1, take }));
    state.write(MinChildkeyTakePerSubnet, 1, 100);
    expect([set(99), set(101), set(102), set(100)]).toEqual([
      "InvalidChildkeyTake",
      null,
      "TxChildkeyTakeRateLimitExceeded",
      null,
    ]);
    later(state, 216_000);
    expect(set(102)).toBeNull();
    expect(state.read(ChildkeyTake, HOT, 1)).toBe(102);
  });

  it("every name of an error is reached", () => {
    for (const name of TAKE_ERRORS) expect(reached).toContain(name);
  });
});

describe("children", () => {
  const set = (children: [bigint, `0x${string}`][], netuid = 1, hotkey: `0x${string}` = HOT) =>
    calls.children.setChildren({ hotkey, netuid, children });
  const [C1, C2] = [accountOf(31), accountOf(32)];
  const six = Array.from({ length: 6 }, (_, k): [bigint, `0x${string}`] => [1n, accountOf(40 + k)]);

  it.each<[string, Call, string | null]>([
    ["on the root", set([], 0), "RegistrationNotPermittedOnRootSubnet"],
    ["on no subnet", set([], 7), "SubnetNotExists"],
    ["of somebody else", set([], 1, OTHER), "NonAssociatedColdKey"],
    [
      "twice the same",
      set([
        [1n, C1],
        [1n, C1],
      ]),
      "DuplicateChild",
    ],
    ["itself", set([[1n, HOT]]), "InvalidChild"],
    ["six", set(six), "TooManyChildren"],
    [
      "more than all",
      set([
        [WHOLE, C1],
        [1n, C2],
      ]),
      "ProportionOverflow",
    ],
    ["all", set([[WHOLE, C1]]), null],
    ["none", set([]), null],
  ])("%s", (_, made, error) => {
    expect(errorOf(twoSubnets(), made)).toBe(error);
  });

  it("need stake, unless the hotkey is the owner's", () => {
    const state = staked();
    state.write(StakeThreshold, 9n * TAO);
    expect(errorOf(state, set([[1n, C1]]))).toBeNull();
    state.write(StakeThreshold, 11n * TAO);
    expect(errorOf(state, set([[1n, C1]]))).toBe("TxRateLimitExceeded");
    later(state, 150);
    expect(errorOf(state, set([[1n, C1]]))).toBe("NotEnoughStakeToSetChildkeys");
    expect(errorOf(state, set([]))).toBeNull();
    state.write(SubnetOwnerHotkey, 1, HOT);
    later(state, 150);
    expect(errorOf(state, set([[1n, C1]]))).toBeNull();
  });

  it("wait, then come in order of accounts, and mirror", () => {
    const state = twoSubnets();
    const context = ruleContext(state);
    expect(
      errorOf(
        state,
        set([
          [2n, C2],
          [1n, C1],
        ]),
      ),
    ).toBeNull();
    later(state, 7_200);
    applyPendingChildren(context, 1);
    expect(state.read(ChildKeys, HOT, 1)).toEqual([]);
    later(state, 1);
    applyPendingChildren(context, 1);
    expect(state.read(ChildKeys, HOT, 1)).toEqual([
      [1n, C1],
      [2n, C2],
    ]);
    expect(state.read(ParentKeys, C2, 1)).toEqual([[2n, HOT]]);
    expect(state.has(PendingChildKeys, 1, HOT)).toBe(false);
    createHotkey(state, ANN.account, C1);
    expect(errorOf(state, set([[1n, HOT]], 1, C1))).toBe("ChildParentInconsistency");
    state.write(SubtokenEnabled, 1, false);
    expect(errorOf(state, set([[5n, C2]]))).toBeNull();
    expect(state.read(ChildKeys, HOT, 1)).toEqual([[5n, C2]]);
    expect(state.has(ParentKeys, C1, 1)).toBe(false);
    expect(context.events).toMatchObject([{ name: "SubtensorModule.SetChildren", hotkey: HOT }]);
  });

  it("are in step with parents after any changes", () => {
    const bytes = [50, 51, 52, 53];
    const family = fc.uniqueArray(fc.tuple(fc.bigInt({ min: 1n, max: WHOLE / 4n }), fc.constantFrom(...bytes)), {
      selector: ([, byte]) => byte,
      maxLength: 3,
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...bytes), family), { maxLength: 20 }), (sequence) => {
        const state = twoSubnets();
        for (const byte of bytes) createHotkey(state, ANN.account, accountOf(byte));
        for (const [k, [byte, children]] of sequence.entries()) {
          later(state, 7_201 * (k % 2));
          const list = children.map(([part, child]): [bigint, `0x${string}`] => [part, accountOf(child)]);
          call(state, ANN, set(list, 1, accountOf(byte)));
          applyPendingChildren(ruleContext(state), 1);
          const down = state.entries(ChildKeys).flatMap(([[parent], of]) => of.map(([p, c]) => `${parent} ${c} ${p}`));
          const up = state.entries(ParentKeys).flatMap(([[child], of]) => of.map(([p, a]) => `${a} ${child} ${p}`));
          expect(down.sort()).toEqual(up.sort());
          for (const b of bytes) {
            const parents = state.read(ParentKeys, accountOf(b), 1).map(([, account]) => account);
            for (const [, child] of state.read(ChildKeys, accountOf(b), 1)) expect(parents).not.toContain(child);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it("of the root's validators is a new subnet's owner, where they allow it", () => {
    const state = twoSubnets();
    for (const [uid, hotkey] of [HOT, OTHER].entries()) {
      state.write(Keys, 0, uid, hotkey);
      state.write(Uids, 0, hotkey, uid);
    }
    const { setAutoParentDelegationEnabled } = calls.children;
    expect(errorOf(state, setAutoParentDelegationEnabled({ hotkey: OTHER, enabled: false }), BEN)).toBe(
      "HotKeyNotRegisteredInSubNet",
    );
    expect(errorOf(state, setAutoParentDelegationEnabled({ hotkey: OTHER, enabled: false }))).toBe(
      "NonAssociatedColdKey",
    );
    state.write(SubtokenEnabled, 2, false);
    state.write(SubnetOwnerHotkey, 2, C1);
    delegateRootValidators(ruleContext(state), 2);
    expect(state.read(ParentKeys, C1, 2)).toEqual([
      [WHOLE, HOT],
      [WHOLE, OTHER],
    ]);
  });

  it("every name of an error is reached", () => {
    for (const name of CHILDREN_ERRORS) expect(reached).toContain(name);
  });
});

describe("the root", () => {
  const register = (byte: number) => calls.root.rootRegister({ hotkey: accountOf(byte) });

  it("has limits a block and an interval", () => {
    const state = twoSubnets();
    expect(errorOf(state, register(60))).toBeNull();
    expect(errorOf(state, register(61))).toBe("TooManyRegistrationsThisBlock");
    state.write(MaxRegistrationsPerBlock, 0, 100);
    expect(errorOf(state, register(60))).toBe("HotKeyAlreadyRegisteredInSubNet");
    state.write(RegistrationsThisInterval, 0, 6);
    expect(errorOf(state, register(61))).toBe("TooManyRegistrationsThisInterval");
    state.write(NetworksAdded, 0, false);
    expect(errorOf(state, register(61))).toBe("RootNetworkDoesNotExist");
  });

  it("seats hotkeys in turn, then in place of the first with the least stake", () => {
    const state = twoSubnets();
    state.write(MaxRegistrationsPerBlock, 0, 100);
    state.write(MaxAllowedUids, 0, 3);
    for (const byte of [60, 61, 62]) expect(errorOf(state, register(byte))).toBeNull();
    expect([state.read(RegistrationsThisBlock, 0), state.read(Delegates, accountOf(60))]).toEqual([3, 11_796]);
    expect(state.read(Owner, accountOf(62))).toBe(ANN.account);
    state.write(TotalHotkeyAlpha, accountOf(60), 0, 7n);
    state.write(TotalHotkeyAlpha, accountOf(61), 0, 5n);
    state.write(TotalHotkeyAlpha, accountOf(62), 0, 5n);
    state.write(TotalHotkeyAlpha, accountOf(63), 0, 5n);
    expect(errorOf(state, register(63))).toBe("StakeTooLowForRoot");
    state.write(TotalHotkeyAlpha, accountOf(63), 0, 6n);
    expect(errorOf(state, register(63))).toBeNull();
    expect([0, 1, 2].map((uid) => state.read(Keys, 0, uid))).toEqual([60, 63, 62].map(accountOf));
    expect(state.has(Uids, 0, accountOf(61))).toBe(false);
  });

  it("every name of an error is reached", () => {
    for (const name of ROOT_ERRORS) expect(reached).toContain(name);
  });
});
