/** Claims root dividends for a few stakers of the root, whom the digest of the block before points at. */
import { claimForBlock } from "../rules/rootStakers.js";
import type { StepContext } from "./steps.js";

/** Source: subtensor staking/claim_root.rs, run_auto_claim_root_divs. */
export function claimRootDividends(context: StepContext): void {
  claimForBlock(context, context.parentDigest);
}
