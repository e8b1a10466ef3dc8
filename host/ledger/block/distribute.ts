/** One subnet's epoch and all that is paid by it: the owner's cut, incentives, dividends. */
import { allotDividends } from "../../api/emission/dividends.js";
import { hotkeysOf } from "../rules/epochInput.js";
import { hotkeyTable } from "../rules/hotkeyTable.js";
import { saturatedU64 } from "../rules/integers.js";
import { isWithoutStake } from "../rules/nullMode.js";
import { isNull } from "../rules/ruleSet.js";
import { increaseStake } from "../rules/stake.js";
import { autoLockOwnerCut } from "../rules/subnetKing.js";
import { move } from "../rules/swap.js";
import { CKBurn } from "../state/children.js";
import { SubnetAlphaOut } from "../state/pools.js";
import { SubnetOwner, SubnetOwnerHotkey } from "../state/subnets.js";
import { payDividends } from "./dividends.js";
import type { Pots } from "./drain.js";
import { runEpoch } from "./epoch.js";
import { payIncentives } from "./incentives.js";
import type { StepContext } from "./steps.js";

/**
 * Runs an epoch on what waited for miners, validators and root, and pays. Miners get what the epoch gave them; of validators the epoch
 * only says in what proportion the pots are theirs. Source: subtensor coinbase/run_coinbase.rs, distribute_emission.
 */
export function distribute(context: StepContext, pots: Pots): void {
  const { state, kernel } = context;
  const { netuid, serverRao, validatorRao, rootRao } = pots;
  const hotkeys = hotkeysOf(state, netuid);
  // The epoch moves no stake: one table serves it and the dividends.
  const table = hotkeyTable(state, netuid, hotkeys);
  const toRootRao = hotkeys.length > 0 && isNull(state, netuid) && isWithoutStake(context, netuid) ? 0n : rootRao;
  if (toRootRao < rootRao) move(state, SubnetAlphaOut, netuid, -rootRao);
  const emission = runEpoch(context, netuid, saturatedU64(serverRao + validatorRao + toRootRao), hotkeys, table);
  const emitted = (uid: number) => ({
    server: emission.serverRao[uid] ?? 0n,
    validator: emission.validatorRao[uid] ?? 0n,
  });
  const paid = allotDividends(kernel, table, {
    childkeyBurn: state.read(CKBurn),
    pendingServer: serverRao,
    pendingValidator: validatorRao,
    pendingRoot: toRootRao,
    emission: new Map(hotkeys.map((hotkey, uid) => [hotkey, emitted(uid)])),
  });
  move(state, SubnetAlphaOut, netuid, -paid.recycled);
  payOwner(context, pots);
  const seated = new Set<string>(hotkeys);
  payIncentives(
    context,
    netuid,
    paid.hotkeys.filter(({ hotkey }) => seated.has(hotkey)),
  );
  payDividends(context, netuid, paid.hotkeys);
}

/** Stakes the owner's cut to the owner's hotkey, and locks it where the subnet does so. */
function payOwner(context: StepContext, { netuid, ownerRao }: Pots): void {
  const { state } = context;
  if (!state.has(SubnetOwner, netuid) || !state.has(SubnetOwnerHotkey, netuid)) return;
  const [owner, hotkey] = [state.read(SubnetOwner, netuid), state.read(SubnetOwnerHotkey, netuid)];
  increaseStake(context, hotkey, owner, netuid, ownerRao);
  autoLockOwnerCut(context, netuid, ownerRao);
}
