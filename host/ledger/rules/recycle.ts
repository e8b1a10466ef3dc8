/** Taking TAO out of existence. Source: subtensor coinbase/tao.rs, recycle_tao. */
import { ensure } from "../errors.js";
import { BalancesIssuance, FreeBalance, TotalIssuance } from "../state/balances.js";
import type { Account } from "../state/codecs.js";
import type { State } from "../state/state.js";
import { reducibleRao } from "./currency.js";
import { saturatedU64 } from "./integers.js";

/** Whether an account can lose an amount and live on. */
export function canRecycle(state: State, account: Account, amountRao: bigint): boolean {
  return amountRao <= reducibleRao(state, account, false);
}

/** Takes an amount from an account, which lives on, and from both issuances. Error: InsufficientBalance. */
export function recycleTao(state: State, account: Account, amountRao: bigint): void {
  ensure(canRecycle(state, account, amountRao), "SubtensorModule.InsufficientBalance", { account, amountRao });
  takeAway(state, account, amountRao);
}

/** Takes all an account can lose and live on. Returns how much, rao. */
export function recycleAllButDeposit(state: State, account: Account): bigint {
  const amountRao = reducibleRao(state, account, false);
  takeAway(state, account, amountRao);
  return amountRao;
}

function takeAway(state: State, account: Account, amountRao: bigint): void {
  if (amountRao === 0n) return;
  state.write(FreeBalance, account, state.read(FreeBalance, account) - amountRao);
  state.write(BalancesIssuance, state.read(BalancesIssuance) - amountRao);
  state.write(TotalIssuance, saturatedU64(state.read(TotalIssuance) - amountRao));
}
