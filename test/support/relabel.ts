/** Renaming the uids of a subnet: the same subnet in another order, and its results in the first one's names. */
import type { TracedEpochResult } from "../../host/types.js";
import type { EpochSnapshot, StoredRow } from "../oracle/types.js";

/** `to[i]` is the new name of uid i. Targets ≥ n keep theirs. */
export function relabelSnapshot(snapshot: EpochSnapshot, to: readonly number[]): EpochSnapshot {
  const each = <T>(values: readonly T[]): T[] => move(values, to);
  const rows = (matrix: readonly StoredRow[]) =>
    each(matrix).map((row) => row.map(([uid, value]) => [to[uid] ?? uid, value] as const));
  return {
    ...snapshot,
    ownerUid: snapshot.ownerUid === null ? null : to[snapshot.ownerUid]!,
    lastUpdate: each(snapshot.lastUpdate),
    blockAtRegistration: each(snapshot.blockAtRegistration),
    validatorPermit: each(snapshot.validatorPermit),
    alphaStake: each(snapshot.alphaStake),
    taoStake: each(snapshot.taoStake),
    commitBlocks: snapshot.commitBlocks && each(snapshot.commitBlocks),
    ...(snapshot.previousConsensus ? { previousConsensus: each(snapshot.previousConsensus) } : {}),
    weights: rows(snapshot.weights),
    bonds: rows(snapshot.bonds),
  };
}

/** The same for a result: every field has one entry a uid, and rows name uids. */
export function relabelResult(result: TracedEpochResult, to: readonly number[]): Record<string, unknown> {
  return mapFields(result, (values) =>
    move(values, to).map((value) =>
      Array.isArray(value) ? value.map(([uid, ...rest]) => [to[uid] ?? uid, ...rest]) : value,
    ),
  );
}

/** A result whose rows are ascending, for comparison where their order says nothing. */
export function ascending(result: object): Record<string, unknown> {
  return mapFields(result, (values) =>
    values.map((value) => (Array.isArray(value) ? [...value].sort((a, b) => a[0] - b[0]) : value)),
  );
}

function move<T>(values: readonly T[], to: readonly number[]): T[] {
  const out = new Array<T>(values.length);
  values.forEach((value, uid) => {
    out[to[uid]!] = value;
  });
  return out;
}

function mapFields(result: object, change: (values: unknown[]) => unknown[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(result).map(([field, value]) => [field, Array.isArray(value) ? change(value) : value]),
  );
}
