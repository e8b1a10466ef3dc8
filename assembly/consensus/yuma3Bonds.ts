/** K.9 Yuma 3 bonds: each bond moves from its old value towards the weight, by one α or by one of its own. */
import { shareBonds } from "./bondShares";
import * as frame from "./frame";
import { averageBondsLiquid, isLiquid } from "./liquidAlpha";
import { averageBonds } from "./movingAverage";

/** emaBonds = the average itself; bondShares, which earn dividends, = its columns normalised. Matches run_epoch.rs, "Yuma3On". */
export function updateYuma3Bonds(): void {
  if (isLiquid()) averageBondsLiquid();
  else averageBonds(frame.bondWeights);
  shareBonds();
}
