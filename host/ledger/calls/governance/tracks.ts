/** Of what kind a root call is, and what its kind is held to. */
import { ensure } from "../../errors.js";
import {
  ConvictionPercent,
  DayBlocks,
  type ProposalRules,
  TRACKS,
  type Track,
  type TrackRules,
  Tracks,
} from "../../state/governance.js";
import type { ReadableState } from "../../state/state.js";
import { ADMIN_PALLET } from "../admin/parameter.js";
import type { Call } from "../call.js";

/** The index of this pallet; the chain has none of it. */
export const GOVERNANCE_PALLET = 200;

/** Errors of calls that cannot be proposed: one that is for accounts alone, or a batch of nothing. */
export const TRACK_ERRORS = ["Governance.NotForRoot"] as const;

const TAO = 1_000_000_000n;

/** What the kinds are held to at first. */
// biome-ignore format: a table
const USUAL: Readonly<Record<Track, TrackRules>> = {
  cancellation: { decisionDays:  1, enactmentDays: 0, quorum: 100_000, approval: 666_666, depositRao:   100n * TAO },
  subnet:       { decisionDays:  3, enactmentDays: 1, quorum:  50_000, approval: 500_000, depositRao:    10n * TAO },
  network:      { decisionDays:  7, enactmentDays: 2, quorum: 100_000, approval: 600_000, depositRao:   100n * TAO },
  property:     { decisionDays: 14, enactmentDays: 4, quorum: 200_000, approval: 666_666, depositRao:   500n * TAO },
  rules:        { decisionDays: 28, enactmentDays: 7, quorum: 250_000, approval: 750_000, depositRao: 1_000n * TAO },
};

/** What a proposal of a call is held to, and its kind: of a batch the last in the order of TRACKS. */
export interface ProposalTerms {
  readonly track: Track;
  readonly rules: ProposalRules;
  readonly depositRao: bigint;
}

/** The rules of a kind as they stand. */
export function rulesOfTrack(state: ReadableState, track: Track): TrackRules {
  return state.read(Tracks, TRACKS.indexOf(track)) ?? USUAL[track];
}

/**
 * The terms of a proposal of this call now: of a batch, the strictest of each that any of its calls asks for. Error:
 * Governance.NotForRoot.
 */
export function termsOf(state: ReadableState, call: Call): ProposalTerms {
  const leaves = leavesOf(call);
  const areForRoot = leaves.length > 0 && leaves.every(({ definition }) => definition.origin !== "signed");
  ensure(areForRoot, "Governance.NotForRoot", { call: call.definition.name });
  const kinds = new Set(leaves.map(trackOf));
  const tracks = TRACKS.filter((track) => kinds.has(track));
  const rules = tracks.map((track) => rulesOfTrack(state, track));
  const most = (field: Exclude<keyof TrackRules, "depositRao">) => Math.max(...rules.map((one) => one[field]));
  const dayBlocks = state.read(DayBlocks);
  return {
    track: tracks[tracks.length - 1] as Track,
    rules: {
      decisionBlocks: Math.max(1, most("decisionDays") * dayBlocks),
      enactmentBlocks: Math.max(1, most("enactmentDays") * dayBlocks),
      quorum: most("quorum"),
      approval: most("approval"),
      convictionPercent: state.read(ConvictionPercent),
    },
    depositRao: rules.reduce((sum, one) => (one.depositRao > sum ? one.depositRao : sum), 0n),
  };
}

/** The calls in a call that are no batches. */
function leavesOf(call: Call): readonly Call[] {
  const { calls } = call.values as { readonly calls?: readonly Call[] };
  return calls === undefined ? [call] : calls.flatMap(leavesOf);
}

/** Parameters of a subnet, of all; this pallet's own; what is neither can take something from somebody. */
function trackOf({ definition }: Call): Track {
  if (definition.name === "Governance.cancel") return "cancellation";
  if (definition.index[0] === GOVERNANCE_PALLET) return "rules";
  if (definition.index[0] !== ADMIN_PALLET) return "property";
  return "netuid" in definition.arguments ? "subnet" : "network";
}
