/** Registering neurons for TAO, which buys alpha that is then destroyed. Source: subtensor subnets/registration.rs. */
import { burnIncrease } from "../../../api/registration.js";
import { ensure } from "../../errors.js";
import { checkNoSystemAccount, createHotkey, hotkeyExists, ownsHotkey } from "../../rules/hotkeys.js";
import { saturatedI64, saturatedU64 } from "../../rules/integers.js";
import { pruning, registerNeuron } from "../../rules/neurons.js";
import { transferToSubnet } from "../../rules/subnetAccounts.js";
import { checkSubnetExists } from "../../rules/subnetChecks.js";
import { swapTaoForAlpha } from "../../rules/swap.js";
import { FreeBalance } from "../../state/balances.js";
import type { Account } from "../../state/codecs.js";
import { Burn, BurnIncreaseMult, MaxAllowedUids, MaxBurn, MinBurn } from "../../state/hyperparameters.js";
import { RegistrationsThisBlock, SubnetworkN, Uids } from "../../state/neurons.js";
import { RAORecycledForRegistration, SubnetAlphaOut, SubnetTaoFlow } from "../../state/pools.js";
import type { State } from "../../state/state.js";
import { NetworkRegistrationAllowed } from "../../state/subnets.js";
import { account } from "../arguments.js";
import { bytes } from "../bytes.js";
import { defineCall, type SignedContext } from "../call.js";
import { netuid, rao, u64 } from "../numbers.js";

const PALLET = 7;
const ROOT = 0;
const MOST_REGISTRATIONS = 0xffff;

/** Errors of registering. */
export const REGISTRATION_ERRORS = [
  "SubtensorModule.RegistrationNotPermittedOnRootSubnet",
  "SubtensorModule.SubNetRegistrationDisabled",
  "SubtensorModule.HotKeyAlreadyRegisteredInSubNet",
  "SubtensorModule.NotEnoughBalanceToStake",
  "SubtensorModule.RegistrationPriceLimitExceeded",
] as const;

interface Registration {
  readonly netuid: number;
  readonly hotkey: Account;
}

function check({ state, kernel, signer }: SignedContext, { netuid: of, hotkey }: Registration): void {
  checkSubnet(state, of);
  ensure(state.read(NetworkRegistrationAllowed, of), "SubtensorModule.SubNetRegistrationDisabled", { netuid: of });
  ensure(!state.has(Uids, of, hotkey), "SubtensorModule.HotKeyAlreadyRegisteredInSubNet", { hotkey });
  const burnRao = state.read(Burn, of);
  ensure(burnRao <= state.read(FreeBalance, signer), "SubtensorModule.NotEnoughBalanceToStake", { burnRao });
  if (!hotkeyExists(state, hotkey)) checkNoSystemAccount(hotkey);
  else ensure(ownsHotkey(state, signer, hotkey), "SubtensorModule.NonAssociatedColdKey", { hotkey });
  const most = state.read(MaxAllowedUids, of);
  const isFull = state.read(SubnetworkN, of) >= most;
  const hasRoom = most !== 0 && (!isFull || pruning(state, kernel, of).uid !== null);
  ensure(hasRoom, "SubtensorModule.NoNeuronIdAvailable", { netuid: of });
}

/** Pays, destroys the alpha bought, gives out the uid, raises the price. The fee of the swap stays in the subnet's account. */
function register(context: SignedContext, { netuid: of, hotkey }: Registration): void {
  const { state, kernel, signer, emit } = context;
  const burnRao = state.read(Burn, of);
  createHotkey(state, signer, hotkey);
  const paidRao = transferToSubnet(context, of, signer, burnRao);
  const { paidOutRao } = swapTaoForAlpha(context, of, paidRao);
  state.write(SubnetAlphaOut, of, saturatedU64(state.read(SubnetAlphaOut, of) - paidOutRao));
  const uid = registerNeuron(state, kernel, of, hotkey);
  raisePrice(context, of, burnRao);
  const registrations = Math.min(state.read(RegistrationsThisBlock, of) + 1, MOST_REGISTRATIONS);
  state.write(RegistrationsThisBlock, of, registrations);
  const recycledRao = state.read(RAORecycledForRegistration, of) + burnRao;
  state.write(RAORecycledForRegistration, of, saturatedU64(recycledRao));
  state.write(SubnetTaoFlow, of, saturatedI64(state.read(SubnetTaoFlow, of) + paidRao));
  emit({ name: "SubtensorModule.NeuronRegistered", netuid: of, uid, hotkey });
}

function raisePrice({ state, kernel }: SignedContext, of: number, burnRao: bigint): void {
  const [raised] = burnIncrease(kernel, {
    netuid: of,
    burn: burnRao,
    minBurn: state.read(MinBurn, of),
    maxBurn: state.read(MaxBurn, of),
    multiplier: state.read(BurnIncreaseMult, of),
    times: 1,
  });
  state.write(Burn, of, raised as bigint);
}

function checkSubnet(state: State, of: number): void {
  ensure(of !== ROOT, "SubtensorModule.RegistrationNotPermittedOnRootSubnet");
  checkSubnetExists(state, of);
}

/** Registers a hotkey at the price of the moment. */
export const burnedRegister = defineCall({
  name: "SubtensorModule.burned_register",
  index: [PALLET, 7],
  origin: "signed",
  arguments: { netuid, hotkey: account },
  check,
  apply: register,
});

/** The same if the price is at most a limit. */
export const registerLimit = defineCall({
  name: "SubtensorModule.register_limit",
  index: [PALLET, 134],
  origin: "signed",
  arguments: { netuid, hotkey: account, limitRao: rao },
  check: (context, values) => {
    checkSubnet(context.state, values.netuid);
    const burnRao = context.state.read(Burn, values.netuid);
    ensure(burnRao <= values.limitRao, "SubtensorModule.RegistrationPriceLimitExceeded", { burnRao });
    check(context, values);
  },
  apply: register,
});

/** The same as `burnedRegister`; block, nonce, work and coldkey are of older rules and not looked at. */
export const registerByWork = defineCall({
  name: "SubtensorModule.register",
  index: [PALLET, 6],
  origin: "signed",
  arguments: { netuid, blockNumber: u64, nonce: u64, work: bytes, hotkey: account, coldkey: account },
  check,
  apply: register,
});
