/** set_weights: its rules in the chain's order, and what it stores. Source: subtensor subnets/weights.rs `internal_set_weights`. */
import { beginRow } from "../../marshal/row.js";
import { present, u64 } from "../../marshal/values.js";
import { grouped } from "../../units.js";
import { type Base, hasStake, isRegistered, mechanismExists, notTooFast, onOrOff } from "./common.js";
import { u16List } from "./fields.js";
import type { Rule } from "./judge.js";
import { upscaledRow } from "./storedRow.js";
import type { WeightsEffect } from "./types.js";

/** MaxWeightsLimit has been the constant 65535 since it can no longer be set; the rule can therefore not fail. */
const MAX_WEIGHT_LIMIT = 65535;

/** What the rules look at. */
export interface SetContext extends Base {
  readonly uids: readonly number[];
  readonly values: readonly number[];
  readonly versionKey: bigint;
  readonly minAllowedWeights: number;
  readonly weightsVersionKey: bigint;
  readonly weightsSetRateLimit: bigint;
}

/** Reads a row, and of the state what its rules need. `limited`: whether the rate limit is looked at. */
export function setContext(base: Base, fields: Record<string, unknown>, limited: boolean): SetContext {
  const { state } = base;
  return {
    ...base,
    uids: u16List("uids", present("uids", fields.uids)),
    values: u16List("values", present("values", fields.values)),
    versionKey: u64("versionKey", present("versionKey", fields.versionKey)),
    minAllowedWeights: present("minAllowedWeights", state.minAllowedWeights),
    weightsVersionKey: present("weightsVersionKey", state.weightsVersionKey),
    weightsSetRateLimit: limited ? present("weightsSetRateLimit", state.weightsSetRateLimit) : 0n,
  };
}

/** Only of the calls themselves, not of reveals. Source: macros/dispatches.rs. */
export const commitRevealOff: Rule<SetContext> = {
  error: "CommitRevealEnabled",
  sentence: "Commit-reveal is off.",
  test: ({ state }) => ({ holds: !state.commitRevealEnabled, found: onOrOff(state) }),
};

/** Whether the row is a single weight onto the validator itself. */
function isSelfWeight({ kernel, uid, uids, values }: SetContext): boolean {
  beginRow(kernel, uids, values);
  return uid !== null && kernel.exports.rowIsSelf(uid) !== 0;
}

const notRoot: Rule<SetContext> = {
  error: "CanNotSetRootNetworkWeights",
  sentence: "The subnet is not root.",
  test: ({ state: { netuid } }) => ({ holds: netuid !== 0, found: `netuid ${netuid}` }),
};

const equallyLong: Rule<SetContext> = {
  error: "WeightVecNotEqualSize",
  sentence: "There are as many values as uids.",
  test: ({ uids, values }) => ({
    holds: uids.length === values.length,
    found: `${grouped(uids.length)} uids, ${grouped(values.length)} values`,
  }),
};

const notTooLong: Rule<SetContext> = {
  error: "UidsLengthExceedUidsInSubNet",
  sentence: "There are no more uids than the subnet has.",
  test: ({ uids, state: { n } }) => ({
    holds: uids.length <= n,
    found: `${grouped(uids.length)}; the subnet has ${grouped(n)}`,
  }),
};

const newEnough: Rule<SetContext> = {
  error: "IncorrectWeightVersionKey",
  sentence: "The version key is at least the subnet's, or that is 0.",
  test: ({ versionKey, weightsVersionKey }) => ({
    holds: weightsVersionKey === 0n || versionKey >= weightsVersionKey,
    found: `${versionKey}; the subnet's is ${weightsVersionKey}`,
  }),
};

const settingTooFast = notTooFast("SettingWeightsTooFast");

/** The commit was held to the rate limit already. */
const notTooFastUnlessRevealed: Rule<SetContext> = {
  ...settingTooFast,
  test: (context) =>
    context.state.commitRevealEnabled
      ? { holds: true, found: "not asked under commit-reveal" }
      : settingTooFast.test(context),
};

const permitted: Rule<SetContext> = {
  error: "NeuronNoValidatorPermit",
  sentence: "The uid has a validator permit, or is the owner's, or weighs itself alone.",
  test(context) {
    const { state, uid } = context;
    if (isSelfWeight(context)) return { holds: true, found: "it weighs itself alone" };
    if (uid === state.ownerUid) return { holds: true, found: "it is the owner's" };
    const holds = uid !== null && state.validatorPermit[uid] === 1;
    return { holds, found: holds ? "it has a permit" : "it has none" };
  },
};

const distinct: Rule<SetContext> = {
  error: "DuplicateUids",
  sentence: "No uid is named twice.",
  test({ kernel, uids, values }) {
    beginRow(kernel, uids, values);
    const holds = kernel.exports.rowRepeats() === 0;
    return { holds, found: holds ? "all differ" : `uid ${uids.find((uid, i) => uids.indexOf(uid) < i)} is` };
  },
};

const inSubnet: Rule<SetContext> = {
  error: "UidVecContainInvalidOne",
  sentence: "Every uid is one of the subnet's.",
  test({ uids, state: { n } }) {
    const stranger = uids.find((uid) => uid >= n);
    return { holds: stranger === undefined, found: stranger === undefined ? "all are" : `uid ${stranger} is not` };
  },
};

const longEnough: Rule<SetContext> = {
  error: "WeightVecLengthIsLow",
  sentence: "There are at least MinAllowedWeights values, or as many as uids, or the uid weighs itself alone.",
  test({ kernel, state: { n, netuid }, uid, uids, values, minAllowedWeights }) {
    beginRow(kernel, uids, values);
    return {
      holds: kernel.exports.rowIsLongEnough(uid ?? 0, n, minAllowedWeights, netuid) !== 0,
      found: `${grouped(values.length)}; at least ${grouped(Math.min(n, minAllowedWeights))}`,
    };
  },
};

const notTooHeavy: Rule<SetContext> = {
  error: "MaxWeightExceeded",
  sentence: "No share of the row exceeds the limit, or the uid weighs itself alone.",
  test(context) {
    const { kernel, uids, values } = context;
    const upscaled = upscaledRow(kernel, uids, values).map(([, value]) => value);
    beginRow(kernel, uids, upscaled);
    const within = kernel.exports.rowWithinLimit(MAX_WEIGHT_LIMIT) !== 0;
    return { holds: within || isSelfWeight(context), found: "the limit is everything" };
  },
};

/** The rules of the inner routine, which reveals run too. */
export const INNER_RULES: readonly Rule<SetContext>[] = [
  notRoot,
  equallyLong,
  mechanismExists,
  notTooLong,
  isRegistered,
  hasStake,
  newEnough,
  notTooFastUnlessRevealed,
  permitted,
  distinct,
  inSubnet,
  longEnough,
  notTooHeavy,
];

/** The rules of the calls. */
export const SET_RULES: readonly Rule<SetContext>[] = [commitRevealOff, ...INNER_RULES];

/** What is stored once all rules hold: the row, and LastUpdate unless commit-reveal is on. */
export function effectOfSet({ kernel, state, uids, values }: SetContext): WeightsEffect {
  return {
    row: upscaledRow(kernel, uids, values),
    lastUpdate: state.commitRevealEnabled ? null : state.currentBlock,
    commits: null,
  };
}
