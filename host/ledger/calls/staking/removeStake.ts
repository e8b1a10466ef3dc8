/** Unstaking alpha from a hotkey on a subnet. Source: subtensor staking/remove_stake.rs. */

import { lesser } from "../../rules/integers.js";
import { clearSmallNomination, dropUnstakedChildren } from "../../rules/leftovers.js";
import { stakeOf } from "../../rules/stake.js";
import { checkInput, checkRemoveStake, mostToRemove } from "../../rules/stakeChecks.js";
import { type Position, unstakeFrom } from "../../rules/staking.js";
import { checkSubtoken } from "../../rules/subnetChecks.js";
import { MIN_PRICE_RAO } from "../../rules/swap.js";
import { account, flagArgument } from "../arguments.js";
import { defineCall, type SignedContext } from "../call.js";
import { netuid, rao } from "../numbers.js";
import { optionalRao } from "./arguments.js";

interface Removal {
  readonly position: Position;
  readonly alphaRao: bigint;
  readonly limitRao: bigint;
}

function plan(context: SignedContext, position: Position, askedRao: bigint): Removal {
  const { hotkey, coldkey, netuid: on } = position;
  checkSubtoken(context.state, on);
  const alphaRao = lesser(askedRao, stakeOf(context, hotkey, coldkey, on));
  checkInput(context, on, "sell", alphaRao);
  checkRemoveStake(context, position, alphaRao, { mostRao: alphaRao, allowPartial: false });
  return { position, alphaRao, limitRao: MIN_PRICE_RAO };
}

function planLimited(
  context: SignedContext,
  position: Position,
  askedRao: bigint,
  limitRao: bigint,
  allowPartial: boolean,
): Removal {
  checkInput(context, position.netuid, "sell", askedRao);
  const mostRao = mostToRemove(context, position.netuid, limitRao);
  checkRemoveStake(context, position, askedRao, { mostRao, allowPartial });
  return { position, alphaRao: lesser(askedRao, mostRao), limitRao };
}

function apply(context: SignedContext, _values: unknown, { position, alphaRao, limitRao }: Removal): void {
  unstakeFrom(context, position, alphaRao, { limitRao });
  clearSmallNomination(context, position);
  dropUnstakedChildren(context, position.hotkey);
}

/** Unstakes at any price, at most what there is. */
export const removeStake = defineCall({
  name: "SubtensorModule.remove_stake",
  index: [7, 3],
  origin: "signed",
  arguments: { hotkey: account, netuid, alphaRao: rao },
  check: (context, { alphaRao, ...place }) => plan(context, { coldkey: context.signer, ...place }, alphaRao),
  apply,
});

/** Unstakes down to a price, rao per alpha: all of it, or with `allowPartial` what the price allows. */
export const removeStakeLimit = defineCall({
  name: "SubtensorModule.remove_stake_limit",
  index: [7, 89],
  origin: "signed",
  arguments: { hotkey: account, netuid, alphaRao: rao, limitRao: rao, allowPartial: flagArgument },
  check: (context, { alphaRao, limitRao, allowPartial, ...place }) =>
    planLimited(context, { coldkey: context.signer, ...place }, alphaRao, limitRao, allowPartial),
  apply,
});

/** Unstakes everything, at any price or down to one. */
export const removeStakeFullLimit = defineCall({
  name: "SubtensorModule.remove_stake_full_limit",
  index: [7, 103],
  origin: "signed",
  arguments: { hotkey: account, netuid, limitRao: optionalRao },
  check: (context, { limitRao, ...place }) => {
    const position = { coldkey: context.signer, ...place };
    const alphaRao = stakeOf(context, position.hotkey, position.coldkey, position.netuid);
    if (limitRao === null) return plan(context, position, alphaRao);
    return planLimited(context, position, alphaRao, limitRao, false);
  },
  apply,
});
