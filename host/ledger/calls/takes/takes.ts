/** What validators keep of dividends, as delegates and as children. Parts of 65535. Source: subtensor staking/increase_take.rs, decrease_take.rs, set_children.rs. */
import { ensure } from "../../errors.js";
import { checkHotkeyExists, checkOwnsHotkey } from "../../rules/hotkeys.js";
import { accountLimit, KIND, passes, recordDone } from "../../rules/rateLimits.js";
import { ChildkeyTake, MaxChildkeyTake, MinChildkeyTake, MinChildkeyTakePerSubnet } from "../../state/children.js";
import type { Account } from "../../state/codecs.js";
import { TxChildkeyTakeRateLimit, TxDelegateTakeRateLimit } from "../../state/hyperparameters.js";
import { LastTxBlockDelegateTake } from "../../state/limits.js";
import { Delegates, MaxDelegateTake, MinDelegateTake } from "../../state/staking.js";
import type { ReadableState } from "../../state/state.js";
import { account } from "../arguments.js";
import { defineCall, type SignedContext } from "../call.js";
import { netuid, u16 } from "../numbers.js";

/** Errors of takes. */
export const TAKE_ERRORS = [
  "SubtensorModule.DelegateTakeTooLow",
  "SubtensorModule.DelegateTakeTooHigh",
  "SubtensorModule.DelegateTxRateLimitExceeded",
  "SubtensorModule.InvalidChildkeyTake",
  "SubtensorModule.TxChildkeyTakeRateLimitExceeded",
] as const;

/** Events of takes. */
export type TakeEvent =
  | {
      readonly name: "SubtensorModule.TakeIncreased" | "SubtensorModule.TakeDecreased";
      readonly coldkey: Account;
      readonly hotkey: Account;
      readonly take: number;
    }
  | { readonly name: "SubtensorModule.ChildKeyTakeSet"; readonly hotkey: Account; readonly take: number };

const childkeyLimit = accountLimit(KIND.SetChildkeyTake, (state) => Number(state.read(TxChildkeyTakeRateLimit)));

/** The bounds of every change, and that the hotkey is the caller's. */
function checkTake({ state, signer }: SignedContext, hotkey: Account, take: number): void {
  ensure(take >= state.read(MinDelegateTake), "SubtensorModule.DelegateTakeTooLow");
  ensure(take <= state.read(MaxDelegateTake), "SubtensorModule.DelegateTakeTooHigh");
  checkHotkeyExists(state, hotkey);
  checkOwnsHotkey(state, signer, hotkey);
}

/** The least take of a child on a subnet. */
function leastChildkeyTake(state: ReadableState, on: number): number {
  return Math.max(state.read(MinChildkeyTake), state.read(MinChildkeyTakePerSubnet, on));
}

function store({ state, blockNumber }: SignedContext, hotkey: Account, take: number): void {
  state.write(LastTxBlockDelegateTake, hotkey, blockNumber);
  state.write(Delegates, hotkey, take);
}

/** Raises a delegate's take, not too soon after the last change. */
export const increaseTake = defineCall({
  name: "SubtensorModule.increase_take",
  index: [7, 66],
  origin: "signed",
  arguments: { hotkey: account, take: u16 },
  check: (context, { hotkey, take }) => {
    const { state, blockNumber } = context;
    checkTake(context, hotkey, take);
    const isHigher = !state.has(Delegates, hotkey) || take > state.read(Delegates, hotkey);
    ensure(isHigher, "SubtensorModule.DelegateTakeTooLow");
    const last = state.read(LastTxBlockDelegateTake, hotkey);
    const blocks = Number(state.read(TxDelegateTakeRateLimit));
    const isSoon = blocks > 0 && last > 0 && blockNumber - last <= blocks;
    ensure(!isSoon, "SubtensorModule.DelegateTxRateLimitExceeded");
  },
  apply: (context, { hotkey, take }) => {
    store(context, hotkey, take);
    context.emit({ name: "SubtensorModule.TakeIncreased", coldkey: context.signer, hotkey, take });
  },
});

/** Lowers a delegate's take, at any time; the next raise counts from it. */
export const decreaseTake = defineCall({
  name: "SubtensorModule.decrease_take",
  index: [7, 65],
  origin: "signed",
  arguments: { hotkey: account, take: u16 },
  check: (context, { hotkey, take }) => {
    const { state } = context;
    checkTake(context, hotkey, take);
    const isLower = !state.has(Delegates, hotkey) || take < state.read(Delegates, hotkey);
    ensure(isLower, "SubtensorModule.DelegateTakeTooLow");
  },
  apply: (context, { hotkey, take }) => {
    store(context, hotkey, take);
    context.emit({ name: "SubtensorModule.TakeDecreased", coldkey: context.signer, hotkey, take });
  },
});

/** Sets what a child keeps on a subnet; a raise must not come too soon after the last change. */
export const setChildkeyTake = defineCall({
  name: "SubtensorModule.set_childkey_take",
  index: [7, 75],
  origin: "signed",
  arguments: { hotkey: account, netuid, take: u16 },
  check: ({ state, signer }, { hotkey, netuid: on, take }) => {
    checkOwnsHotkey(state, signer, hotkey);
    const least = leastChildkeyTake(state, on);
    ensure(take >= least && take <= state.read(MaxChildkeyTake), "SubtensorModule.InvalidChildkeyTake");
    const isRaise = take > Math.max(state.read(ChildkeyTake, hotkey, on), least);
    const mayBe = !isRaise || passes(state, childkeyLimit, hotkey, on);
    ensure(mayBe, "SubtensorModule.TxChildkeyTakeRateLimitExceeded");
  },
  apply: ({ state, emit }, { hotkey, netuid: on, take }) => {
    recordDone(state, childkeyLimit, hotkey, on);
    state.write(ChildkeyTake, hotkey, on, take);
    emit({ name: "SubtensorModule.ChildKeyTakeSet", hotkey, take });
  },
});
