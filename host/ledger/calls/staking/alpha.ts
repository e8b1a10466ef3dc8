/** Giving alpha up: recycled alpha is issued again, burned alpha is not. Source: subtensor staking/recycle_alpha.rs. */
import { ensure } from "../../errors.js";
import { checkHotkeyExists } from "../../rules/hotkeys.js";
import { lesser } from "../../rules/integers.js";
import { checkAvailable } from "../../rules/locks.js";
import { decreaseStake, stakeOf } from "../../rules/stake.js";
import { type Position, stakeInto } from "../../rules/staking.js";
import { checkSubnetExists, checkSubtoken, ROOT_NETUID } from "../../rules/subnetChecks.js";
import { move } from "../../rules/swap.js";
import type { Account } from "../../state/codecs.js";
import { SubnetAlphaOut } from "../../state/pools.js";
import { account } from "../arguments.js";
import { defineCall, type SignedContext } from "../call.js";
import { netuid, rao } from "../numbers.js";
import { addLimited, planAddition, planLimitedAddition } from "./addStake.js";
import { optionalRao } from "./arguments.js";

/** Errors of giving alpha up. */
export const ALPHA_ERRORS = ["SubtensorModule.CannotBurnOrRecycleOnRootSubnet"] as const;

/** Events of giving alpha up. */
export type AlphaEvent =
  | {
      readonly name: "SubtensorModule.AlphaRecycled" | "SubtensorModule.AlphaBurned";
      readonly coldkey: Account;
      readonly hotkey: Account;
      readonly netuid: number;
      readonly alphaRao: bigint;
    }
  | {
      readonly name: "SubtensorModule.AddStakeBurn";
      readonly netuid: number;
      readonly hotkey: Account;
      readonly amountRao: bigint;
      readonly alphaRao: bigint;
    };

interface Surrender {
  readonly position: Position;
  readonly alphaRao: bigint;
}

function plan(context: SignedContext, position: Position, askedRao: bigint): Surrender {
  const { state } = context;
  const { hotkey, coldkey, netuid: on } = position;
  checkSubnetExists(state, on);
  ensure(on !== ROOT_NETUID, "SubtensorModule.CannotBurnOrRecycleOnRootSubnet");
  checkSubtoken(state, on);
  checkHotkeyExists(state, hotkey);
  const alphaRao = lesser(askedRao, stakeOf(context, hotkey, coldkey, on));
  ensure(state.read(SubnetAlphaOut, on) >= alphaRao, "SubtensorModule.InsufficientLiquidity");
  checkAvailable(context, coldkey, on, alphaRao);
  return { position, alphaRao };
}

function burn(context: SignedContext, { position, alphaRao }: Surrender): void {
  const { coldkey, hotkey, netuid: on } = position;
  decreaseStake(context, hotkey, coldkey, on, alphaRao);
  context.emit({ name: "SubtensorModule.AlphaBurned", coldkey, hotkey, netuid: on, alphaRao });
}

/** Takes alpha out of the subnet's issuance, at most what there is. */
export const recycleAlpha = defineCall({
  name: "SubtensorModule.recycle_alpha",
  index: [7, 101],
  origin: "signed",
  arguments: { hotkey: account, alphaRao: rao, netuid },
  check: (context, { alphaRao, ...place }) => plan(context, { coldkey: context.signer, ...place }, alphaRao),
  apply: (context, _values, { position, alphaRao }) => {
    const { coldkey, hotkey, netuid: on } = position;
    decreaseStake(context, hotkey, coldkey, on, alphaRao);
    move(context.state, SubnetAlphaOut, on, -alphaRao);
    context.emit({ name: "SubtensorModule.AlphaRecycled", coldkey, hotkey, netuid: on, alphaRao });
  },
});

/** Destroys alpha that stays issued, at most what there is. */
export const burnAlpha = defineCall({
  name: "SubtensorModule.burn_alpha",
  index: [7, 102],
  origin: "signed",
  arguments: { hotkey: account, alphaRao: rao, netuid },
  check: (context, { alphaRao, ...place }) => plan(context, { coldkey: context.signer, ...place }, alphaRao),
  apply: (context, _values, surrender) => burn(context, surrender),
});

/** Stakes and burns the alpha at once, at any price or up to one. */
export const addStakeBurn = defineCall({
  name: "SubtensorModule.add_stake_burn",
  index: [7, 132],
  origin: "signed",
  arguments: { hotkey: account, netuid, amountRao: rao, limitRao: optionalRao },
  check: (context, { amountRao, limitRao, ...place }) => {
    const position = { coldkey: context.signer, ...place };
    if (limitRao === null) return planAddition(context, position, amountRao);
    return planLimitedAddition(context, position, amountRao, limitRao, false);
  },
  apply: (context, { hotkey, netuid: on, amountRao, limitRao }, addition) => {
    const { position } = addition;
    const alphaRao =
      limitRao === null
        ? stakeInto(context, position, addition.amountRao, { limitRao: addition.limitRao })
        : addLimited(context, addition);
    burn(context, plan(context, position, alphaRao));
    context.emit({ name: "SubtensorModule.AddStakeBurn", netuid: on, hotkey, amountRao, alphaRao });
  },
});
