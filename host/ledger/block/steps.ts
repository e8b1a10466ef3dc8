/** What happens in a block before its calls, in order: one file a step. This is the table of contents of the block. */
import type { Kernel } from "../../load/kernel.js";
import type { Emit } from "../events.js";
import type { Account } from "../state/codecs.js";
import type { State } from "../state/state.js";
import { putChildrenInForce } from "./children.js";
import { runDueEpochs } from "./dueEpochs.js";
import { emitToSubnets } from "./emission.js";
import { governProposals } from "./governance.js";
import { forgetHotkeySwaps } from "./hotkeySwaps.js";
import { openBlock } from "./openBlock.js";
import { updateMovingPrices, updateRootProportions } from "./prices.js";
import { decayRegistrationPrices } from "./registrationPrices.js";
import { revealTimelockedCommits } from "./reveals.js";
import { claimRootDividends } from "./rootClaims.js";

/** What a step may see and do. */
export interface StepContext {
  readonly state: State;
  /** All fixed-point arithmetic. */
  readonly kernel: Kernel;
  /** The digest of the block before. */
  readonly parentDigest: Account;
  readonly emit: Emit;
}

/** A step of the block. It cannot fail: what may is a defect, and takes the whole block back. */
export type Step = (context: StepContext) => void;

/** The steps in the chain's order. */
export const STEPS: readonly Step[] = [
  openBlock,
  forgetHotkeySwaps,
  decayRegistrationPrices,
  revealTimelockedCommits,
  emitToSubnets,
  runDueEpochs,
  updateMovingPrices,
  updateRootProportions,
  putChildrenInForce,
  claimRootDividends,
  governProposals,
];
