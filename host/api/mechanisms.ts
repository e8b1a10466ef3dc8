/** The epoch of a subnet with several mechanisms: each runs by itself, the kernel gathers them. */
import * as abi from "../../assembly/contract.js";
import { shown, YumaError } from "../errors.js";
import { guarded, type Kernel } from "../load/kernel.js";
import { bits128, packBits } from "../marshal/amounts.js";
import { listed } from "../marshal/listed.js";
import type { PackedRow } from "../marshal/packedRow.js";
import { amounts, bondRows, halves, packedBondRows } from "../marshal/read.js";
import { type CheckedSnapshot, checkSnapshot, fieldSpelt } from "../marshal/snapshot.js";
import { array, integer, present, record, refuse, u16, u64 } from "../marshal/values.js";
import { beginEpoch } from "../marshal/write.js";
import type { MechanismInput, MechanismResult, MechanismsResult, MechanismsSnapshot } from "../types.js";

const MECHANISM_STRIDE = 4096;
const DEFAULT_NETUID = 1;
const SPLIT_TOTAL = 65535;

/**
 * Computes the epoch of a whole subnet. All mechanisms use the same stake and the same permits from before the epoch; each
 * gets its part of `raoEmission`, by `split` or evenly, what is left over going to mechanism 0.
 *
 * Throws YumaError as `epoch` does. Source: subtensor `subnets/mechanism.rs` `epoch_with_mechanisms`.
 */
export function runMechanisms(kernel: Kernel, snapshot: MechanismsSnapshot): MechanismsResult {
  return run(kernel, snapshot, (n) => ({ bonds: bondRows(kernel, n) }));
}

/** A mechanism whose rows are packed. */
export type PackedMechanism = Omit<MechanismInput, "weights" | "bonds"> & {
  readonly weights: readonly PackedRow[];
  readonly bonds: readonly PackedRow[];
};

/** A snapshot of such. */
export type PackedMechanisms = Omit<MechanismsSnapshot, "mechanisms"> & {
  readonly mechanisms: readonly PackedMechanism[];
};

type ResultOf<Own> = Omit<MechanismsResult, "mechanisms"> & {
  mechanisms: (Omit<MechanismResult, "bonds"> & Own)[];
};

/** A result whose bonds are packed, with each mechanism's own consensus. */
export type PackedMechanismsResult = ResultOf<{ bonds: PackedRow[]; consensus: number[] }>;

/** The same with packed rows, in and out. */
export function runPackedMechanisms(kernel: Kernel, snapshot: PackedMechanisms): PackedMechanismsResult {
  return run(kernel, snapshot, (n) => ({
    bonds: packedBondRows(kernel, n),
    consensus: halves(kernel, abi.FIELD_CONSENSUS, n),
  }));
}

function run<Own>(
  kernel: Kernel,
  snapshot: MechanismsSnapshot | PackedMechanisms,
  readOwn: (n: number) => Own,
): ResultOf<Own> {
  const { mechanismCount, split, mechanisms, ...shared } = record(
    "A snapshot",
    snapshot,
  ) as unknown as MechanismsSnapshot;
  const count = integer("mechanismCount", present("mechanismCount", mechanismCount), 1, abi.MAX_MECHANISMS);
  if (array("mechanisms", present("mechanisms", mechanisms)).length !== count) {
    return refuse("mechanisms", `an array of mechanismCount = ${count}`, mechanisms);
  }
  if (shared.epochConsensus === "null" && count > 1) {
    const text = "How several mechanisms round their shares under Null mode is not known; only one can be computed.";
    throw new YumaError("RULES_CONFLICT", text, { field: "epochConsensus", mechanismCount: count });
  }
  const total = u64("raoEmission", present("raoEmission", shared.raoEmission));
  const parts = splitEmission(kernel, total, count, checkSplit(present("split", split), count));
  // Everything is checked before anything runs.
  const epochs = Array.from(mechanisms, (own, m) => checkMechanism(shared, own, m, parts[m] ?? 0n));
  const rules = epochs[0]?.rules;
  if (count > 1 && rules?.perSubnetBonds === false) {
    throw new YumaError("RULES_CONFLICT", `Under the chosen rules a subnet has one mechanism, not ${count}.`, {
      field: "mechanismCount",
      value: count,
      specVersion: rules.specVersion,
    });
  }
  const n = epochs[0]?.settings.n ?? 0;
  const netuid = shared.source?.netuid ?? DEFAULT_NETUID;
  try {
    guarded(kernel, () => kernel.exports.mechanismsBegin(n));
    const results = epochs.map((epoch, m) => {
      const part = parts[m] ?? 0n;
      beginEpoch(kernel, epoch);
      guarded(kernel, () => {
        kernel.exports.epochRun();
        kernel.exports.mechanismsAdd(part, total, m === 0 ? 1 : 0);
      });
      return {
        index: m * MECHANISM_STRIDE + netuid,
        emission: part,
        incentive: halves(kernel, abi.FIELD_INCENTIVE, n),
        serverEmission: amounts(kernel, abi.FIELD_SERVER_EMISSION, n),
        ...readOwn(n),
      };
    });
    return {
      ...(shared.name === undefined ? {} : { name: shared.name }),
      ...readAggregate(kernel, n),
      mechanisms: results,
    };
  } finally {
    kernel.exports.mechanismsBegin(0);
  }
}

/** What a mechanism has of its own; everything else is the subnet's. */
const OWN_FIELDS = ["lastUpdate", "commitBlocks", "weights", "bonds", "previousConsensus"] as const;

/** Checks mechanism m as the epoch it is; an error about a field of its own says whose. */
function checkMechanism(shared: object, own: unknown, m: number, part: bigint): CheckedSnapshot {
  const where = `mechanisms[${m}]`;
  const given = record(where, own);
  for (const name of Object.keys(given)) {
    if (isOwn(name) || fieldSpelt(name) === undefined) continue;
    const text = `${where} holds ${shown(name)}; a mechanism has only ${OWN_FIELDS.join(", ")} of its own.`;
    throw new YumaError("UNKNOWN_FIELD", text, { field: `${where}.${fieldSpelt(name)}` });
  }
  const fields = Object.fromEntries(OWN_FIELDS.map((name) => [name, given[name]]));
  try {
    return checkSnapshot({ ...shared, ...fields, raoEmission: part });
  } catch (error) {
    if (!(error instanceof YumaError)) throw error;
    const field = error.details.field;
    const root = typeof field === "string" ? (/^\w+/.exec(field)?.[0] ?? "") : "";
    if (!isOwn(root) || !error.message.startsWith(root)) throw error;
    throw new YumaError(error.code, `${where}.${error.message}`, { ...error.details, field: `${where}.${field}` });
  }
}

function isOwn(name: string): boolean {
  return (OWN_FIELDS as readonly string[]).includes(name);
}

function checkSplit(split: unknown, count: number): readonly number[] {
  if (split === null) return [];
  const values = Array.from(array("split", split), (share, m) => u16(`split[${m}]`, share));
  const sum = values.reduce((a, b) => a + b, 0);
  if (values.length === 0 || values.length > count || sum !== SPLIT_TOTAL) {
    return refuse("split", `null or 1 to ${count} shares that sum to ${SPLIT_TOTAL}`, split);
  }
  return values;
}

/**
 * Splits a subnet's emission among its mechanisms: ⌊total · split / 65535⌋, or evenly, the rest going to mechanism 0.
 * Throws BAD_VALUE, MISSING_FIELD. Source: `split_emissions`.
 */
export function splitSubnetEmission(kernel: Kernel, total: unknown, mechanisms: unknown, split: unknown): bigint[] {
  const count = integer("mechanismCount", present("mechanismCount", mechanisms), 1, abi.MAX_MECHANISMS);
  return splitEmission(kernel, u64("alpha", total), count, checkSplit(present("split", split), count));
}

/**
 * trunc(existing + added · weight) with a weight of U64F64 bits, saturated to `width` bits: how a mechanism is added to its
 * subnet. Throws BAD_VALUE. Source: `weighted_acc_u16`, `weighted_acc_alpha`.
 */
export function weighedSum(kernel: Kernel, existing: unknown, added: unknown, weight: unknown, width: 16 | 64): bigint {
  const bits = bits128("weight", weight);
  new BigUint64Array(kernel.memory.buffer, kernel.exports.weighingSlot() >>> 0, 2).set(packBits([bits]));
  const sum = BigInt.asUintN(64, kernel.exports.weigh(u64("existing", existing), u64("added", added)));
  const most = (1n << BigInt(width)) - 1n;
  return sum < most ? sum : most;
}

function splitEmission(kernel: Kernel, total: bigint, count: number, split: readonly number[]): bigint[] {
  const { exports, memory } = kernel;
  new Uint16Array(memory.buffer, exports.splitInput() >>> 0, abi.MAX_MECHANISMS).set(split);
  const at = guarded(kernel, () => exports.splitEmission(total, count, split.length));
  return Array.from(new BigUint64Array(memory.buffer, at >>> 0, count));
}

function readAggregate(kernel: Kernel, n: number): Omit<MechanismsResult, "name" | "mechanisms"> {
  const read = (id: number) =>
    listed(new BigUint64Array(kernel.memory.buffer, kernel.exports.aggregateField(id) >>> 0, n));
  const flags = (id: number) => read(id).map((value) => value !== 0n);
  return {
    active: flags(abi.AGGREGATE_ACTIVE),
    consensus: read(abi.AGGREGATE_CONSENSUS).map(Number),
    dividends: read(abi.AGGREGATE_DIVIDENDS).map(Number),
    validatorTrust: read(abi.AGGREGATE_VALIDATOR_TRUST).map(Number),
    stakeWeight: read(abi.AGGREGATE_STAKE_WEIGHT).map(Number),
    validatorPermit: flags(abi.AGGREGATE_VALIDATOR_PERMIT),
    emission: read(abi.AGGREGATE_EMISSION),
    serverEmission: read(abi.AGGREGATE_SERVER_EMISSION),
    validatorEmission: read(abi.AGGREGATE_VALIDATOR_EMISSION),
  };
}
