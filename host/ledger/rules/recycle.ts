/** Taking TAO out of existence. Source: subtensor coinbase/tao.rs, recycle_tao. */
import { ensure } from "../errors.js";
import { BalancesIssuance, FreeBalance, TotalIssuance } from "../state/balances.js";
import type { Account } from "../state/codecs.js";
import type { State } from "../state/state.js";
import { reducibleRao } from "./currency.js";

/** Whether an account can lose an amount and live on. */
export function canRecycle(state: State, account: Account, amountRao: bigint): boolean {
  return amountRao <= reducibleRao(state, account, false);
}

/** Takes an amount from an account, which lives on, and from both issuances. Error: InsufficientBalance. */
export function recycleTao(state: State, account: Account, amountRao: bigint): void {
  ensure(canRecycle(state, account, amountRao), "SubtensorModule.InsufficientBalance", { account, amountRao });
  if (amountRao === 0n) return;
  const issuedRao = state.read(TotalIssuance);
  state.write(FreeBalance, account, state.read(FreeBalance, account) - amountRao);
  state.write(BalancesIssuance, state.read(BalancesIssuance) - amountRao);
  state.write(TotalIssuance, issuedRao > amountRao ? issuedRao - amountRao : 0n);
}
