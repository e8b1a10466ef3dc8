/** What the page and its worker say to each other. */

import type { Explanation } from "../../api/explain/types.js";
import type { FieldReport } from "../../chain/verify/compare.js";
import type { Counts } from "../../chain/verify/report.js";
import type { EpochSnapshot } from "../../types.js";

/** More than this is refused before it is read, and refused when it unpacks to more. */
export const MOST_BYTES = 100_000_000;

/** Something to open. */
export type Given =
  /** A file that was picked or dropped. */
  | { readonly kind: "file"; readonly name: string; readonly file: Blob }
  /** A document on a server that lets pages read it. */
  | { readonly kind: "url"; readonly url: string }
  /** The example that comes with the page. */
  | { readonly kind: "example"; readonly url: string }
  | GivenNode;

/** A subnet that is followed on a node. */
export interface GivenNode {
  readonly kind: "node";
  readonly url: string;
  readonly netuid: number;
}

/** What is read once. */
export type GivenDocument = Exclude<Given, GivenNode>;

/** The numbers of one epoch, one entry a uid: u16 over 65535, amounts in rao. */
export interface Numbers {
  readonly stake: readonly bigint[];
  readonly stakeWeight: readonly number[];
  readonly validatorTrust: readonly number[];
  readonly consensus: readonly number[];
  /** Of the mechanism that is looked at; `incentives` has those of all. */
  readonly incentive: readonly number[];
  readonly incentives: readonly (readonly number[])[];
  readonly dividends: readonly number[];
  readonly emission: readonly bigint[];
  /** The parts of the emission that uids get as miners and as validators. */
  readonly serverEmission: readonly bigint[];
  readonly validatorEmission: readonly bigint[];
  readonly active: readonly boolean[];
  readonly validatorPermit: readonly boolean[];
}

/** `agrees`: all that was compared is equal to the last bit; `unrecorded`: there is nothing to compare with. */
export type PageVerdict = "agrees" | "differs" | "unrecorded";

/** A fact about what is open, for the page's head. */
export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** A validator's voice in the consensus on one uid, as a share of stake and a weight, both from 0 to 1. */
export interface Vote {
  readonly uid: number;
  readonly stake: number;
  readonly weight: number;
}

/** The stake-weighted median of one uid as a picture: votes from the highest weight down, and where they are clipped. */
export interface Clip {
  readonly votes: readonly Vote[];
  readonly consensus: number;
  readonly kappa: number;
}

/** Why one uid's numbers are what they are. */
export interface Explained {
  readonly explanation: Explanation;
  /** Null where nobody votes on the uid. */
  readonly clip: Clip | null;
}

/** What validators gave and hold, a row a validator and a column a uid; values from 0 to 1. */
export interface Matrices {
  /** Uids of the rows, by active stake. */
  readonly validators: readonly number[];
  /** Uids of the columns, by incentive. */
  readonly miners: readonly number[];
  readonly weights: Float32Array;
  /** The part of each weight above consensus. */
  readonly clipped: Float32Array;
  readonly bonds: Float32Array;
}

/** Several epochs in a row, the first of them the one that is open; u16 over 65535, one array an epoch, one entry a uid. */
export interface Course {
  /** The block each epoch runs in. */
  readonly blocks: readonly bigint[];
  readonly dividends: readonly Uint16Array[];
  readonly incentive: readonly Uint16Array[];
  /** The uid whose bonds these are, after each epoch. */
  readonly holder: number;
  readonly bonds: readonly Uint16Array[];
}

/** Epochs to come under the change in force, and without it where there is one. */
export interface Forward {
  readonly now: Course;
  readonly before: Course | null;
}

/** What the node that is followed brought. */
export interface Live {
  /** The last block heard of. */
  readonly block: number;
  /** A sentence on what happened, where there is one. */
  readonly told: string | null;
  /** What is open from now on; null where that is what it was. */
  readonly opened: Opened | null;
}

/** What was opened, computed and compared. */
export interface Opened {
  readonly title: string;
  readonly kind: "snapshot" | "bundle" | "node" | "example";
  readonly facts: readonly Fact[];
  readonly n: number;
  readonly mechanisms: number;
  readonly hotkeys: readonly string[] | null;
  readonly numbers: Numbers;
  readonly verdict: PageVerdict;
  readonly counts: Counts;
  readonly fields: readonly FieldReport[];
  /** What one should know besides. */
  readonly notes: readonly string[];
  /** What one may change, as it is. */
  readonly settings: Pick<EpochSnapshot, "kappa" | "bondsPenalty" | "liquidAlpha" | "yuma3" | "alphaLow" | "alphaHigh">;
}
