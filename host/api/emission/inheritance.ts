/** Inherited stake: what each uid of a subnet brings to the epoch after its parents lent and its children borrowed. */
import * as abi from "../../../assembly/emission/contract.js";
import { guarded, type Kernel } from "../../load/kernel.js";
import { type AccountId, account } from "../../marshal/accounts.js";
import {
  beginHotkeys,
  type CheckedHotkeys,
  checkHotkeys,
  type HotkeyTable,
  hotkeyAmounts,
  hotkeyBits,
} from "../../marshal/hotkeys.js";
import { array, present, record } from "../../marshal/values.js";

/** A table of hotkeys and which of them hold the uids. */
export interface InheritanceInput extends HotkeyTable {
  /** The hotkey of each uid. One that is not in the table has no stake. */
  readonly uids: readonly AccountId[];
}

/** One entry a uid; the first two fit an epoch snapshot as they are. */
export interface InheritedStake {
  /** Alpha-rao. */
  alphaStake: bigint[];
  /** Root TAO in rao. */
  taoStake: bigint[];
  /** I64F64 bits, rao: alpha plus weighted TAO. */
  totalBits: bigint[];
  /** Rao: the part of its own weighted stake a hotkey did not give to children. */
  selfContribution: bigint[];
}

/**
 * Computes the stake every uid brings to the epoch: own − Σ own·p over children + Σ parent's·p over parents, for alpha and
 * root TAO alike, p = proportion / (2^64 − 1) in U96F32.
 *
 * @param input  the subnet's hotkeys, `taoWeight`, and the hotkey of each uid
 * @returns one entry a uid, truncated to rao
 *
 * Children given more than all leave 0, not less. Throws YumaError: MISSING_FIELD, UNKNOWN_FIELD, BAD_VALUE,
 * DUPLICATE_ACCOUNT, TOO_LARGE. Source: subtensor `staking/stake_utils.rs` `get_stake_weights_for_network`, spec 425.
 */
export function inheritedStake(kernel: Kernel, input: InheritanceInput): InheritedStake {
  const given = record("The input", input);
  const uids = Array.from(array("uids", present("uids", given.uids)), (name, uid) => account(`uids[${uid}]`, name));
  const table = checkHotkeys(given, uids);
  const count = table.names.length;
  return {
    ...inheritStake(kernel, table, uids),
    totalBits: ofUids(table, uids, hotkeyBits(kernel, abi.HOTKEY_TOTAL_STAKE, count)),
    selfContribution: ofUids(table, uids, hotkeyAmounts(kernel, abi.HOTKEY_OWN_CONTRIBUTION, count)),
  };
}

/** What an epoch takes of it, of a table that is checked and in which every uid has a place. */
export function inheritStake(
  kernel: Kernel,
  table: CheckedHotkeys,
  uids: readonly AccountId[],
): Pick<InheritedStake, "alphaStake" | "taoStake"> {
  beginHotkeys(kernel, table);
  guarded(kernel, kernel.exports.inheritStake);
  const count = table.names.length;
  return {
    alphaStake: ofUids(table, uids, hotkeyAmounts(kernel, abi.HOTKEY_INHERITED_ALPHA, count)),
    taoStake: ofUids(table, uids, hotkeyAmounts(kernel, abi.HOTKEY_INHERITED_TAO, count)),
  };
}

/** Values a place of the table, one a uid. */
function ofUids({ places }: CheckedHotkeys, uids: readonly AccountId[], values: readonly bigint[]): bigint[] {
  return uids.map((name) => values[places.get(name)!]!);
}
