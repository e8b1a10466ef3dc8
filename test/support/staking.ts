/** States to stake on: subnets with pools, the root, accounts with TAO; and calls made one after the other in one block's number. */
import { expect } from "vitest";
import type { Signer } from "../../host/ledger/accounts/keys.js";
import type { Call } from "../../host/ledger/calls/call.js";
import { dispatch } from "../../host/ledger/calls/dispatch.js";
import { calls } from "../../host/ledger/calls/index.js";
import type { LedgerErrorName } from "../../host/ledger/errors.js";
import type { LedgerEvent } from "../../host/ledger/events.js";
import { ledgerKernel } from "../../host/ledger/kernel.js";
import type { RuleContext } from "../../host/ledger/rules/context.js";
import { createHotkey } from "../../host/ledger/rules/hotkeys.js";
import { stakeOf } from "../../host/ledger/rules/stake.js";
import { subnetAccount } from "../../host/ledger/rules/subnetAccounts.js";
import { BalancesIssuance, FreeBalance, TotalIssuance } from "../../host/ledger/state/balances.js";
import type { Account } from "../../host/ledger/state/codecs.js";
import { entryKey } from "../../host/ledger/state/item.js";
import { ITEMS } from "../../host/ledger/state/items.js";
import { SubnetAlphaIn, SubnetAlphaOut, SubnetTAO, TotalStake } from "../../host/ledger/state/pools.js";
import { State } from "../../host/ledger/state/state.js";
import { NetworksAdded, SubnetMechanism, SubnetOwner, SubtokenEnabled } from "../../host/ledger/state/subnets.js";
import { BlockNumber } from "../../host/ledger/state/system.js";
import { ANN, accountOf, BEN } from "./ledger.js";

export const TAO = 1_000_000_000n;

/** The rule context of a state; events are kept. */
export function ruleContext(state: State): RuleContext & { readonly events: LedgerEvent[] } {
  const events: LedgerEvent[] = [];
  return { state, kernel: ledgerKernel(), emit: (event) => void events.push(event), events };
}

/** The state of block 100 with a started root; accounts of the bytes 1 to 9 have a thousand TAO each. */
export function stakingState(): State {
  const state = new State();
  state.write(BlockNumber, 100);
  state.write(NetworksAdded, 0, true);
  state.write(SubtokenEnabled, 0, true);
  for (let byte = 1; byte <= 9; byte++) endow(state, accountOf(byte), 1_000n * TAO);
  return state;
}

/** Gives an account TAO out of nothing. */
export function endow(state: State, account: Account, rao: bigint): void {
  state.write(FreeBalance, account, state.read(FreeBalance, account) + rao);
  state.write(BalancesIssuance, state.read(BalancesIssuance) + rao);
  state.write(TotalIssuance, state.read(TotalIssuance) + rao);
}

/** Adds a started subnet with a pool. */
export function addSubnet(state: State, netuid: number, taoRao: bigint, alphaRao: bigint, owner = accountOf(9)): void {
  state.write(NetworksAdded, netuid, true);
  state.write(SubtokenEnabled, netuid, true);
  state.write(SubnetMechanism, netuid, 1);
  state.write(SubnetOwner, netuid, owner);
  state.write(SubnetTAO, netuid, taoRao);
  state.write(SubnetAlphaIn, netuid, alphaRao);
  state.write(TotalStake, state.read(TotalStake) + taoRao);
  endow(state, subnetAccount(netuid), taoRao);
}

/** Carries out a call; a failed one leaves the state as it was. Gives its error. */
export function call(state: State, by: Pick<Signer, "account">, made: Call): LedgerErrorName | null {
  return called(state, by, made).error;
}

/** The same, with the events. */
export function called(state: State, by: Pick<Signer, "account">, made: Call) {
  const events: LedgerEvent[] = [];
  const before = fingerprint(state);
  const failure = dispatch(state, events, { kind: "signed", signer: by.account }, made);
  if (failure) expect(fingerprint(state)).toBe(before);
  return { error: failure?.error ?? null, events };
}

/** Every entry, as text. */
export function fingerprint(state: State): string {
  const lines: string[] = [];
  for (const item of ITEMS) {
    for (const [keys, value] of state.entries(item)) {
      lines.push(
        `${Buffer.from(entryKey(item, keys)).toString("hex")}=${Buffer.from(item.value.enc(value)).toString("hex")}`,
      );
    }
  }
  return lines.join("\n");
}

/** What must hold after any call: balances sum to their issuance, and a subnet's account holds the TAO of its pool at least. */
export function checkConservation(state: State): void {
  const sum = state.entries(FreeBalance).reduce((total, [, rao]) => total + rao, 0n);
  expect(sum).toBe(state.read(BalancesIssuance));
  for (const [[netuid]] of state.entries(NetworksAdded)) {
    expect(state.read(FreeBalance, subnetAccount(netuid))).toBeGreaterThanOrEqual(state.read(SubnetTAO, netuid));
    expect(state.read(SubnetAlphaOut, netuid)).toBeGreaterThanOrEqual(0n);
  }
}

/** A hotkey of account 2, and one of account 3. */
export const [HOT, OTHER] = [accountOf(20), accountOf(21)] as const;

/** Subnet 1 at 0.5 TAO, subnet 2 at 2, and both hotkeys. */
export function twoSubnets(): State {
  const state = stakingState();
  addSubnet(state, 1, 1_000n * TAO, 2_000n * TAO);
  addSubnet(state, 2, 1_000n * TAO, 500n * TAO);
  createHotkey(state, ANN.account, HOT);
  createHotkey(state, BEN.account, OTHER);
  return state;
}

/** The same with 10 TAO of Ann's staked to her hotkey on subnet 1. */
export function staked(): State {
  const state = twoSubnets();
  const { addStake } = calls.staking;
  expect(call(state, ANN, addStake({ hotkey: HOT, netuid: 1, amountRao: 10n * TAO }))).toBeNull();
  return state;
}

/** Ann's stake. */
export function stakeOfAnn(state: State, netuid = 1, hotkey: Account = HOT): bigint {
  return stakeOf(ruleContext(state), hotkey, ANN.account, netuid);
}

/** Carries out calls of Ann's, looks that TAO is conserved, and remembers the errors. */
export function recordingErrors() {
  const reached = new Set<string>();
  const errorOf = (state: State, made: Call, by: Pick<Signer, "account"> = ANN): string | null => {
    const error = call(state, by, made);
    if (error) reached.add(error);
    else checkConservation(state);
    return error?.replace("SubtensorModule.", "") ?? null;
  };
  return { reached, errorOf };
}
