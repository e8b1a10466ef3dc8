/** States to govern: three holders of stake, days of one block, and blocks of some calls. */
import type { Signer } from "../../host/ledger/accounts/keys.js";
import { applyBlock } from "../../host/ledger/block/applyBlock.js";
import type { Call } from "../../host/ledger/calls/call.js";
import type { LedgerEvent } from "../../host/ledger/events.js";
import { createHotkey } from "../../host/ledger/rules/hotkeys.js";
import { increaseStake } from "../../host/ledger/rules/stake.js";
import { subnetAccount } from "../../host/ledger/rules/subnetAccounts.js";
import type { Account } from "../../host/ledger/state/codecs.js";
import { DayBlocks, MinProposerStake } from "../../host/ledger/state/governance.js";
import { SubnetAlphaOut, SubnetMovingPrice, SubnetTAO } from "../../host/ledger/state/pools.js";
import type { State } from "../../host/ledger/state/state.js";
import { Tempo } from "../../host/ledger/state/subnets.js";
import { Nonce, RootKey } from "../../host/ledger/state/system.js";
import { ANN, accountOf, BEN, CLO, ROOT, signedBy } from "./ledger.js";
import { addSubnet, endow, ruleContext, stakingState, TAO } from "./staking.js";

/** The hotkey all stake to; ANN's. */
export const HOT = accountOf(17);

/** Half a TAO for an alpha, I96F32. */
export const HALF = 1n << 31n;

/**
 * ANN has 600 TAO on the root, BEN 300, CLO 200 alpha of subnet 1 at half a TAO: 1,000 TAO of stake in all. The deposit of a proposal
 * for a subnet is 10 TAO, its vote takes three blocks, its enactment one more. Nothing is emitted, no epoch comes.
 */
export function governedState(): State {
  const state = stakingState();
  addSubnet(state, 1, 1_000n * TAO, 1_000n * TAO);
  for (const netuid of [0, 1]) state.write(Tempo, netuid, 0);
  state.write(SubnetMovingPrice, 1, HALF);
  state.write(DayBlocks, 1);
  state.write(MinProposerStake, 100n * TAO);
  state.write(RootKey, ROOT.account);
  createHotkey(state, ANN.account, HOT);
  hold(state, ANN.account, 0, 600n * TAO);
  hold(state, BEN.account, 0, 300n * TAO);
  hold(state, CLO.account, 1, 200n * TAO);
  return state;
}

/** Gives a coldkey stake with HOT out of nothing. */
export function hold(state: State, coldkey: Account, netuid: number, rao: bigint, hotkey = HOT): void {
  increaseStake(ruleContext(state), hotkey, coldkey, netuid, rao);
  const total = netuid === 0 ? SubnetTAO : SubnetAlphaOut;
  state.write(total, netuid, state.read(total, netuid) + rao);
  if (netuid === 0) endow(state, subnetAccount(0), rao);
}

/** A block of these calls; its events, each call's end among them. */
export function block(state: State, ...made: readonly (readonly [Signer, Call])[]): readonly LedgerEvent[] {
  const nonces = new Map<Account, number>();
  const signed = made.map(([by, call]) => {
    const nonce = nonces.get(by.account) ?? state.read(Nonce, by.account);
    nonces.set(by.account, nonce + 1);
    return signedBy(by, nonce, call);
  });
  return applyBlock(state, accountOf(0), signed).events.map(({ event }) => event);
}

/** Some blocks without calls; all their events. */
export function blocks(state: State, count: number): readonly LedgerEvent[] {
  return Array.from({ length: count }, () => block(state)).flat();
}
