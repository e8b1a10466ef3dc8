/** The explanation of one uid: which questions to answer, in which order. */
import { shown, YumaError } from "../../errors.js";
import type { Kernel } from "../../load/kernel.js";
import type { Rows } from "../../marshal/rows.js";
import { plain } from "../../marshal/values.js";
import type { EpochSnapshot } from "../../types.js";
import { explainBonds, explainDividends } from "./bonds.js";
import { explainEmission } from "./emission.js";
import { explainConsensus, explainIncentive } from "./incentive.js";
import { explainPermit, explainStake } from "./stake.js";
import type { Explanation, ExplanationSection } from "./types.js";
import { type View, viewEpoch } from "./view.js";
import { explainTrust, explainWeights } from "./weights.js";

/**
 * Explains the numbers of one uid: why this incentive, this validator trust, these dividends; which of its weights were
 * masked and by which rule; where the clip fell and who stood on each side of it, with how much stake.
 *
 * The arithmetic told is done again in exact integers from the kernel's intermediates and must agree with it; if it ever
 * did not, this throws INTERNAL rather than tell a story.
 *
 * Throws YumaError as `epoch` does, and BAD_UID for a uid outside the subnet.
 */
export function explainEpoch(kernel: Kernel, snapshot: EpochSnapshot, uid: number): Explanation {
  const view = viewEpoch(kernel, snapshot);
  if (!Number.isInteger(uid) || uid < 0 || uid >= view.n) {
    throw new YumaError("BAD_UID", `There is no uid ${shown(uid)} in a subnet of ${view.n} uids.`, {
      uid: plain(uid),
      n: view.n,
    });
  }
  const { name } = view.input.settings;
  const hotkey = view.input.hotkeys?.[uid];
  return {
    ...(name === undefined ? {} : { name }),
    uid,
    ...(hotkey === undefined ? {} : { hotkey }),
    specVersion: view.input.rules.specVersion,
    sections: sections(view, uid),
  };
}

/** What the uid is decides what is asked: a miner is explained by the votes on it, a validator by what it did. */
function sections(view: View, uid: number): ExplanationSection[] {
  const stored = (rows: Rows) => (rows.start[uid + 1] ?? 0) > (rows.start[uid] ?? 0);
  const setsWeights = stored(view.input.weights);
  const standing = [explainStake(view, uid), explainPermit(view, uid)];
  if (view.input.nullMode) {
    return [explainEmission(view, uid), ...(setsWeights ? [explainWeights(view, uid)] : []), ...standing];
  }
  const isValidator = setsWeights || stored(view.input.bonds);
  const isWeighed = view.medianStake.some((stake, validator) => stake > 0n && view.weights.at(validator, uid));
  return [
    explainEmission(view, uid),
    ...(isWeighed || !isValidator ? [explainConsensus(view, uid), explainIncentive(view, uid)] : []),
    ...(setsWeights ? [explainWeights(view, uid), explainTrust(view, uid)] : []),
    ...(isValidator ? [explainBonds(view, uid), explainDividends(view, uid)] : []),
    ...standing,
  ];
}
