/** The verdict of a verification, and all it rests on. */
import type { MechanismsResult, MechanismsSnapshot, Rules } from "../../types.js";
import type { Reconstruction } from "../inputs/reconstruct.js";
import type { ChainMetadata } from "../metadata/metadata.js";
import type { Hex } from "../rpc.js";
import type { FieldReport, Outcome } from "./compare.js";

/** `agrees`: everything compared is equal to the last bit. */
export type Verdict = "agrees" | "differs";

/** How many values were equal, differ, or were not compared. */
export type Counts = Readonly<Record<Outcome, number>>;

/** What a verification found. */
export interface Verification {
  readonly network: string;
  readonly netuid: number;
  readonly block: number;
  readonly blockHash: Hex;
  readonly parentHash: Hex;
  readonly specVersion: number;
  readonly metadataHash: Hex;
  readonly rules: Rules;
  readonly verdict: Verdict;
  readonly counts: Counts;
  readonly fields: readonly FieldReport[];
  /** Whether the rules used are held against values of the reference; else `unproved` says why not. */
  readonly proved: boolean;
  readonly unproved: readonly string[];
  /** What else one should know. */
  readonly notes: readonly string[];
  readonly snapshot: MechanismsSnapshot;
  readonly result: MechanismsResult;
}

/** Verdict and counts of compared fields. A verification in which nothing could be compared does not agree. */
export function judge(fields: readonly FieldReport[]): { verdict: Verdict; counts: Counts } {
  const counts = { equal: 0, differs: 0, excluded: 0 };
  for (const { outcomes } of fields) for (const outcome of outcomes) counts[outcome]++;
  return { verdict: counts.differs === 0 && counts.equal > 0 ? "agrees" : "differs", counts };
}

/** The last version whose rules are those of the reference. */
const LAST_PROVED_SPEC = 445;

/** Why a result under these rules is what we believe, not what we know; empty where it is known. */
export function unprovedReasons(
  { snapshot }: Reconstruction,
  rules: Rules,
  metadata: ChainMetadata,
  assumedSpec: number | undefined,
): string[] {
  const out: string[] = [];
  if (assumedSpec !== undefined && assumedSpec !== metadata.specVersion) {
    out.push(`the rules of spec version ${assumedSpec} were taken for those of ${metadata.specVersion}`);
  }
  const spec = rules.specVersion ?? 0;
  const hasCurve = snapshot.liquidAlpha && snapshot.yuma3;
  if (spec > LAST_PROVED_SPEC && hasCurve && snapshot.liquidAlphaConsensusMode !== "current") {
    out.push("liquid alpha's choice of consensus is written from the published text alone");
  }
  if (snapshot.epochConsensus === "null") out.push("Null mode is written from the published text alone");
  return out;
}
