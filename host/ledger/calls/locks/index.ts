/** The calls on conviction locks. Source: subtensor staking/lock.rs. */
import * as locks from "../../rules/locks.js";
import { account, flagArgument } from "../arguments.js";
import { defineCall } from "../call.js";
import { netuid, rao } from "../numbers.js";

const nothing = () => undefined;

/** Locks alpha for a hotkey, or more of it. */
const lockStake = defineCall({
  name: "SubtensorModule.lock_stake",
  index: [7, 136],
  origin: "signed",
  arguments: { hotkey: account, netuid, alphaRao: rao },
  check: nothing,
  apply: (context, { hotkey, netuid: on, alphaRao }) => locks.lockStake(context, context.signer, on, hotkey, alphaRao),
});

/** Has the lock count for another hotkey; with another owner its conviction begins anew. */
const moveLock = defineCall({
  name: "SubtensorModule.move_lock",
  index: [7, 137],
  origin: "signed",
  arguments: { destinationHotkey: account, netuid },
  check: nothing,
  apply: (context, { destinationHotkey, netuid: on }) => locks.moveLock(context, context.signer, on, destinationHotkey),
});

/** Has the coldkey's lock on a subnet last, or decay. */
const setPerpetualLock = defineCall({
  name: "SubtensorModule.set_perpetual_lock",
  index: [7, 138],
  origin: "signed",
  arguments: { netuid, enabled: flagArgument },
  check: nothing,
  apply: (context, { netuid: on, enabled }) => locks.setPerpetualLock(context, context.signer, on, enabled),
});

/** Has the coldkey refuse locked alpha of others, as it does at first, or take it. */
const setRejectLockedAlpha = defineCall({
  name: "SubtensorModule.set_reject_locked_alpha",
  index: [7, 142],
  origin: "signed",
  arguments: { enabled: flagArgument },
  check: nothing,
  apply: ({ state, signer, emit }, { enabled }) => {
    locks.setAcceptsLockedAlpha(state, signer, !enabled);
    emit({ name: "SubtensorModule.RejectLockedAlphaUpdated", coldkey: signer, enabled });
  },
});

/** By the names of their builders. */
export const LOCK_CALLS = { lockStake, moveLock, setPerpetualLock, setRejectLockedAlpha };
