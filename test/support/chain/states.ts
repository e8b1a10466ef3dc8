/**
 * The states around an epoch, made by hand from published inputs and published outputs: what a node would hold before and after. Keys and
 * SCALE are those of items.ts; nothing here computes an epoch.
 */
import { storeEmission } from "./emissionStates.js";
import { accountOf, prefixOf, put } from "./items.js";
import { encodeEvents, type MadeEvent } from "./metadata.js";
import type { RawState } from "./node.js";
import type { PublishedCase, PublishedResult } from "./published.js";

/** What a test wants to be different. */
export interface Arrangement {
  readonly netuid: number;
  /** Uids of mechanism 0 whose rows the block revealed before its epoch. */
  readonly revealed?: readonly number[];
  /** Whether the subnet takes part in emission, so that the block adds to the pendings; else the pendings are all. */
  readonly eligible?: boolean;
  /** Whether root alpha is kept. */
  readonly keepsRoot?: boolean;
  readonly events?: readonly MadeEvent[];
}

/** The states before and after. */
export interface States {
  readonly before: RawState;
  readonly after: RawState;
}

/** The hotkey of a uid. */
export function hotkeyOf(uid: number): string {
  return accountOf(1000 + uid);
}

/** Whether the chain could store such settings: the cutoff must be one its factor can give, and blocks must be numbers. */
export function isStorable(input: PublishedCase): boolean {
  const { tempo, activityCutoff, currentBlock, mechanisms } = input;
  const factor = factorOf(input);
  const gives = Math.max(1, Math.floor((factor * tempo) / 1000));
  const fits = factor < 2 ** 32 && gives === activityCutoff && currentBlock < 2 ** 31 && currentBlock > 1;
  return fits && mechanisms.every(({ lastUpdate }) => lastUpdate.every(Number.isSafeInteger));
}

function factorOf({ tempo, activityCutoff }: PublishedCase): number {
  return tempo === 0 ? 0 : Math.ceil((activityCutoff * 1000) / tempo);
}

/** Makes the states. */
export function statesOf(input: PublishedCase, result: PublishedResult, arrangement: Arrangement): States {
  const before: RawState = new Map();
  storeSettings(before, input, arrangement);
  storeUids(before, input, arrangement);
  const emission = storeEmission(before, input, arrangement);
  const after: RawState = new Map(before);
  for (const [key, value] of emission) after.set(key, value);
  storeCommits(before, after, input, arrangement);
  storeOutputs(before, after, input, result, arrangement);
  return { before, after };
}

function storeSettings(state: RawState, input: PublishedCase, { netuid }: Arrangement): void {
  const settings: Record<string, unknown> = {
    SubnetworkN: input.n,
    Tempo: input.tempo,
    ActivityCutoffFactorMilli: factorOf(input),
    Kappa: input.kappa,
    BondsPenalty: input.bondsPenalty,
    BondsMovingAverage: input.bondsMovingAverage,
    MaxAllowedValidators: input.maxAllowedValidators,
    AlphaValues: [input.alphaLow, input.alphaHigh],
    AlphaSigmoidSteepness: input.alphaSigmoidSteepness,
    CommitRevealWeightsEnabled: input.commitRevealEnabled,
    Yuma3On: input.yuma3,
    LiquidAlphaOn: input.liquidAlpha,
    MechanismCountCurrent: input.mechanismCount,
    LastMechansimStepBlock: input.lastMechanismStepBlock,
    ValidatorPermit: input.validatorPermit,
    SubnetEpochIndex: EPOCH_INDEX,
    RevealPeriodEpochs: REVEAL_PERIOD,
    NetworksAdded: true,
  };
  for (const [name, value] of Object.entries(settings)) put(state, name, [netuid], value);
  put(state, "StakeThreshold", [], input.stakeThreshold);
  put(state, "TaoWeight", [], input.taoWeight);
  if (input.split !== null) put(state, "MechanismEmissionSplit", [netuid], input.split);
  // An owner's hotkey without a uid is no owner to the epoch.
  put(state, "SubnetOwnerHotkey", [netuid], input.ownerUid === null ? accountOf(7) : hotkeyOf(input.ownerUid));
}

function storeUids(state: RawState, input: PublishedCase, { netuid, revealed = [] }: Arrangement): void {
  for (let uid = 0; uid < input.n; uid++) {
    const hotkey = hotkeyOf(uid);
    put(state, "Keys", [netuid, uid], hotkey);
    put(state, "Uids", [netuid, hotkey], uid);
    put(state, "BlockAtRegistration", [netuid, uid], input.blockAtRegistration[uid]);
    if (BigInt(input.alphaStake[uid] ?? 0) > 0n)
      put(state, "TotalHotkeyAlpha", [hotkey, netuid], input.alphaStake[uid]);
    if (BigInt(input.taoStake[uid] ?? 0) > 0n) put(state, "TotalHotkeyAlpha", [hotkey, 0], input.taoStake[uid]);
  }
  for (const [m, own] of input.mechanisms.entries()) {
    const index = m * 4096 + netuid;
    put(state, "LastUpdate", [index], own.lastUpdate);
    for (let uid = 0; uid < input.n; uid++) {
      const isRevealed = m === 0 && revealed.includes(uid);
      // Before it was revealed, the row was another.
      const row = isRevealed ? [[0, 1]] : own.weights[uid];
      if (row?.length) put(state, "Weights", [index, uid], row);
      if (own.bonds[uid]?.length) put(state, "Bonds", [index, uid], own.bonds[uid]);
    }
  }
}

const EPOCH_INDEX = 40;
const REVEAL_PERIOD = 2;
/** The epoch that runs is 41; commits of 38 and before have expired, those of 39 are the last open ones. */
const [EXPIRED, OLDEST_OPEN, NEWEST] = [38n, 39n, 41n];
const HASH = "11".repeat(32);

/** Even uids commit a hash, odd ones under a time lock; each has decoys before and after the commit that counts. */
function storeCommits(before: RawState, after: RawState, input: PublishedCase, { netuid }: Arrangement): void {
  for (const [m, { commitBlocks }] of input.mechanisms.entries()) {
    const index = m * 4096 + netuid;
    const expired: unknown[] = [];
    const open: unknown[] = [];
    const latest: unknown[] = [[hotkeyOf(0), input.currentBlock, "c0ffee", 9]];
    for (const [uid, block] of (commitBlocks ?? []).entries()) {
      const hotkey = hotkeyOf(uid);
      if (block === null) continue;
      const at = BigInt(block);
      const later = at + 1n > 0xffffffffffffffffn ? at : at + 1n;
      if (uid % 2 === 0) {
        put(
          before,
          "WeightCommits",
          [index, hotkey],
          [
            [HASH, EXPIRED, 0n, 0n],
            [HASH, OLDEST_OPEN, at, 0n],
            [HASH, NEWEST, 0n, 0n],
          ],
        );
      } else if (at !== BigInt(input.currentBlock)) {
        expired.push([hotkey, 0n, "", 1]);
        open.push([hotkey, later === BigInt(input.currentBlock) ? at : later, "ab", 1]);
        latest.push([hotkey, at, "abcd", 2]);
      }
    }
    put(after, "TimelockedWeightCommits", [index, EXPIRED], expired);
    put(after, "TimelockedWeightCommits", [index, OLDEST_OPEN], open);
    put(after, "TimelockedWeightCommits", [index, NEWEST], latest);
    // What the block revealed was there before; it is not to be counted.
    const gone = (commitBlocks ?? []).map((_, uid) => [hotkeyOf(uid), 0n, "", 1]);
    put(before, "TimelockedWeightCommits", [index, OLDEST_OPEN], gone);
  }
}

/** Whether an odd uid's commit block can be stored so: one of the very block is not counted. */
export function commitsStorable(input: PublishedCase): boolean {
  return input.mechanisms.every(({ commitBlocks }) =>
    (commitBlocks ?? []).every(
      (block, uid) => uid % 2 === 0 || block === null || BigInt(block) !== BigInt(input.currentBlock),
    ),
  );
}

function storeOutputs(
  before: RawState,
  after: RawState,
  input: PublishedCase,
  result: PublishedResult,
  { netuid, revealed = [], events = [] }: Arrangement,
): void {
  put(after, "LastMechansimStepBlock", [netuid], input.currentBlock);
  put(after, "LastEpochBlock", [netuid], input.currentBlock);
  put(after, "SubnetEpochIndex", [netuid], EPOCH_INDEX + 1);
  const vectors: Record<string, unknown> = {
    Active: result.active,
    Consensus: result.consensus,
    Dividends: result.dividends,
    ValidatorTrust: result.validatorTrust,
    StakeWeight: result.stakeWeight,
    ValidatorPermit: result.validatorPermit,
    Emission: result.emission,
  };
  for (const [name, value] of Object.entries(vectors)) put(after, name, [netuid], value);
  const written: MadeEvent[] = [];
  for (const uid of revealed) {
    put(after, "Weights", [netuid, uid], input.mechanisms[0]?.weights[uid]);
    written.push({
      phase: "Initialization",
      pallet: "SubtensorModule",
      event: ["TimelockedWeightsRevealed", netuid, hotkeyOf(uid)],
    });
  }
  for (const [m, own] of result.mechanisms.entries()) {
    const index = m * 4096 + netuid;
    put(after, "Incentive", [index], own.incentive);
    for (let uid = 0; uid < input.n; uid++) put(after, "Bonds", [index, uid], own.bonds[uid]);
    const announced = ["IncentiveAlphaEmittedToMiners", index, own.serverEmission] as const;
    written.push({ phase: "Initialization", pallet: "SubtensorModule", event: announced });
  }
  after.set(`0x${prefixOf("System", "Events")}`, encodeEvents([...written, ...events]));
  before.set(`0x${prefixOf("System", "Events")}`, encodeEvents([]));
}
