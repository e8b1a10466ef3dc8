/** TAO a block brings into being: minted up to the cap, spent into accounts, what is left recycled. Source: subtensor coinbase/tao.rs. */
import { blockEmissionAt } from "../../api/emission/issuance.js";
import { BalancesIssuance, TotalIssuance } from "../state/balances.js";
import type { Account } from "../state/codecs.js";
import type { RuleContext } from "./context.js";
import { canDeposit, deposit } from "./currency.js";
import { lesser, saturatedU64 } from "./integers.js";

/** The most TAO there ever is, rao. */
const MAX_ISSUANCE_RAO = 21_000_000_000_000_000n;

/** TAO minted and not yet spent. */
export interface Purse {
  readonly mintedRao: bigint;
  leftRao: bigint;
}

/** Mints what the curve gives at the present issuance, never beyond the cap on all balances. */
export function mint({ state, kernel }: RuleContext): Purse {
  const issuanceRao = state.read(TotalIssuance);
  const roomRao = saturatedU64(MAX_ISSUANCE_RAO - state.read(BalancesIssuance));
  const mintedRao = lesser(blockEmissionAt(kernel, issuanceRao), roomRao);
  state.write(TotalIssuance, saturatedU64(issuanceRao + mintedRao));
  return { mintedRao, leftRao: mintedRao };
}

/** Puts a part of a purse into an account; false, and nothing done, where it holds less or the account cannot take it. */
export function spend({ state, emit }: RuleContext, purse: Purse, account: Account, amountRao: bigint): boolean {
  if (purse.leftRao < amountRao || !canDeposit(state, account, amountRao)) return false;
  purse.leftRao -= amountRao;
  deposit(state, emit, account, amountRao);
  return true;
}

/** Recycles what is left: it never came to be. */
export function recycle({ state }: RuleContext, purse: Purse): void {
  if (purse.leftRao > 0n) state.write(TotalIssuance, saturatedU64(state.read(TotalIssuance) - purse.leftRao));
  purse.leftRao = 0n;
}
