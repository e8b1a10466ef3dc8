/** The dividends of one hotkey, shared with the parents whose stake earned them. */
import * as abi from "../../../assembly/emission/contract.js";
import { guarded, type Kernel } from "../../load/kernel.js";
import { type AccountId, account } from "../../marshal/accounts.js";
import { amount } from "../../marshal/amounts.js";
import { beginHotkeys, checkHotkeys, type HotkeyTable, hotkeyAmounts, type Rao } from "../../marshal/hotkeys.js";
import { present, record, u64 } from "../../marshal/values.js";
import type { U64 } from "../../types.js";

/** A table of hotkeys, one of them, and its dividends. */
export interface ParentSharesInput extends HotkeyTable {
  /** What is recycled of dividends to a parent of another coldkey, u64 over 2^64 − 1; 0 on the chain so far. */
  readonly childkeyBurn: U64;
  readonly hotkey: AccountId;
  /** Alpha-rao. */
  readonly dividends: Rao;
}

/** Who gets what of one hotkey's dividends. */
export interface ParentShares {
  /** Rao: the part of its own weighted stake the hotkey did not give to children. */
  selfContribution: bigint;
  /** Alpha-rao: each parent in stored order (one may stand twice), the hotkey itself last. */
  shares: [hotkey: AccountId, alphaRao: bigint][];
  /** Alpha-rao. */
  recycled: bigint;
}

/**
 * Shares one hotkey's dividends with its parents: each gets dividends · contribution / Σ contribution, less childkey take
 * and burn where its coldkey is another; the hotkey keeps the rest and the takes.
 *
 * @param input  the subnet's hotkeys, the hotkey in question and its dividends in alpha-rao
 * @returns the shares, truncated to rao; what is recycled
 *
 * A hotkey without parents keeps all. Where take and burn together exceed one, the take is still credited in full, as on
 * the chain. Throws YumaError as `distributeDividends` does.
 * Source: subtensor `coinbase/run_coinbase.rs` `get_parent_child_dividends_distribution`.
 */
export function shareDividends(kernel: Kernel, input: ParentSharesInput): ParentShares {
  const given = record("The input", input);
  const hotkey = account("hotkey", present("hotkey", given.hotkey));
  const dividends = amount("dividends", present("dividends", given.dividends));
  const table = checkHotkeys(given, [hotkey]);
  const slots = beginHotkeys(kernel, table, {
    [abi.HOTKEY_SCALAR_CHILDKEY_BURN]: u64("childkeyBurn", present("childkeyBurn", given.childkeyBurn)),
  });
  const i = table.names.indexOf(hotkey);
  const count = guarded(kernel, () => kernel.exports.shareDividends(i, dividends));
  const first = table.parents.start[i] as number;
  const parents = table.parentPlaces.subarray(first, first + count - 1);
  const shares = hotkeyAmounts(kernel, abi.HOTKEY_SHARES, count);
  return {
    selfContribution: hotkeyAmounts(kernel, abi.HOTKEY_OWN_CONTRIBUTION, table.names.length)[i] as bigint,
    shares: [...parents, i].map((place, k) => [table.names[place] as AccountId, shares[k] as bigint]),
    recycled: slots[abi.HOTKEY_SCALAR_RECYCLED] as bigint,
  };
}
