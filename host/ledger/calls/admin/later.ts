/** Parameters of rules that came after spec 425. Under rules without them the calls are refused. Source: the admin-utils pallet. */

import type { Rules } from "../../../types.js";
import { ensure } from "../../errors.js";
import { ownerLimit } from "../../rules/rateLimits.js";
import { rulesInForce } from "../../rules/ruleSet.js";
import * as item from "../../state/hyperparameters.js";
import { type Arguments, wordArgument } from "../arguments.js";
import { type DefinedCall, defineCall } from "../call.js";
import { subnetParameter } from "./parameter.js";

/** The call where the rules in force have what it sets; else System.CallFiltered, before all other checks. */
function under<F extends Arguments>(has: (rules: Rules) => boolean, call: DefinedCall<F>): DefinedCall<F> {
  return defineCall({
    ...call,
    check: (context, values) => {
      ensure(has(rulesInForce(context.state)), "System.CallFiltered", { call: call.name });
      return call.check(context, values);
    },
  });
}

const haveModes = ({ liquidAlphaConsensus }: Rules) => liquidAlphaConsensus === "perSubnet";

const setLiquidAlphaConsensusMode = subnetParameter({
  call: "sudo_set_liquid_alpha_consensus_mode",
  index: 104,
  field: "mode",
  of: wordArgument(item.consensusMode),
  item: item.LiquidAlphaConsensusMode,
  by: ownerLimit("LiquidAlphaConsensusMode"),
  event: "SubtensorModule.LiquidAlphaConsensusModeSet",
  unchecked: ["existence"],
});

/** By the names of their builders. */
export const LATER_PARAMETERS = {
  /** Spec 446. */
  setLiquidAlphaConsensusMode: under(haveModes, setLiquidAlphaConsensusMode),
};
