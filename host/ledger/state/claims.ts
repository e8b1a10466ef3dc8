/** Storage of root dividends to be claimed. Amounts are in rao; defaults are those of spec 425. */

import { account, netuid } from "./codecs.js";
import { u64, u128 } from "./integers.js";
import { item } from "./item.js";
import { bits128s, claimRates, claimType, NO_RATES, SWAP_CLAIMS } from "./values.js";

/** By subnet, what a unit of root stake with a hotkey has earned, I96F32; ascending netuids. */
export const RootClaimable = item("SubtensorModule.RootClaimable", [account], claimRates, NO_RATES);

/** What a coldkey has claimed of a hotkey: subnet, hotkey, coldkey. */
export const RootClaimed = item("SubtensorModule.RootClaimed", [netuid, account, account], u128, 0n);

/** What a coldkey wants done with claims. */
export const RootClaimType = item("SubtensorModule.RootClaimType", [account], claimType, SWAP_CLAIMS);

/** The least claim that is paid, I96F32: 500,000 rao. */
export const RootClaimableThreshold = item(
  "SubtensorModule.RootClaimableThreshold",
  [netuid],
  bits128s,
  2_147_483_648_000_000n,
);

/** Coldkeys claimed for in each block. */
export const NumRootClaim = item("SubtensorModule.NumRootClaim", [], u64, 5n);

/** Every item of this area. */
export const CLAIM_ITEMS = [RootClaimable, RootClaimed, RootClaimType, RootClaimableThreshold, NumRootClaim];
