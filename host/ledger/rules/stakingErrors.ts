/** The errors of staking and all that goes with it, from the rules that raise them. */

import type { CLAIM_ERRORS } from "../calls/root/claims.js";
import type { ROOT_ERRORS } from "../calls/root/register.js";
import type { ALPHA_ERRORS } from "../calls/staking/alpha.js";
import type { AUTO_STAKE_ERRORS } from "../calls/staking/hotkeys.js";
import type { TAKE_ERRORS } from "../calls/takes/takes.js";
import type { CHILDREN_ERRORS } from "./children.js";
import type { HOTKEY_ERRORS } from "./hotkeys.js";
import type { LOCK_ERRORS } from "./locks.js";
import type { RATE_LIMIT_ERRORS } from "./rateLimits.js";
import type { STAKE_CHECK_ERRORS } from "./stakeChecks.js";
import type { STAKING_ERRORS } from "./staking.js";
import type { SUBNET_ACCOUNT_ERRORS } from "./subnetAccounts.js";
import type { SUBNET_CHECK_ERRORS } from "./subnetChecks.js";
import type { SWAP_ERRORS } from "./swap.js";

/** Their names. */
export type StakingError =
  | (typeof HOTKEY_ERRORS)[number]
  | (typeof LOCK_ERRORS)[number]
  | (typeof STAKING_ERRORS)[number]
  | (typeof RATE_LIMIT_ERRORS)[number]
  | (typeof STAKE_CHECK_ERRORS)[number]
  | (typeof ALPHA_ERRORS)[number]
  | (typeof AUTO_STAKE_ERRORS)[number]
  | (typeof CLAIM_ERRORS)[number]
  | (typeof ROOT_ERRORS)[number]
  | (typeof TAKE_ERRORS)[number]
  | (typeof CHILDREN_ERRORS)[number]
  | (typeof SUBNET_ACCOUNT_ERRORS)[number]
  | (typeof SUBNET_CHECK_ERRORS)[number]
  | (typeof SWAP_ERRORS)[number];
