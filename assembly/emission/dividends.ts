/** The dividends of a subnet's epoch: who earned them, in alpha or for the root, and how much of the pots that is. */
import { HOTKEY_SCALAR_PENDING_ROOT } from "./contract";
import { gatherDividends } from "./gather";
import * as keys from "./keys";
import { scale, validatorPot } from "./pots";
import { splitByRoot } from "./rootSplit";

// U96F32 scratch: the sums of the parts.
const ALPHA_SUM = memory.data(16);
const ROOT_SUM = memory.data(16);

/** All of it. Matches run_coinbase.rs `calculate_dividend_and_incentive_distribution`. */
export function distribute(): void {
  gatherDividends();
  split(validatorPot());
}

/** From the hotkeys' dividends on, with the given pot of alpha dividends. */
export function split(alphaPot: u64): void {
  splitByRoot(ALPHA_SUM, ROOT_SUM);
  scale(keys.alphaDividends, ALPHA_SUM, alphaPot);
  scale(keys.rootDividends, ROOT_SUM, keys.scalar(HOTKEY_SCALAR_PENDING_ROOT));
}
