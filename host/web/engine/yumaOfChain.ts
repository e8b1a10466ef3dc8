/** What reading the chain asks of the package. The page's build puts this module in the place of the package's entry. */
import { runCoinbase } from "../../api/emission/coinbase.js";
import {
  type InheritanceInput,
  type InheritedStake,
  inheritedStake as stakeOf,
} from "../../api/emission/inheritance.js";
import type { CoinbaseOptions, CoinbaseResult, CoinbaseState } from "../../api/emission/types.js";
import { pageKernel } from "./pageKernel.js";

export { mechanismsEpoch } from "./yuma.js";

/** What one block emits to every subnet. */
export const coinbase = (state: CoinbaseState, options?: CoinbaseOptions): CoinbaseResult =>
  runCoinbase(pageKernel(), state, options);

/** The stake every uid brings to the epoch, after parents and children. */
export const inheritedStake = (input: InheritanceInput): InheritedStake => stakeOf(pageKernel(), input);
