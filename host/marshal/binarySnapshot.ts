/** Snapshots as binary records, and back. A record is a header and the kernel's own input block (assembly/consensus/input.ts). */
import * as abi from "../../assembly/contract.js";
import type { EpochSnapshot, Rules } from "../types.js";
import {
  type Columns,
  type RecordHeader,
  type RecordKind,
  readRecords,
  recordOf,
  refuseBinary,
  startsOf,
} from "./binary.js";
import { type PackedRow, packRows } from "./packedRow.js";
import { type CheckedSnapshot, checkSnapshot, NO_COMMIT } from "./snapshot.js";
import { flag, record, refuse } from "./values.js";
import { BONDS_MASK, fillScalars, inputArrays, LIQUID_CONSENSUS } from "./write.js";

const KIND: RecordKind = { magic: abi.SNAPSHOT_MAGIC, name: "snapshot" };

/** What a binary snapshot may say besides the snapshot. */
export interface BinaryOptions {
  /** The result is wanted with its matrices. */
  readonly matrices?: boolean;
}

/** A snapshot read from a binary stream. */
export interface DecodedSnapshot {
  readonly snapshot: EpochSnapshot;
  readonly matrices: boolean;
}

/**
 * A snapshot as one binary record. Labels (`name`, `source`, `hotkeys`) are left out; rules become the capabilities they
 * stand for. Throws YumaError as `epoch` does for a bad snapshot, BAD_VALUE for bad options.
 */
export function encodeSnapshot(snapshot: EpochSnapshot, options: BinaryOptions = {}): Uint8Array {
  const checked = checkSnapshot(snapshot);
  const { matrices = false } = record("Options", options);
  const { n } = checked.settings;
  const counts = [n, checked.weights.uids.length, checked.bonds.uids.length] as const;
  const scalars = new BigUint64Array(abi.SCALARS);
  for (const [k, count] of counts.entries()) scalars[k] = BigInt(count);
  fillScalars(scalars, checked);
  const arrays = inputArrays(checked).map((array) => array ?? new Uint16Array(n));
  return recordOf(KIND, flag("matrices", matrices) ? abi.RECORD_MATRICES : 0, counts, [scalars, ...arrays]);
}

/**
 * The snapshots of a stream of records, in order; none for no bytes. Nothing in the bytes is trusted: what comes out has
 * passed every check a JSON snapshot passes. Throws BAD_BINARY, or what `epoch` throws for a bad snapshot; BAD_VALUE for
 * what is neither a Uint8Array nor an ArrayBuffer.
 */
export function decodeSnapshots(stream: Uint8Array | ArrayBuffer): Generator<DecodedSnapshot> {
  const pairs = (rows: readonly PackedRow[]) => rows.map((row) => row.toJSON());
  return readRecords(stream, KIND, (header, columns) => {
    const packed = snapshotOf(header, columns);
    checkSnapshot(packed);
    const snapshot = { ...packed, weights: pairs(packed.weights), bonds: pairs(packed.bonds) } as EpochSnapshot;
    return { snapshot, matrices: asksMatrices(header) };
  });
}

/** What `use` makes of each snapshot of a stream. Throws as `decodeSnapshots` does, and what `use` throws. */
export function readSnapshots<T>(
  stream: Uint8Array | ArrayBuffer,
  use: (snapshot: CheckedSnapshot, matrices: boolean) => T,
): Generator<T> {
  return readRecords(stream, KIND, (header, columns) =>
    use(checkSnapshot(snapshotOf(header, columns)), asksMatrices(header)),
  );
}

function asksMatrices({ flags }: RecordHeader): boolean {
  return (flags & abi.RECORD_MATRICES) !== 0;
}

/** The snapshot a record spells, unchecked, its rows packed. */
function snapshotOf(header: RecordHeader, columns: Columns) {
  const [n, weightCount, bondCount] = header.counts;
  const scalars = columns.next(BigUint64Array, abi.SCALARS);
  for (const [k, count] of header.counts.entries()) {
    if (scalars[k] !== BigInt(count)) {
      const text = `A snapshot's header counts ${count} where its scalar ${k} says ${scalars[k]}.`;
      refuseBinary("length", text, { scalar: k, header: count, value: String(scalars[k]) });
    }
  }
  const words = () => Array.from(columns.next(BigUint64Array, n));
  const lastUpdate = words();
  const blockAtRegistration = words();
  const alphaStake = words();
  const taoStake = words();
  const commits = words();
  const permits = columns.next(Uint8Array, n);
  const previous = columns.next(Uint16Array, n);
  const weights = rowsOf("weights", columns, n, weightCount);
  const bonds = rowsOf("bonds", columns, n, bondCount);
  columns.end();
  const commitBlocks = commits.every((block) => block === NO_COMMIT)
    ? null
    : commits.map((block) => (block === NO_COMMIT ? null : block));
  const flag = flagsOf(scalars);
  return {
    n,
    ...settingsOf(scalars, flag),
    lastUpdate,
    blockAtRegistration,
    alphaStake,
    taoStake,
    commitBlocks,
    validatorPermit: Array.from(permits, (permit, i) =>
      permit > 1 ? refuse(`validatorPermit[${i}]`, "0 or 1", permit) : permit === 1,
    ),
    previousConsensus: flag(abi.FLAG_PREVIOUS_CONSENSUS) ? Array.from(previous) : null,
    weights,
    bonds,
  };
}

function rowsOf(where: string, columns: Columns, n: number, count: number): PackedRow[] {
  const start = startsOf(where, columns, n, count);
  const uids = columns.next(Uint16Array, count);
  const values = columns.next(Uint16Array, count);
  return packRows({ start, uids, values });
}

/** As a number, or as it is where a number would be inexact: out of every range it will be checked against. */
function exact(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

type Flag = (bit: number) => boolean;

function flagsOf(scalars: BigUint64Array): Flag {
  const flags = scalars[abi.SCALAR_FLAGS] ?? 0n;
  if (flags > BigInt(abi.FLAGS_ALL)) return refuse("flags", `from 0 to ${abi.FLAGS_ALL}`, flags);
  for (let k = abi.SCALAR_BONDS_MASK + 1; k < abi.SCALARS; k++) {
    if (scalars[k] !== 0n) return refuse(`scalar ${k}`, "0, since it is reserved", scalars[k]);
  }
  return (bit) => (flags & BigInt(bit)) !== 0n;
}

function settingsOf(scalars: BigUint64Array, flag: Flag) {
  const wide = (k: number) => scalars[k] ?? 0n;
  const small = (k: number) => exact(wide(k));
  return {
    currentBlock: wide(abi.SCALAR_CURRENT_BLOCK),
    tempo: small(abi.SCALAR_TEMPO),
    lastMechanismStepBlock: wide(abi.SCALAR_LAST_MECHANISM_STEP_BLOCK),
    activityCutoff: wide(abi.SCALAR_ACTIVITY_CUTOFF),
    kappa: small(abi.SCALAR_KAPPA),
    bondsPenalty: small(abi.SCALAR_BONDS_PENALTY),
    bondsMovingAverage: wide(abi.SCALAR_BONDS_MOVING_AVERAGE),
    yuma3: flag(abi.FLAG_YUMA3),
    liquidAlpha: flag(abi.FLAG_LIQUID_ALPHA),
    alphaLow: small(abi.SCALAR_ALPHA_LOW),
    alphaHigh: small(abi.SCALAR_ALPHA_HIGH),
    alphaSigmoidSteepness: exact(BigInt.asIntN(64, wide(abi.SCALAR_ALPHA_SIGMOID_STEEPNESS))),
    maxAllowedValidators: small(abi.SCALAR_MAX_ALLOWED_VALIDATORS),
    stakeThreshold: wide(abi.SCALAR_STAKE_THRESHOLD),
    ownerUid: small(abi.SCALAR_OWNER_UID) === abi.NO_OWNER ? null : small(abi.SCALAR_OWNER_UID),
    commitRevealEnabled: flag(abi.FLAG_COMMIT_REVEAL),
    raoEmission: wide(abi.SCALAR_RAO_EMISSION),
    taoWeight: wide(abi.SCALAR_TAO_WEIGHT),
    ...rulesOf(scalars, flag),
  };
}

/** The rules of no particular version: every choice a snapshot can make is allowed, and made. */
function rulesOf(scalars: BigUint64Array, flag: Flag) {
  const rules: Rules = {
    specVersion: null,
    liquidAlphaConsensus: "perSubnet",
    nullMode: true,
    bondsMask: nameOf("bonds mask", BONDS_MASK, scalars[abi.SCALAR_BONDS_MASK]),
    ownerPrivilege: flag(abi.FLAG_OWNER_PRIVILEGE),
    perSubnetBonds: true,
  };
  const mode = nameOf("liquid consensus", LIQUID_CONSENSUS, scalars[abi.SCALAR_LIQUID_CONSENSUS]);
  const epochConsensus = flag(abi.FLAG_NULL_MODE) ? ("null" as const) : ("yuma" as const);
  return { rules, liquidAlphaConsensusMode: mode, epochConsensus };
}

function nameOf<N extends string>(where: string, numbers: Readonly<Record<N, number>>, value: bigint | undefined): N {
  const name = (Object.keys(numbers) as N[]).find((key) => BigInt(numbers[key]) === value);
  return name ?? refuse(where, `one of ${Object.values(numbers).join(", ")}`, value);
}
