/** Taking TAO out of existence. Source: subtensor coinbase/tao.rs, recycle_tao. */
import { BalancesIssuance, FreeBalance, TotalIssuance } from "../state/balances.js";
import type { Account } from "../state/codecs.js";
import type { State } from "../state/state.js";
import { reducibleRao } from "./currency.js";
import { saturatedU64 } from "./integers.js";

/** Recycles all an account can give and live; both issuances follow. Returns how much, rao. */
export function recycleAllButDeposit(state: State, account: Account): bigint {
  const rao = reducibleRao(state, account, false);
  if (rao === 0n) return 0n;
  state.write(FreeBalance, account, state.read(FreeBalance, account) - rao);
  state.write(BalancesIssuance, state.read(BalancesIssuance) - rao);
  state.write(TotalIssuance, saturatedU64(state.read(TotalIssuance) - rao));
  return rao;
}
