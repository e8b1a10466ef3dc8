/** Storage of free TAO. */

import { account, rao } from "./codecs.js";
import { item } from "./item.js";

/** Free TAO in rao: absent, or at least the existential deposit. On the chain a field of System.Account. */
export const FreeBalance = item("Balances.Free", [account], rao, 0n);

/** The sum of all free balances in rao, exactly. */
export const BalancesIssuance = item("Balances.TotalIssuance", [], rao, 0n);

/**
 * What the chain's own accounting holds to exist, in rao; block emission is computed from it. Dust of plain transfers is not
 * taken off here, dust of staking, registration and the like is (subtensor coinbase/tao.rs).
 */
export const TotalIssuance = item("SubtensorModule.TotalIssuance", [], rao, 0n);

/** Every item of this area. */
export const BALANCES_ITEMS = [FreeBalance, BalancesIssuance, TotalIssuance];
