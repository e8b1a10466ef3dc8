/** Staking TAO with a hotkey on a subnet. Source: subtensor staking/add_stake.rs. */
import { becomeDelegate, ownsHotkey } from "../../rules/hotkeys.js";
import { lesser } from "../../rules/integers.js";
import { checkAddStake, checkInput, mostToAdd } from "../../rules/stakeChecks.js";
import { type Position, stakeInto } from "../../rules/staking.js";
import { MAX_PRICE_RAO } from "../../rules/swap.js";
import { account, flagArgument } from "../arguments.js";
import { defineCall, type SignedContext } from "../call.js";
import { netuid, rao } from "../numbers.js";

/** What staking an amount will be. */
export interface Addition {
  readonly position: Position;
  readonly amountRao: bigint;
  readonly limitRao: bigint;
}

/** The checks of staking at any price. */
export function planAddition(context: SignedContext, position: Position, amountRao: bigint): Addition {
  checkInput(context, position.netuid, "buy", amountRao);
  checkAddStake(context, position, amountRao, { mostRao: amountRao, allowPartial: false });
  return { position, amountRao, limitRao: MAX_PRICE_RAO };
}

/** The checks of staking up to a limit, rao per alpha. */
export function planLimitedAddition(
  context: SignedContext,
  position: Position,
  amountRao: bigint,
  limitRao: bigint,
  allowPartial: boolean,
): Addition {
  checkInput(context, position.netuid, "buy", amountRao);
  const mostRao = mostToAdd(context, position.netuid, limitRao);
  checkAddStake(context, position, amountRao, { mostRao, allowPartial });
  return { position, amountRao: lesser(amountRao, mostRao), limitRao };
}

/** Stakes as planned up to a limit; a hotkey of somebody else becomes a delegate. Returns the alpha, rao. */
export function addLimited(context: SignedContext, { position, amountRao, limitRao }: Addition): bigint {
  const { coldkey, hotkey } = position;
  if (!ownsHotkey(context.state, coldkey, hotkey)) becomeDelegate(context.state, hotkey);
  return stakeInto(context, position, amountRao, { limitRao });
}

/** Stakes at any price. */
export const addStake = defineCall({
  name: "SubtensorModule.add_stake",
  index: [7, 2],
  origin: "signed",
  arguments: { hotkey: account, netuid, amountRao: rao },
  check: (context, { amountRao, ...place }) => planAddition(context, { coldkey: context.signer, ...place }, amountRao),
  apply: (context, _values, { position, amountRao, limitRao }) =>
    void stakeInto(context, position, amountRao, { limitRao }),
});

/** Stakes up to a price, rao per alpha: all of it, or with `allowPartial` what the price allows. */
export const addStakeLimit = defineCall({
  name: "SubtensorModule.add_stake_limit",
  index: [7, 88],
  origin: "signed",
  arguments: { hotkey: account, netuid, amountRao: rao, limitRao: rao, allowPartial: flagArgument },
  check: (context, { amountRao, limitRao, allowPartial, ...place }) =>
    planLimitedAddition(context, { coldkey: context.signer, ...place }, amountRao, limitRao, allowPartial),
  apply: (context, _values, plan) => void addLimited(context, plan),
});
