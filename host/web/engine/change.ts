/** What if: a snapshot with a few values of another size. */
import { YumaError } from "../../errors.js";
import { integer, present, refuse, u16 } from "../../marshal/values.js";
import type { EpochSnapshot, MechanismInput, MechanismsSnapshot, U64 } from "../../types.js";
import { hasMechanisms } from "./subject.js";
import { storedRow } from "./yuma.js";

/** What is changed; what is left out stays as it was. Proportions are u16 over 65535. */
export interface Change {
  readonly kappa?: number;
  readonly bondsPenalty?: number;
  readonly liquidAlpha?: boolean;
  readonly alphaLow?: number;
  readonly alphaHigh?: number;
  /** The uid that `stakePercent` and `weights` are of. */
  readonly uid?: number;
  /** Its stake in percent of what it is. */
  readonly stakePercent?: number;
  /** Its weights instead of those it set, [uid, value] as a call gives them. */
  readonly weights?: readonly (readonly [uid: number, value: number])[];
}

/** The largest multiple of a stake: 100 times. */
export const MOST_STAKE_PERCENT = 10_000;

/** A snapshot under a change. Throws BAD_VALUE, BAD_UID, MISSING_FIELD; the rest is checked where it is computed. */
export function changed<S extends EpochSnapshot | MechanismsSnapshot>(snapshot: S, change: Change): S {
  const { uid, stakePercent, weights, ...settings } = change;
  const isOfNobody = stakePercent === undefined && weights === undefined;
  if (isOfNobody) return { ...snapshot, ...settings };
  const { n } = snapshot;
  const own = present("uid", uid);
  if (!Number.isInteger(own) || own < 0 || own >= n) {
    throw new YumaError("BAD_UID", `There is no uid ${own} in a subnet of ${n} uids.`, { uid: own, n });
  }
  const percent = integer("stakePercent", stakePercent ?? 100, 0, MOST_STAKE_PERCENT);
  const scaled = (stakes: readonly U64[]) =>
    stakes.map((stake, i) => (i === own ? (BigInt(stake) * BigInt(percent)) / 100n : stake));
  const next = {
    ...snapshot,
    ...settings,
    alphaStake: scaled(snapshot.alphaStake),
    taoStake: scaled(snapshot.taoStake),
  };
  return weights === undefined ? next : withWeights(next, own, weights);
}

/** The weights as the chain stores them, in every mechanism; they count as set in the block before the epoch, as in `whatIf`. */
function withWeights<S extends EpochSnapshot | MechanismsSnapshot>(
  snapshot: S,
  uid: number,
  weights: readonly (readonly [number, number])[],
): S {
  const row = storedRow(
    weights.map(([of]) => of),
    weights.map(([, value]) => u16("weights", value)),
  );
  const block = BigInt(snapshot.currentBlock) - 1n;
  const own = <M extends Pick<MechanismInput, "weights" | "lastUpdate">>(given: M): M => ({
    ...given,
    weights: given.weights.map((stored, i) => (i === uid ? row : stored)),
    lastUpdate: given.lastUpdate.map((last, i) => (i === uid && !snapshot.commitRevealEnabled ? block : last)),
  });
  return hasMechanisms(snapshot)
    ? { ...snapshot, mechanisms: snapshot.mechanisms.map(own) }
    : (own(snapshot as EpochSnapshot) as S);
}

const NUMBERS = {
  kappa: "kappa",
  penalty: "bondsPenalty",
  low: "alphaLow",
  high: "alphaHigh",
  uid: "uid",
  stake: "stakePercent",
} as const;

/** A change in the words of an address: `kappa=40000&uid=5&weights=3:100,4:50`. */
export function changeToParams(change: Change): URLSearchParams {
  const params = new URLSearchParams();
  for (const [word, field] of Object.entries(NUMBERS)) {
    const value = change[field];
    if (value !== undefined) params.set(word, String(value));
  }
  if (change.liquidAlpha !== undefined) params.set("liquid", change.liquidAlpha ? "1" : "0");
  if (change.weights !== undefined) params.set("weights", weightsText(change.weights));
  return params;
}

/** The change an address asks for, or null. Throws BAD_VALUE. */
export function changeFromParams(params: URLSearchParams): Change | null {
  const change: Record<string, unknown> = {};
  for (const [word, field] of Object.entries(NUMBERS)) {
    const text = params.get(word);
    if (text !== null) change[field] = wholeNumber(word, text);
  }
  const liquid = params.get("liquid");
  if (liquid !== null) change.liquidAlpha = liquid === "1";
  const weights = params.get("weights");
  if (weights !== null) change.weights = readWeights(weights);
  return Object.keys(change).length === 0 ? null : (change as Change);
}

/** Weights as one line: `3:100,4:50`. */
export function weightsText(weights: readonly (readonly [number, number])[]): string {
  return weights.map(([uid, value]) => `${uid}:${value}`).join(",");
}

/** The same, read. Throws BAD_VALUE. */
export function readWeights(text: string): [uid: number, value: number][] {
  const parts = text.split(/[\s,]+/).filter(Boolean);
  return parts.map((part) => {
    const [, uid, value] = /^(\d{1,5}):(\d{1,5})$/.exec(part) ?? [];
    if (uid === undefined || value === undefined) return refuse("weights", "a list such as 3:100,4:50", part);
    return [u16("weights", Number(uid)), u16("weights", Number(value))];
  });
}

function wholeNumber(word: string, text: string): number {
  return /^\d{1,5}$/.test(text) ? Number(text) : refuse(word, "a whole number of up to five digits", text);
}
