/**
 * The states around an epoch, made by hand from published inputs and published outputs: what a node would hold before and after. Keys and
 * SCALE are those of items.ts; nothing here computes an epoch.
 */
import { Real } from "../../oracle/real.js";
import { accountOf, keyOf, prefixOf, scaleOf } from "./items.js";
import { encodeEvents, type MadeEvent } from "./metadata.js";
import type { RawState } from "./node.js";

type Pairs = readonly (readonly [number, number])[];
type U64 = string | number | bigint;

/** A published case of a subnet with mechanisms. */
export interface PublishedCase {
  readonly name: string;
  readonly n: number;
  readonly currentBlock: number;
  readonly tempo: number;
  readonly lastMechanismStepBlock: number;
  readonly activityCutoff: number;
  readonly kappa: number;
  readonly bondsPenalty: number;
  readonly bondsMovingAverage: number;
  readonly yuma3: boolean;
  readonly liquidAlpha: boolean;
  readonly alphaLow: number;
  readonly alphaHigh: number;
  readonly alphaSigmoidSteepness: number;
  readonly maxAllowedValidators: number;
  readonly stakeThreshold: U64;
  readonly ownerUid: number | null;
  readonly commitRevealEnabled: boolean;
  readonly raoEmission: U64;
  readonly blockAtRegistration: readonly number[];
  readonly validatorPermit: readonly boolean[];
  readonly alphaStake: readonly U64[];
  readonly taoStake: readonly U64[];
  readonly taoWeight: U64;
  readonly mechanismCount: number;
  readonly split: readonly number[] | null;
  readonly mechanisms: readonly PublishedMechanism[];
}
/** One mechanism's own inputs. */
export interface PublishedMechanism {
  readonly lastUpdate: readonly number[];
  readonly commitBlocks: readonly (U64 | null)[] | null;
  readonly weights: readonly Pairs[];
  readonly bonds: readonly Pairs[];
}
/** What was published as its outputs. */
export interface PublishedResult {
  readonly active: readonly boolean[];
  readonly consensus: readonly number[];
  readonly dividends: readonly number[];
  readonly validatorTrust: readonly number[];
  readonly stakeWeight: readonly number[];
  readonly validatorPermit: readonly boolean[];
  readonly emission: readonly U64[];
  readonly mechanisms: readonly {
    readonly incentive: readonly number[];
    readonly serverEmission: readonly U64[];
    readonly bonds: readonly Pairs[];
  }[];
}

/** An epoch case of one mechanism in the same form. */
export function asMechanisms(
  input: Omit<PublishedCase, "mechanismCount" | "split" | "mechanisms"> & PublishedMechanism,
): PublishedCase {
  return { ...input, mechanismCount: 1, split: null, mechanisms: [input] };
}

/** Its result likewise. */
export function asMechanismsResult(
  result: Omit<PublishedResult, "mechanisms"> & PublishedResult["mechanisms"][number],
): PublishedResult {
  return { ...result, mechanisms: [result] };
}

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

function put(state: RawState, name: string, args: (number | bigint | string)[], value: unknown): void {
  state.set(keyOf(name, ...args), scaleOf(name, value));
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

const u96f32 = new Real(128n, 32n, false);
const MAX_U64 = (1n << 64n) - 1n;
/** What an eligible subnet of the tests mints and holds. */
export const POOL = {
  alphaIn: 2_000_000_000_000_000n,
  alphaOut: 1_234_567_890_123_456n,
  rootTao: 5_555_555_555_555_555n,
};
const MINTED = { alphaIn: 123_456_789n, alphaOut: 1_000_000_000n };
const OWNER_CUT = 11_796;

/** The three parts of a block by the protocol's text (B.4f), in the plainest arithmetic. */
export function partsByText(taoWeight: bigint): { server: bigint; validator: bigint; root: bigint } {
  const real = (rao: bigint) => u96f32.fromInt(rao);
  const weight = u96f32.div(real(taoWeight), real(MAX_U64));
  const weighed = u96f32.mul(real(POOL.rootTao), weight);
  const issuance = real(POOL.alphaIn + POOL.alphaOut + MINTED.alphaIn + MINTED.alphaOut);
  const proportion = u96f32.safeDiv(weighed, u96f32.add(weighed, issuance));
  const out = real(MINTED.alphaOut);
  const rest = u96f32.sub(out, u96f32.mul(out, u96f32.div(real(BigInt(OWNER_CUT)), real(65_535n))));
  const half = u96f32.one / 2n;
  const root = u96f32.mul(u96f32.mul(proportion, rest), half);
  const server = u96f32.mul(rest, half);
  const validator = u96f32.sub(u96f32.sub(rest, server), root);
  return { server: server >> 32n, validator: validator >> 32n, root: root >> 32n };
}

/** Stores pendings such that the total is the published one; gives what the block writes. */
function storeEmission(state: RawState, input: PublishedCase, arrangement: Arrangement): RawState {
  const { netuid, eligible = false, keepsRoot = false } = arrangement;
  const written: RawState = new Map();
  let left = BigInt(input.raoEmission);
  put(state, "TotalNetworks", [], 3);
  put(state, "NetworksAdded", [0], true);
  put(state, "NetworksAdded", [netuid + 5], true);
  if (eligible) {
    const parts = partsByText(BigInt(input.taoWeight));
    left -= parts.server + parts.validator + (keepsRoot ? parts.root : 0n);
    put(state, "FirstEmissionBlockNumber", [netuid], 1);
    put(state, "SubtokenEnabled", [netuid], true);
    put(state, "SubnetMechanism", [netuid], 1);
    put(state, "SubnetMovingPrice", [netuid], [1n << 31n]);
    // Another eligible subnet tips the sum of prices over 1, or leaves it at exactly 1.
    put(state, "FirstEmissionBlockNumber", [netuid + 5], 1);
    put(state, "SubtokenEnabled", [netuid + 5], true);
    put(state, "SubnetMechanism", [netuid + 5], 1);
    put(state, "SubnetMovingPrice", [netuid + 5], [(1n << 31n) + (keepsRoot ? 1n : 0n)]);
    put(state, "SubnetAlphaIn", [netuid], POOL.alphaIn);
    put(state, "SubnetAlphaOut", [netuid], POOL.alphaOut);
    put(state, "SubnetTAO", [0], POOL.rootTao);
    put(written, "SubnetAlphaInEmission", [netuid], MINTED.alphaIn);
    put(written, "SubnetAlphaOutEmission", [netuid], MINTED.alphaOut);
  }
  if (left < 0n) throw new Error(`${input.name}: less emission than the block's own`);
  const third = left / 3n;
  put(state, "PendingServerEmission", [netuid], third);
  put(state, "PendingValidatorEmission", [netuid], third);
  put(state, "PendingRootAlphaDivs", [netuid], left - third - third);
  return written;
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
