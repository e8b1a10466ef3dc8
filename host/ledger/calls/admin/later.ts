/** Parameters of rules that came after spec 425. Under rules without them the calls are refused. Source: the admin-utils pallet. */

import type { Rules } from "../../../types.js";
import { ensure } from "../../errors.js";
import { ensureNotFrozen } from "../../rules/freezeWindow.js";
import { checkEpochConsensus, setEpochConsensus } from "../../rules/nullMode.js";
import { ensureSubnetOwnerOrRoot } from "../../rules/origins.js";
import { ensurePasses, ownerLimit, recordDone } from "../../rules/rateLimits.js";
import { rulesInForce } from "../../rules/ruleSet.js";
import { checkSubnetExists } from "../../rules/subnetChecks.js";
import { EmissionBarQuantile, EmissionBarRank, EmissionGateBar, EmissionGateExponent } from "../../state/gate.js";
import * as item from "../../state/hyperparameters.js";
import type { State } from "../../state/state.js";
import { epochConsensus } from "../../state/subnets.js";
import { type Arguments, wordArgument } from "../arguments.js";
import { type DefinedCall, defineCall } from "../call.js";
import { netuid, u16, u128Bits } from "../numbers.js";
import { ADMIN_PALLET, globalParameter, subnetParameter } from "./parameter.js";

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

const haveNull = ({ nullMode }: Rules) => nullMode;
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

const haveGate = ({ emissionGate = "none" }: Rules) => emissionGate !== "none";
const haveRank = ({ emissionGate }: Rules) => emissionGate === "rank";

const ONE = 1n << 64n;
/** What moves the bar has it found anew in the next block. */
const findBarAnew = (state: State) => state.remove(EmissionGateBar);

const setEmissionBarQuantile = globalParameter({
  call: "sudo_set_emission_bar_quantile",
  index: 100,
  field: "quantileBits",
  of: u128Bits,
  item: EmissionBarQuantile,
  check: (bits) => ensure(bits > 0n && bits < ONE, "AdminUtils.InvalidValue"),
  also: findBarAnew,
});

const setEmissionGateExponent = globalParameter({
  call: "sudo_set_emission_gate_exponent",
  index: 101,
  field: "exponentBits",
  of: u128Bits,
  item: EmissionGateExponent,
  check: (bits) => ensure(bits >= ONE && bits <= 8n * ONE, "AdminUtils.InvalidValue"),
});

const setEmissionBarRank = globalParameter({
  call: "sudo_set_emission_bar_rank",
  index: 102,
  field: "rank",
  of: u16,
  item: EmissionBarRank,
  also: findBarAnew,
});

const consensusLimit = ownerLimit("EpochConsensus");

const setEpochConsensusCall = defineCall({
  name: "AdminUtils.sudo_set_epoch_consensus",
  index: [ADMIN_PALLET, 111],
  origin: "any",
  arguments: { netuid, mode: wordArgument(epochConsensus) },
  check: (context, { netuid: of, mode }) => {
    const { state } = context;
    const owner = ensureSubnetOwnerOrRoot(context, of);
    if (owner !== null) ensurePasses(state, consensusLimit, owner, of);
    checkSubnetExists(state, of);
    ensureNotFrozen(state, of);
    checkEpochConsensus(state, of, mode);
    return owner;
  },
  apply: (context, { netuid: of, mode }, owner) => {
    setEpochConsensus(context, of, mode);
    context.emit({ name: "SubtensorModule.EpochConsensusSet", netuid: of, value: mode });
    if (owner !== null) recordDone(context.state, consensusLimit, owner, of);
  },
});

/** By the names of their builders. */
export const LATER_PARAMETERS = {
  /** Spec 440. */
  setEmissionBarQuantile: under(haveGate, setEmissionBarQuantile),
  setEmissionGateExponent: under(haveGate, setEmissionGateExponent),
  /** Spec 443. */
  setEmissionBarRank: under(haveRank, setEmissionBarRank),
  /** Spec 446. */
  setLiquidAlphaConsensusMode: under(haveModes, setLiquidAlphaConsensusMode),
  /** Spec 474. */
  setEpochConsensus: under(haveNull, setEpochConsensusCall),
};
