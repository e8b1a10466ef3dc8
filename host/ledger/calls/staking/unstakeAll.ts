/** Unstaking from a hotkey on every subnet at once. Source: subtensor staking/remove_stake.rs. */
import { checkHotkeyExists } from "../../rules/hotkeys.js";
import { saturatedU64 } from "../../rules/integers.js";
import { clearSmallNomination } from "../../rules/leftovers.js";
import { stakeOf } from "../../rules/stake.js";
import { checkRemoveStake, passesChecks } from "../../rules/stakeChecks.js";
import { stakeInto, unstakeFrom } from "../../rules/staking.js";
import { allNetuids, ROOT_NETUID } from "../../rules/subnetChecks.js";
import { MAX_PRICE_RAO, MIN_PRICE_RAO } from "../../rules/swap.js";
import type { Account } from "../../state/codecs.js";
import { SubtokenEnabled } from "../../state/subnets.js";
import { account } from "../arguments.js";
import { defineCall, type SignedContext } from "../call.js";

const checkKnown = ({ state }: SignedContext, { hotkey }: { readonly hotkey: Account }): void =>
  checkHotkeyExists(state, hotkey);

/** Unstakes all that can be from started subnets; returns the TAO paid, rao. */
function unstakeFromAll(context: SignedContext, hotkey: Account, netuids: readonly number[]): bigint {
  let paidRao = 0n;
  for (const netuid of netuids) {
    if (!context.state.read(SubtokenEnabled, netuid)) continue;
    const position = { coldkey: context.signer, hotkey, netuid };
    const alphaRao = stakeOf(context, hotkey, context.signer, netuid);
    const whole = { mostRao: alphaRao, allowPartial: false };
    if (!passesChecks(() => checkRemoveStake(context, position, alphaRao, whole))) continue;
    paidRao += unstakeFrom(context, position, alphaRao, { limitRao: MIN_PRICE_RAO });
    clearSmallNomination(context, position);
  }
  return saturatedU64(paidRao);
}

/** Unstakes everything from a hotkey, the root too; what cannot be unstaked stays. */
export const unstakeAll = defineCall({
  name: "SubtensorModule.unstake_all",
  index: [7, 83],
  origin: "signed",
  arguments: { hotkey: account },
  check: checkKnown,
  apply: (context, { hotkey }) => void unstakeFromAll(context, hotkey, allNetuids(context.state)),
});

/** Unstakes all alpha from a hotkey and stakes what it brings on the root. */
export const unstakeAllAlpha = defineCall({
  name: "SubtensorModule.unstake_all_alpha",
  index: [7, 84],
  origin: "signed",
  arguments: { hotkey: account },
  check: checkKnown,
  apply: (context, { hotkey }) => {
    const subnets = allNetuids(context.state).filter((netuid) => netuid !== ROOT_NETUID);
    const taoRao = unstakeFromAll(context, hotkey, subnets);
    const root = { coldkey: context.signer, hotkey, netuid: ROOT_NETUID };
    stakeInto(context, root, taoRao, { limitRao: MAX_PRICE_RAO });
  },
});
