/** What the chain says to a weight call: the kernel's rules, asked of the state with the signer's entries alone. */

import { inheritStake } from "../../api/emission/inheritance.js";
import { trial } from "../../api/weights/checkWeights.js";
import { judge } from "../../api/weights/judge.js";
import { effectOfSet, INNER_RULES, setContext } from "../../api/weights/setWeights.js";
import type { CheckedState } from "../../api/weights/state.js";
import type { WeightsEffect, WeightsError } from "../../api/weights/types.js";
import { ensure, LedgerError } from "../errors.js";
import type { Account } from "../state/codecs.js";
import { TimelockedWeightCommits, WeightCommits } from "../state/commits.js";
import { LastStoredRound } from "../state/drand.js";
import * as hyper from "../state/hyperparameters.js";
import { LastUpdate, SubnetworkN, Uids, ValidatorPermit } from "../state/neurons.js";
import type { ReadableState } from "../state/state.js";
import * as subnets from "../state/subnets.js";
import { BlockNumber } from "../state/system.js";
import type { RuleContext } from "./context.js";
import { ownerUidOf } from "./epochInput.js";
import { hotkeyTable } from "./hotkeyTable.js";
import { mechanismIndexOf } from "./mechanisms.js";
import { isNull } from "./ruleSet.js";
import { epochOf } from "./schedule.js";

/** The errors of weight calls. */
export const WEIGHTS_ERRORS = [
  "SubtensorModule.CanNotSetRootNetworkWeights",
  "SubtensorModule.CommitRevealDisabled",
  "SubtensorModule.CommitRevealEnabled",
  "SubtensorModule.CommittingWeightsTooFast",
  "SubtensorModule.DuplicateUids",
  "SubtensorModule.ExpiredWeightCommit",
  "SubtensorModule.HotKeyNotRegisteredInSubNet",
  "SubtensorModule.IncorrectCommitRevealVersion",
  "SubtensorModule.IncorrectWeightVersionKey",
  "SubtensorModule.InputLengthsUnequal",
  "SubtensorModule.InvalidRevealCommitHashNotMatch",
  "SubtensorModule.InvalidRevealRound",
  "SubtensorModule.MaxWeightExceeded",
  "SubtensorModule.MechanismDoesNotExist",
  "SubtensorModule.NeuronNoValidatorPermit",
  "SubtensorModule.NotEnoughStakeToSetWeights",
  "SubtensorModule.NoWeightsCommitFound",
  "SubtensorModule.RevealTooEarly",
  "SubtensorModule.SettingWeightsTooFast",
  "SubtensorModule.TooManyUnrevealedCommits",
  "SubtensorModule.UidsLengthExceedUidsInSubNet",
  "SubtensorModule.UidVecContainInvalidOne",
  "SubtensorModule.WeightVecLengthIsLow",
  "SubtensorModule.WeightVecNotEqualSize",
] as const;

/** A mechanism of a subnet. */
export interface Place {
  readonly netuid: number;
  readonly mechanism: number;
}

/** What an accepted call will store, and where. */
export interface WeightsPlan extends Place {
  readonly hotkey: Account;
  readonly uid: number;
  readonly effect: WeightsEffect;
}

/**
 * Asks whether a hotkey may make a weight call, `call` being one as `checkWeights` takes it. The guard that stands before every signed
 * call is asked first, as on the chain, unless the call is an item of a batch. Throws the first error.
 *
 * Source: subtensor guards/check_weights.rs, guards/check_rate_limits.rs, subnets/weights.rs.
 */
export function checkWeightCall(
  context: RuleContext,
  hotkey: Account,
  place: Place,
  call: Readonly<Record<string, unknown>>,
  isItem = false,
): WeightsPlan {
  const { state, kernel } = context;
  const { netuid } = place;
  const uid = state.read(Uids, netuid, hotkey) ?? null;
  if (!isItem) checkStake(context, hotkey, netuid);
  const { own, pool, effect } = trial(kernel, weightsState(context, hotkey, uid, place), { ...call, uid });
  // Nobody without a uid gets past the call's own rules.
  if (!isItem && uid !== null) ensureNone(pool.error, place);
  ensureNone(own.error, place);
  return inMode(state, { ...place, hotkey, uid: uid as number, effect: effect() }, call);
}

/**
 * The plan as the subnet's mode has it. In Null mode nobody but the one with the permit has a say, whoever's the uid is, and a row is stored
 * as it was sent. Where the chain asks for the permit among the other rules is not known; here after them.
 */
function inMode(state: ReadableState, plan: WeightsPlan, sent: Readonly<Record<string, unknown>>): WeightsPlan {
  const { netuid, uid, effect } = plan;
  if (!isNull(state, netuid)) return plan;
  ensure(state.read(ValidatorPermit, netuid)[uid] === true, "SubtensorModule.NeuronNoValidatorPermit", { netuid, uid });
  return effect.row === null ? plan : { ...plan, effect: { ...effect, row: rawRow(sent) } };
}

/** A row to set. */
export interface WeightsRow {
  readonly uids: readonly number[];
  readonly values: readonly number[];
  readonly versionKey: bigint;
}

/**
 * Asks the inner rules of a row that a timelocked commit hid. Throws the first error. Source: subtensor subnets/weights.rs, internal_set_weights.
 */
export function checkRevealedWeights(
  context: RuleContext,
  hotkey: Account,
  place: Place,
  row: WeightsRow,
): WeightsPlan {
  const { state, kernel } = context;
  const uid = state.read(Uids, place.netuid, hotkey) ?? null;
  const checked = weightsState(context, hotkey, uid, place);
  const set = setContext({ kernel, state: checked, uid }, { ...row }, !checked.commitRevealEnabled);
  ensureNone(judge(INNER_RULES, set).error, place);
  return inMode(state, { ...place, hotkey, uid: uid as number, effect: effectOfSet(set) }, { ...row });
}

/** The hotkey's stake weight reaches the threshold, or it is the owner's: SubtensorModule.NotEnoughStakeToSetWeights. */
export function checkStake({ state, kernel }: RuleContext, hotkey: Account, netuid: number): void {
  const threshold = state.read(hyper.StakeThreshold);
  if (threshold === 0n) return;
  if (state.has(subnets.SubnetOwnerHotkey, netuid) && state.read(subnets.SubnetOwnerHotkey, netuid) === hotkey) return;
  const { alphaStake, taoStake } = inheritStake(kernel, hotkeyTable(state, netuid, [hotkey]), [hotkey]);
  const weight = kernel.exports.stakeWeight(alphaStake[0] ?? 0n, taoStake[0] ?? 0n, state.read(hyper.TaoWeight));
  ensure(BigInt.asUintN(64, weight) >= threshold, "SubtensorModule.NotEnoughStakeToSetWeights", { hotkey, netuid });
}

/** The row of a call, of a batch of reveals the last. */
function rawRow({ uids, values, uidsList, valuesList }: Readonly<Record<string, unknown>>): [number, number][] {
  const last = (list: unknown) => (list as readonly (readonly number[])[]).at(-1) ?? [];
  const row = { uids: (uids ?? last(uidsList)) as readonly number[], values: values ?? last(valuesList) };
  return row.uids.map((uid, k) => [uid, (row.values as readonly number[])[k] ?? 0]);
}

function ensureNone(error: WeightsError | null, place: Place): void {
  if (error !== null) throw new LedgerError(`SubtensorModule.${error}`, { ...place });
}

/** What the rules read. Vectors hold the signer's entry and nothing else: no rule looks at another's. */
function weightsState(context: RuleContext, hotkey: Account, uid: number | null, place: Place): CheckedState {
  const { state, kernel } = context;
  const { netuid, mechanism } = place;
  const index = mechanismIndexOf(netuid, mechanism);
  const block = state.read(BlockNumber);
  const n = state.read(SubnetworkN, netuid);
  const { alphaStake, taoStake } = inheritStake(kernel, hotkeyTable(state, netuid, [hotkey]), [hotkey]);
  return {
    netuid,
    mechid: mechanism,
    mechanismCount: state.read(subnets.NetworksAdded, netuid) ? state.read(subnets.MechanismCountCurrent, netuid) : 0,
    n,
    currentBlock: BigInt(block),
    stakeThreshold: state.read(hyper.StakeThreshold),
    ownerUid: ownerUidOf(state, netuid),
    commitRevealEnabled: state.read(hyper.CommitRevealWeightsEnabled, netuid),
    lastUpdate: only(n, uid, uid === null ? 0n : (state.read(LastUpdate, index)[uid] ?? 0n)),
    validatorPermit: Uint8Array.from({ length: n }, (_, k) =>
      k === uid && state.read(ValidatorPermit, netuid)[k] === true ? 1 : 0,
    ),
    alphaStake: only(n, uid, alphaStake[0] ?? 0n),
    taoStake: only(n, uid, taoStake[0] ?? 0n),
    taoWeight: state.read(hyper.TaoWeight),
    commitRevealVersion: state.read(hyper.CommitRevealWeightsVersion),
    minAllowedWeights: state.read(hyper.MinAllowedWeights, netuid),
    weightsVersionKey: state.read(hyper.WeightsVersionKey, netuid),
    weightsSetRateLimit: state.read(hyper.WeightsSetRateLimit, netuid),
    commits: (state.read(WeightCommits, index, hotkey) ?? []).map(([hash, epoch, at]) => ({
      // A queue outlives its hotkey's uid.
      uid: uid as number,
      hash,
      epoch,
      block: BigInt(at),
    })),
    timelockedCommits: state
      .read(TimelockedWeightCommits, index, epochOf(state, netuid, block))
      .flatMap(([who]) => (who === hotkey ? [uid as number] : [])),
    lastStoredRound: state.read(LastStoredRound),
    schedule: () => scheduleOf(state, netuid, block),
  };
}

function scheduleOf(state: ReadableState, netuid: number, block: number): ReturnType<CheckedState["schedule"]> {
  return {
    currentBlock: BigInt(block),
    tempo: BigInt(state.read(subnets.Tempo, netuid)),
    subnetEpochIndex: state.read(subnets.SubnetEpochIndex, netuid),
    lastEpochBlock: BigInt(state.read(subnets.LastEpochBlock, netuid)),
    pendingEpochAt: BigInt(state.read(subnets.PendingEpochAt, netuid)),
    blocksSinceLastStep: state.read(subnets.BlocksSinceLastStep, netuid),
    revealPeriodEpochs: state.read(hyper.RevealPeriodEpochs, netuid),
  };
}

function only(n: number, uid: number | null, value: bigint): BigUint64Array {
  const list = new BigUint64Array(n);
  if (uid !== null && uid < n) list[uid] = value;
  return list;
}
