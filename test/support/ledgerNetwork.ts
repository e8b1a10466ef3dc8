/** Networks for tests and measurements: root, subnets with pools, neurons with stake, weights and families; every total adds up. */

import { subnetAccount } from "../../host/ledger/rules/subnetAccounts.js";
import { BalancesIssuance, FreeBalance, TotalIssuance } from "../../host/ledger/state/balances.js";
import { ChildKeys, ParentKeys } from "../../host/ledger/state/children.js";
import type { Account } from "../../host/ledger/state/codecs.js";
import * as hyper from "../../host/ledger/state/hyperparameters.js";
import * as neurons from "../../host/ledger/state/neurons.js";
import * as pools from "../../host/ledger/state/pools.js";
import * as staking from "../../host/ledger/state/staking.js";
import { State } from "../../host/ledger/state/state.js";
import * as subnets from "../../host/ledger/state/subnets.js";
import { BlockNumber } from "../../host/ledger/state/system.js";
import { PackedRow } from "../../host/marshal/packedRow.js";
import { numbered } from "./ledgerState.js";

const TAO = 1_000_000_000n;
const FULL = (1n << 64n) - 1n;
const ONE_32 = 1n << 32n;

/** How large a network is, and how it goes. */
export interface NetworkOptions {
  readonly subnets: number;
  readonly neurons: number;
  /** The first so many uids validate, with weights on all others. */
  readonly validators: number;
  readonly tempo?: number;
  /** Begins in block `tempo`, the epoch of subnet i being due i blocks later; else in block 0, all due at once. */
  readonly isSpread?: boolean;
  readonly rootTao?: bigint;
  /** A subnet's price in TAO, thousandths. */
  readonly priceMilli?: (netuid: number) => bigint;
}

/** Of a neuron of a subnet; validators 0 and 1 are the same on all subnets. */
export const minerOf = (netuid: number, uid: number): Account => numbered("h", uid < 2 ? uid : netuid * 4096 + uid);
export const coldkeyOf = (hotkey: Account): Account => `0x63${hotkey.slice(4)}`;

/** A network. */
export function network(options: NetworkOptions): State {
  const state = new State();
  state.write(subnets.NetworksAdded, 0, true);
  if (options.isSpread) state.write(BlockNumber, options.tempo ?? 360);
  const rootTao = options.rootTao ?? 1_000_000n * TAO;
  for (const uid of [0, 1]) stake(state, numbered("h", uid), 0, rootTao / 2n);
  fund(state, 0, rootTao);
  for (let netuid = 1; netuid <= options.subnets; netuid++) addSubnet(state, netuid, options);
  state.write(TotalIssuance, state.read(BalancesIssuance));
  return state;
}

function addSubnet(state: State, netuid: number, options: NetworkOptions): void {
  const { tempo = 360, isSpread = false, priceMilli = () => 20n } = options;
  state.write(subnets.NetworksAdded, netuid, true);
  state.write(subnets.SubnetMechanism, netuid, 1);
  state.write(subnets.FirstEmissionBlockNumber, netuid, 1);
  state.write(subnets.SubtokenEnabled, netuid, true);
  state.write(subnets.NetworkRegistrationAllowed, netuid, true);
  state.write(subnets.Tempo, netuid, tempo);
  if (isSpread) state.write(subnets.LastEpochBlock, netuid, netuid % tempo);
  state.write(hyper.CommitRevealWeightsEnabled, netuid, false);
  state.write(hyper.Yuma3On, netuid, netuid % 2 === 0);
  const price = priceMilli(netuid);
  state.write(pools.SubnetAlphaIn, netuid, 1_000_000n * TAO);
  fund(state, netuid, 1_000n * price * TAO);
  state.write(pools.PalSwapInitialized, netuid, true);
  state.write(pools.SubnetMovingPrice, netuid, (price * ONE_32) / 1000n);
  state.write(subnets.SubnetOwnerHotkey, netuid, minerOf(netuid, options.validators));
  state.write(subnets.SubnetOwner, netuid, coldkeyOf(minerOf(netuid, options.validators)));
  addNeurons(state, netuid, options);
}

function addNeurons(state: State, netuid: number, options: NetworkOptions): void {
  const { validators } = options;
  const uids = Array.from({ length: options.neurons }, (_, uid) => uid);
  state.write(neurons.SubnetworkN, netuid, uids.length);
  for (const uid of uids) {
    const hotkey = minerOf(netuid, uid);
    state.write(neurons.Keys, netuid, uid, hotkey);
    state.write(neurons.Uids, netuid, hotkey, uid);
    state.write(neurons.IsNetworkMember, hotkey, netuid, true);
    stake(state, hotkey, netuid, (uid < validators ? 10_000n + BigInt(uid) : 10n) * TAO);
    if (uid >= validators) continue;
    const targets = uids.slice(validators).map((to): [number, number] => [to, 1 + ((uid * 31 + to * 17) % 65_535)]);
    state.write(neurons.Weights, netuid, uid, PackedRow.of(targets));
  }
  state.write(
    neurons.LastUpdate,
    netuid,
    uids.map(() => 1n),
  );
  state.write(
    neurons.ValidatorPermit,
    netuid,
    uids.map((uid) => uid < validators),
  );
  // Validator 1 lends a quarter of its stake to validator 2.
  if (validators > 2) lend(state, netuid, minerOf(netuid, 1), minerOf(netuid, 2), FULL / 4n);
}

function lend(state: State, netuid: number, parent: Account, child: Account, proportion: bigint): void {
  state.write(ChildKeys, parent, netuid, [[proportion, child]]);
  state.write(ParentKeys, child, netuid, [[proportion, parent]]);
}

/** TAO in a subnet's pool, or staked on the root, which its account holds. */
function fund(state: State, netuid: number, rao: bigint): void {
  state.write(pools.SubnetTAO, netuid, rao);
  state.write(FreeBalance, subnetAccount(netuid), rao);
  state.write(BalancesIssuance, state.read(BalancesIssuance) + rao);
}

/** The first stake with a hotkey, by its owner. */
function stake(state: State, hotkey: Account, netuid: number, rao: bigint): void {
  if (rao === 0n) return;
  const coldkey = coldkeyOf(hotkey);
  const shares = normal(rao);
  state.write(staking.Owner, hotkey, coldkey);
  state.write(staking.OwnedHotkeys, coldkey, [hotkey]);
  state.write(staking.StakingHotkeys, coldkey, [hotkey]);
  state.write(staking.TotalHotkeyAlpha, hotkey, netuid, rao);
  state.write(staking.TotalHotkeySharesV2, hotkey, netuid, shares);
  state.write(staking.AlphaV2, hotkey, coldkey, netuid, shares);
  state.write(pools.SubnetAlphaOut, netuid, state.read(pools.SubnetAlphaOut, netuid) + rao);
}

/** A positive integer as a SafeFloat: 10^20 < mantissa ≤ 10^21. */
function normal(rao: bigint): readonly [bigint, bigint] {
  let [mantissa, exponent] = [rao, 0n];
  while (mantissa <= 10n ** 20n) [mantissa, exponent] = [mantissa * 10n, exponent - 1n];
  return [mantissa, exponent];
}
