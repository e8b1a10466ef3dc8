/** From unknown JSON to a checked state of the subnet a weight call is for. */
import { MAX_MECHANISMS, MAX_UIDS } from "../../../assembly/contract.js";
import { YumaError } from "../../errors.js";
import { refuseMisspelt, spellings } from "../../marshal/spelling.js";
import { flag, flags, integer, present, record, refuse, u16, u64, u64Array } from "../../marshal/values.js";
import { hex32, list } from "./fields.js";
import { type CheckedSchedule, checkSchedule } from "./schedule.js";

const MOST_SUBNETS = 4096;
const DEFAULT_MECHANISMS = 1;
const DEFAULT_REVEAL_VERSION = 4;

/** A commit that waits for its reveal. */
export interface Commit {
  readonly uid: number;
  readonly hash: string;
  readonly epoch: bigint;
  readonly block: bigint;
}

/** A state whose every value is in range; undefined = not given. */
export interface CheckedState {
  readonly netuid: number;
  readonly mechid: number;
  readonly mechanismCount: number;
  readonly n: number;
  readonly currentBlock: bigint;
  readonly stakeThreshold: bigint;
  readonly ownerUid: number | null;
  readonly commitRevealEnabled: boolean;
  readonly lastUpdate: BigUint64Array;
  readonly validatorPermit: Uint8Array;
  readonly alphaStake: BigUint64Array;
  readonly taoStake: BigUint64Array;
  readonly taoWeight: bigint;
  readonly commitRevealVersion: number;
  readonly minAllowedWeights: number | undefined;
  readonly weightsVersionKey: bigint | undefined;
  readonly weightsSetRateLimit: bigint | undefined;
  readonly commits: readonly Commit[] | undefined;
  readonly timelockedCommits: readonly number[] | undefined;
  readonly lastStoredRound: bigint | undefined;
  /** Throws MISSING_FIELD where some part of it is not given. */
  readonly schedule: () => CheckedSchedule;
}

/** The fields of a state. */
export const STATE_FIELDS: readonly string[] = [
  "netuid",
  "mechid",
  "mechanismCount",
  "n",
  "currentBlock",
  "tempo",
  "stakeThreshold",
  "ownerUid",
  "commitRevealEnabled",
  "lastUpdate",
  "validatorPermit",
  "alphaStake",
  "taoStake",
  "taoWeight",
  "commitRevealVersion",
  "minAllowedWeights",
  "weightsVersionKey",
  "weightsSetRateLimit",
  "subnetEpochIndex",
  "lastEpochBlock",
  "pendingEpochAt",
  "blocksSinceLastStep",
  "revealPeriodEpochs",
  "commits",
  "timelockedCommits",
  "lastStoredRound",
  "hotkeys",
  "source",
];

const KNOWN = spellings(STATE_FIELDS);

/** Checks a state. Throws MISSING_FIELD, UNKNOWN_FIELD, BAD_VALUE, BAD_LENGTH, BAD_UID. */
export function checkState(input: unknown): CheckedState {
  const fields = record("A state", input);
  refuseMisspelt("a state", fields, KNOWN);
  const need = <T>(name: string, read: (where: string, value: unknown) => T): T =>
    read(name, present(name, fields[name]));
  const may = <T>(name: string, read: (where: string, value: unknown) => T): T | undefined =>
    fields[name] === undefined ? undefined : read(name, fields[name]);
  const n = need("n", (where, value) => integer(where, value, 1, MAX_UIDS));
  const uid = (where: string, value: unknown) => uidBelow(where, value, n);
  const source = fields.source === undefined ? {} : record("source", fields.source);
  const whole = (low: number, high: number) => (where: string, value: unknown) => integer(where, value, low, high);
  const schedule = { ...fields };
  return {
    netuid: whole(0, MOST_SUBNETS - 1)("netuid", present("netuid", fields.netuid ?? source.netuid)),
    mechid: whole(0, MAX_MECHANISMS)("mechid", fields.mechid ?? source.mechid ?? 0),
    mechanismCount: may("mechanismCount", whole(0, MAX_MECHANISMS)) ?? DEFAULT_MECHANISMS,
    n,
    currentBlock: need("currentBlock", u64),
    stakeThreshold: need("stakeThreshold", u64),
    ownerUid: need("ownerUid", (where, value) => (value === null ? null : uid(where, value))),
    commitRevealEnabled: need("commitRevealEnabled", flag),
    lastUpdate: need("lastUpdate", (where, value) => u64Array(where, value, n)),
    validatorPermit: need("validatorPermit", (where, value) => flags(where, value, n)),
    alphaStake: need("alphaStake", (where, value) => u64Array(where, value, n)),
    taoStake: need("taoStake", (where, value) => u64Array(where, value, n)),
    taoWeight: need("taoWeight", u64),
    commitRevealVersion: may("commitRevealVersion", u16) ?? DEFAULT_REVEAL_VERSION,
    minAllowedWeights: may("minAllowedWeights", u16),
    weightsVersionKey: may("weightsVersionKey", u64),
    weightsSetRateLimit: may("weightsSetRateLimit", u64),
    commits: may("commits", (where, value) => list(where, value, (at, entry) => commit(at, entry, n))),
    timelockedCommits: may("timelockedCommits", (where, value) => list(where, value, uid)),
    lastStoredRound: may("lastStoredRound", u64),
    schedule: () => checkSchedule(schedule),
  };
}

/** A uid of the subnet. */
export function uidBelow(where: string, value: unknown, n: number): number {
  const uid = u16(where, value);
  if (uid < n) return uid;
  throw new YumaError("BAD_UID", `${where} must be below n = ${n}, not ${uid}.`, { field: where, value: uid });
}

/** Who signs: a uid of the subnet, or null. */
export function signer(where: string, value: unknown, n: number): number | null {
  if (value === undefined) return refuse(where, "a uid, or null for a hotkey that is not registered", value);
  return value === null ? null : uidBelow(where, value, n);
}

function commit(where: string, value: unknown, n: number): Commit {
  const fields = record(where, value);
  const at = (name: string) => `${where}.${name}`;
  return {
    uid: uidBelow(at("uid"), present(at("uid"), fields.uid), n),
    hash: hex32(at("hash"), present(at("hash"), fields.hash)),
    epoch: u64(at("epoch"), present(at("epoch"), fields.epoch)),
    block: u64(at("block"), present(at("block"), fields.block)),
  };
}
