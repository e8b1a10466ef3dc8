/** The errors of staking and all that goes with it, from the rules that raise them. */
import type { HOTKEY_ERRORS } from "./hotkeys.js";
import type { SUBNET_ACCOUNT_ERRORS } from "./subnetAccounts.js";
import type { SUBNET_CHECK_ERRORS } from "./subnetChecks.js";
import type { SWAP_ERRORS } from "./swap.js";

/** Their names. */
export type StakingError =
  | (typeof HOTKEY_ERRORS)[number]
  | (typeof SUBNET_ACCOUNT_ERRORS)[number]
  | (typeof SUBNET_CHECK_ERRORS)[number]
  | (typeof SWAP_ERRORS)[number];
