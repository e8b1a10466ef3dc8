/** The calls on weights. */
import { batchCommitWeights, batchSetWeights } from "./batches.js";
import { commitMechanismWeights, commitWeights } from "./commit.js";
import { batchRevealWeights, revealMechanismWeights, revealWeights } from "./reveal.js";
import { setMechanismWeights, setWeights } from "./set.js";
import { commitCrv3MechanismWeights, commitTimelockedMechanismWeights, commitTimelockedWeights } from "./timelocked.js";

/** By the names of their builders. */
export const WEIGHTS_CALLS = {
  setWeights,
  setMechanismWeights,
  batchSetWeights,
  commitWeights,
  commitMechanismWeights,
  batchCommitWeights,
  revealWeights,
  revealMechanismWeights,
  batchRevealWeights,
  commitTimelockedWeights,
  commitTimelockedMechanismWeights,
  commitCrv3MechanismWeights,
};
