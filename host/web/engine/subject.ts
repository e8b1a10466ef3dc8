/** What was opened, whatever its form: the snapshot of an epoch, and what was recorded of it. */

import { SNAPSHOT_MAGIC } from "../../../assembly/contract.js";
import type { FieldReport } from "../../chain/verify/compare.js";
import { YumaError } from "../../errors.js";
import { fromJson } from "../../json.js";
import { decodeSnapshots } from "../../marshal/binarySnapshot.js";
import { record } from "../../marshal/values.js";
import type { EpochResult, EpochSnapshot, MechanismsResult, MechanismsSnapshot } from "../../types.js";
import { compareRecorded, isRecorded, readRecorded } from "./recorded.js";
import { epoch, mechanismsEpoch } from "./yuma.js";

/** An epoch to look at. */
export interface Subject {
  readonly kind: "snapshot" | "bundle" | "node";
  readonly snapshot: EpochSnapshot | MechanismsSnapshot;
  readonly result: EpochResult | MechanismsResult;
  /** Every output that was compared. */
  readonly fields: readonly FieldReport[];
  readonly notes: readonly string[];
  /** Facts that only evidence has. */
  readonly blockHash?: string;
  readonly specVersion?: number;
}

/** Whether a snapshot is of a subnet with mechanisms. */
export function hasMechanisms(snapshot: EpochSnapshot | MechanismsSnapshot): snapshot is MechanismsSnapshot {
  return "mechanisms" in snapshot;
}

/** A snapshot and, of a subnet with mechanisms, its result. */
export interface Computed {
  readonly snapshot: Subject["snapshot"];
  readonly result: Subject["result"] | null;
}

/** The epoch of one mechanism, by itself: what is the subnet's, what is its own, and its part of the emission. */
export function mechanismOf({ snapshot, result }: Computed, mechid: number): EpochSnapshot {
  if (!hasMechanisms(snapshot) || result === null || !("mechanisms" in result)) return snapshot as EpochSnapshot;
  const { mechanismCount: _, split: __, mechanisms, ...shared } = snapshot;
  const own = mechanisms[mechid];
  if (own === undefined) {
    throw new YumaError("BAD_VALUE", `There is no mechanism ${mechid} of ${mechanisms.length}.`, {
      field: "mechid",
      value: mechid,
    });
  }
  return { ...shared, ...own, raoEmission: result.mechanisms[mechid]?.emission ?? 0n };
}

/** The epoch of a snapshot of either kind. */
export function compute(snapshot: EpochSnapshot | MechanismsSnapshot): EpochResult | MechanismsResult {
  return hasMechanisms(snapshot) ? mechanismsEpoch(snapshot) : epoch(snapshot);
}

/**
 * Reads a document and computes it. Recorded outputs alone are compared with what is open.
 *
 * Throws YumaError: BAD_JSON, BAD_BINARY, BAD_BUNDLE, or what `epoch` throws.
 */
export async function subjectOf(name: string, bytes: Uint8Array, open: Subject | null): Promise<Subject> {
  if (isBinary(bytes)) return subjectOfSnapshot(oneOf(name, bytes));
  const document = record(name, fromJson(new TextDecoder().decode(bytes), name));
  if (typeof document.format === "string") return subjectOfBundle(document);
  if (isRecorded(document)) return subjectOfRecorded(name, document, open);
  const subject = subjectOfSnapshot(document as unknown as EpochSnapshot);
  return document.recorded === undefined || document.recorded === null
    ? subject
    : withRecorded(subject, record("recorded", document.recorded), "recorded");
}

function isBinary(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) === SNAPSHOT_MAGIC;
}

function oneOf(name: string, bytes: Uint8Array): EpochSnapshot {
  const [first, second] = decodeSnapshots(bytes);
  if (first !== undefined && second === undefined) return first.snapshot;
  const text = `${name} holds several binary snapshots; this page opens one at a time.`;
  throw new YumaError("BAD_BINARY", text, { reason: "trailing" });
}

function subjectOfSnapshot(snapshot: EpochSnapshot | MechanismsSnapshot): Subject {
  return { kind: "snapshot", snapshot, result: compute(snapshot), fields: [], notes: [] };
}

function subjectOfRecorded(name: string, document: Record<string, unknown>, open: Subject | null): Subject {
  if (open === null) {
    const text = `${name} holds outputs of an epoch and no inputs; open its snapshot first, then this, to compare them.`;
    throw new YumaError("MISSING_FIELD", text, { field: "weights" });
  }
  return withRecorded(open, document, "");
}

function withRecorded(subject: Subject, document: Record<string, unknown>, where: string): Subject {
  const { result } = subject;
  if ("mechanisms" in result) {
    const text = "Recorded outputs are compared for one mechanism; a bundle of evidence is compared for several.";
    throw new YumaError("BAD_VALUE", text, { field: where || "mechanisms" });
  }
  return { ...subject, fields: compareRecorded(readRecorded(document, subject.snapshot.n, where), result) };
}

/** A bundle is verified as `yuma verify --bundle` does it; what reads the chain's metadata is loaded for it alone. */
async function subjectOfBundle(document: Record<string, unknown>): Promise<Subject> {
  const [{ decodeBundle, verifyEvidence }, { plainSnapshot }] = await Promise.all([
    import("../../chain/verify/bundle.js"),
    import("../../chain/verify/plainSnapshot.js"),
  ]);
  const { snapshot, fields, notes, unproved, blockHash, specVersion } = await verifyEvidence(decodeBundle(document));
  const plain = plainSnapshot(snapshot);
  return {
    kind: "bundle",
    snapshot: plain,
    result: compute(plain),
    fields,
    notes: [...notes, ...unproved.map((reason) => `Not proved: ${reason}.`)],
    blockHash,
    specVersion,
  };
}
