/** The calls on free TAO. */
import { forceSetBalance, forceTransfer } from "./forced.js";
import { transferAll, transferAllowDeath, transferKeepAlive } from "./transfers.js";

/** By the names of their builders. */
export const BALANCES_CALLS = { transferAllowDeath, transferKeepAlive, transferAll, forceTransfer, forceSetBalance };
