/** Lets every network's registration price decay by a block, and begins its counts of registrations anew. */
import { burnDecay } from "../../api/registration.js";
import type { Kernel } from "../../load/kernel.js";
import { networksOf } from "../rules/networks.js";
import { isEpochDue } from "../rules/schedule.js";
import { ROOT_NETUID } from "../rules/subnetChecks.js";
import { Burn, BurnHalfLife, MaxBurn, MinBurn } from "../state/hyperparameters.js";
import { RegistrationsThisBlock, RegistrationsThisInterval } from "../state/neurons.js";
import type { State } from "../state/state.js";
import { BlockNumber } from "../state/system.js";
import type { StepContext } from "./steps.js";

/** Source: subtensor subnets/registration.rs, update_registration_prices_for_networks. */
export function decayRegistrationPrices({ state, kernel }: StepContext): void {
  const block = state.read(BlockNumber);
  for (const netuid of networksOf(state)) {
    decay(state, kernel, netuid, block);
    if (state.read(RegistrationsThisBlock, netuid) !== 0) state.write(RegistrationsThisBlock, netuid, 0);
  }
  if (isEpochDue(state, ROOT_NETUID, block) && state.read(RegistrationsThisInterval, ROOT_NETUID) !== 0) {
    state.write(RegistrationsThisInterval, ROOT_NETUID, 0);
  }
}

function decay(state: State, kernel: Kernel, netuid: number, block: number): void {
  const burn = state.read(Burn, netuid);
  const [minBurn, maxBurn] = [state.read(MinBurn, netuid), state.read(MaxBurn, netuid)];
  // At its least it stays there: the common case.
  if (burn === minBurn && minBurn <= maxBurn) return;
  const halfLife = state.read(BurnHalfLife, netuid);
  const [decayed] = burnDecay(kernel, { burn, minBurn, maxBurn, halfLife, currentBlock: block, blocks: 1 });
  if (decayed !== undefined && decayed !== burn) state.write(Burn, netuid, decayed);
}
