/** Moving stake: to another hotkey, another coldkey, another subnet. Source: subtensor staking/move_stake.rs. */
import { carryOutTransition, planTransition } from "../../rules/transition.js";
import type { Account } from "../../state/codecs.js";
import { account, flagArgument } from "../arguments.js";
import { defineCall } from "../call.js";
import { netuid, rao } from "../numbers.js";

/** Events of moves; `taoRao` is what the alpha was worth. */
export type MoveEvent =
  | {
      readonly name: "SubtensorModule.StakeMoved";
      readonly coldkey: Account;
      readonly originHotkey: Account;
      readonly originNetuid: number;
      readonly destinationHotkey: Account;
      readonly destinationNetuid: number;
      readonly taoRao: bigint;
    }
  | {
      readonly name: "SubtensorModule.StakeTransferred";
      readonly originColdkey: Account;
      readonly destinationColdkey: Account;
      readonly hotkey: Account;
      readonly originNetuid: number;
      readonly destinationNetuid: number;
      readonly taoRao: bigint;
    }
  | {
      readonly name: "SubtensorModule.StakeSwapped";
      readonly coldkey: Account;
      readonly hotkey: Account;
      readonly originNetuid: number;
      readonly destinationNetuid: number;
      readonly taoRao: bigint;
    };

/** Moves stake to another hotkey or subnet. */
export const moveStake = defineCall({
  name: "SubtensorModule.move_stake",
  index: [7, 85],
  origin: "signed",
  arguments: {
    originHotkey: account,
    destinationHotkey: account,
    originNetuid: netuid,
    destinationNetuid: netuid,
    alphaRao: rao,
  },
  check: (context, { originHotkey, destinationHotkey, originNetuid, destinationNetuid, alphaRao }) => {
    const coldkey = context.signer;
    const to = { coldkey, hotkey: destinationHotkey, netuid: destinationNetuid };
    return planTransition(context, { coldkey, hotkey: originHotkey, netuid: originNetuid }, to, alphaRao);
  },
  apply: (context, { alphaRao: _, ...places }, plan) => {
    const taoRao = carryOutTransition(context, plan);
    context.emit({ name: "SubtensorModule.StakeMoved", coldkey: context.signer, ...places, taoRao });
  },
});

/** Gives stake to another coldkey, with the lock on it. */
export const transferStake = defineCall({
  name: "SubtensorModule.transfer_stake",
  index: [7, 86],
  origin: "signed",
  arguments: {
    destinationColdkey: account,
    hotkey: account,
    originNetuid: netuid,
    destinationNetuid: netuid,
    alphaRao: rao,
  },
  check: (context, { destinationColdkey, hotkey, originNetuid, destinationNetuid, alphaRao }) => {
    const from = { coldkey: context.signer, hotkey, netuid: originNetuid };
    const to = { coldkey: destinationColdkey, hotkey, netuid: destinationNetuid };
    return planTransition(context, from, to, alphaRao, { isTransfer: true });
  },
  apply: (context, { alphaRao: _, ...places }, plan) => {
    const taoRao = carryOutTransition(context, plan);
    context.emit({ name: "SubtensorModule.StakeTransferred", originColdkey: context.signer, ...places, taoRao });
  },
});

/** Moves stake to another subnet, at any price. */
export const swapStake = defineCall({
  name: "SubtensorModule.swap_stake",
  index: [7, 87],
  origin: "signed",
  arguments: { hotkey: account, originNetuid: netuid, destinationNetuid: netuid, alphaRao: rao },
  check: (context, { hotkey, originNetuid, destinationNetuid, alphaRao }) => {
    const coldkey = context.signer;
    const to = { coldkey, hotkey, netuid: destinationNetuid };
    return planTransition(context, { coldkey, hotkey, netuid: originNetuid }, to, alphaRao);
  },
  apply: (context, { alphaRao: _, ...places }, plan) => {
    const taoRao = carryOutTransition(context, plan);
    context.emit({ name: "SubtensorModule.StakeSwapped", coldkey: context.signer, ...places, taoRao });
  },
});

/** Moves stake to another subnet down to a price of the one's alpha in the other's, times 10^9. */
export const swapStakeLimit = defineCall({
  name: "SubtensorModule.swap_stake_limit",
  index: [7, 90],
  origin: "signed",
  arguments: {
    hotkey: account,
    originNetuid: netuid,
    destinationNetuid: netuid,
    alphaRao: rao,
    limitRao: rao,
    allowPartial: flagArgument,
  },
  check: (context, { hotkey, originNetuid, destinationNetuid, alphaRao, limitRao, allowPartial }) => {
    const coldkey = context.signer;
    const from = { coldkey, hotkey, netuid: originNetuid };
    const to = { coldkey, hotkey, netuid: destinationNetuid };
    return planTransition(context, from, to, alphaRao, { limit: { limitRao, allowPartial } });
  },
  apply: (context, { hotkey, originNetuid, destinationNetuid }, plan) => {
    const taoRao = carryOutTransition(context, plan);
    const places = { hotkey, originNetuid, destinationNetuid };
    context.emit({ name: "SubtensorModule.StakeSwapped", coldkey: context.signer, ...places, taoRao });
  },
});
