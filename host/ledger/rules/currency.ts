/**
 * Moving free TAO, with the existential deposit. A balance is absent or at least the deposit; what would be left below it is
 * dust and ceases to exist. Matches the balances pallet without reserves, freezes and holds, which nothing here makes.
 */
import { ensure } from "../errors.js";
import type { Emit } from "../events.js";
import { BalancesIssuance, FreeBalance } from "../state/balances.js";
import type { Account } from "../state/codecs.js";
import type { State } from "../state/state.js";

/** The least a balance may be, in rao. */
export const EXISTENTIAL_DEPOSIT_RAO = 500n;

const MAX_U64 = (1n << 64n) - 1n;

/** Errors of moving TAO. */
export const BALANCES_ERRORS = [
  "Token.FundsUnavailable",
  "Token.NotExpendable",
  "Token.BelowMinimum",
  "Arithmetic.Overflow",
] as const;

/** Events of moving TAO. Amounts in rao. */
export type BalancesEvent =
  | { readonly name: "System.NewAccount"; readonly account: Account }
  | { readonly name: "System.KilledAccount"; readonly account: Account }
  | { readonly name: "Balances.Endowed"; readonly account: Account; readonly freeRao: bigint }
  | { readonly name: "Balances.DustLost"; readonly account: Account; readonly amountRao: bigint }
  | { readonly name: "Balances.Transfer"; readonly from: Account; readonly to: Account; readonly amountRao: bigint }
  | { readonly name: "Balances.BalanceSet"; readonly account: Account; readonly freeRao: bigint };

/** A transfer to be: `mayReap` lets the sender's account end. */
export interface Transfer {
  readonly from: Account;
  readonly to: Account;
  readonly amountRao: bigint;
  readonly mayReap: boolean;
}

/** The most an account can give, in rao: all, or all but the existential deposit where it must live on. */
export function reducibleRao(state: State, account: Account, mayReap: boolean): bigint {
  const freeRao = state.read(FreeBalance, account);
  if (mayReap) return freeRao;
  return freeRao > EXISTENTIAL_DEPOSIT_RAO ? freeRao - EXISTENTIAL_DEPOSIT_RAO : 0n;
}

/**
 * The checks of a transfer, in the chain's order: enough is there (Token.FundsUnavailable), the sender survives if it must
 * (Token.NotExpendable), the receiver's balance neither overflows (Arithmetic.Overflow) nor stays below the deposit
 * (Token.BelowMinimum). Nothing amiss with a transfer of 0.
 */
export function checkTransfer(state: State, { from, to, amountRao, mayReap }: Transfer): void {
  if (amountRao === 0n) return;
  const leftRao = state.read(FreeBalance, from) - amountRao;
  ensure(leftRao >= 0n, "Token.FundsUnavailable");
  ensure(mayReap || leftRao >= EXISTENTIAL_DEPOSIT_RAO, "Token.NotExpendable");
  const arrivedRao = state.read(FreeBalance, to) + amountRao;
  ensure(arrivedRao <= MAX_U64, "Arithmetic.Overflow");
  ensure(arrivedRao >= EXISTENTIAL_DEPOSIT_RAO, "Token.BelowMinimum");
}

/** Carries out a checked transfer; to oneself it does nothing. Returns the dust that ceased to exist, in rao. */
export function transfer(state: State, emit: Emit, { from, to, amountRao }: Transfer): bigint {
  if (from === to) return 0n;
  const dustRao = setFree(state, emit, from, state.read(FreeBalance, from) - amountRao);
  setFree(state, emit, to, state.read(FreeBalance, to) + amountRao);
  if (dustRao > 0n) state.write(BalancesIssuance, state.read(BalancesIssuance) - dustRao);
  emit({ name: "Balances.Transfer", from, to, amountRao });
  return dustRao;
}

/** The check of `forceBalance`: the issuance of balances stays a u64 (Arithmetic.Overflow). */
export function checkForceBalance(state: State, account: Account, freeRao: bigint): void {
  const issuanceRao = state.read(BalancesIssuance) - state.read(FreeBalance, account) + freeRao;
  ensure(issuanceRao <= MAX_U64, "Arithmetic.Overflow");
}

/** Gives an account this balance, ending it below the deposit; what came or went is issued or destroyed. */
export function forceBalance(state: State, emit: Emit, account: Account, freeRao: bigint): void {
  const keptRao = freeRao < EXISTENTIAL_DEPOSIT_RAO ? 0n : freeRao;
  const issuanceRao = state.read(BalancesIssuance) - state.read(FreeBalance, account) + keptRao;
  setFree(state, emit, account, keptRao);
  state.write(BalancesIssuance, issuanceRao);
  emit({ name: "Balances.BalanceSet", account, freeRao: keptRao });
}

/** Whether an account can take newly made TAO: it exists, or would begin with the existential deposit; its balance stays a u64. */
export function canDeposit(state: State, account: Account, amountRao: bigint): boolean {
  const arrivedRao = state.read(FreeBalance, account) + amountRao;
  return arrivedRao >= EXISTENTIAL_DEPOSIT_RAO && arrivedRao <= MAX_U64;
}

/** Puts newly made TAO into an account that can take it; the issuance of balances follows. */
export function deposit(state: State, emit: Emit, account: Account, amountRao: bigint): void {
  setFree(state, emit, account, state.read(FreeBalance, account) + amountRao);
  state.write(BalancesIssuance, state.read(BalancesIssuance) + amountRao);
}

/** Writes a balance, beginning or ending the account as needed. Returns the dust, in rao, which is off no total yet. */
function setFree(state: State, emit: Emit, account: Account, freeRao: bigint): bigint {
  const existed = state.has(FreeBalance, account);
  if (freeRao >= EXISTENTIAL_DEPOSIT_RAO) {
    state.write(FreeBalance, account, freeRao);
    if (!existed) {
      emit({ name: "System.NewAccount", account });
      emit({ name: "Balances.Endowed", account, freeRao });
    }
    return 0n;
  }
  state.remove(FreeBalance, account);
  if (existed) emit({ name: "System.KilledAccount", account });
  if (freeRao > 0n) emit({ name: "Balances.DustLost", account, amountRao: freeRao });
  return freeRao;
}
