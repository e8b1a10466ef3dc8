/** What users ask about governance: proposals with their tallies, votes, voting power, delegators. */
import { integer } from "../marshal/values.js";
import { toAccount, toAddress } from "./accounts/address.js";
import type { Call } from "./calls/call.js";
import { rulesOfTrack } from "./calls/governance/tracks.js";
import { callCodec } from "./calls/index.js";
import { ledgerKernel } from "./kernel.js";
import { isApproved, isQuorate } from "./rules/proposals.js";
import { powerOf } from "./rules/votingPower.js";
import { type Account, decode } from "./state/codecs.js";
import {
  type Choice,
  ConvictionPercent,
  DayBlocks,
  Delegations,
  MaxOpenProposals,
  MinProposerStake,
  type Power,
  type ProposalRules,
  Proposals,
  ProposedCalls,
  type Status,
  type Proposal as StoredProposal,
  Tallies,
  type Tally,
  TRACKS,
  type Track,
  type TrackRules,
  Votes,
} from "./state/governance.js";
import { stateAt } from "./state/past.js";
import type { ReadableState } from "./state/state.js";

const MAX_U32 = 0xffff_ffff;

/** A proposal as it stands. Amounts are rao of TAO. */
export interface Proposal {
  readonly id: number;
  /** ss58 address. */
  readonly proposer: string;
  readonly call: Call;
  readonly track: Track;
  readonly status: Status;
  readonly rules: ProposalRules;
  readonly depositRao: bigint;
  /** The block whose stakes vote; null before. */
  readonly openedAt: number | null;
  /** When it opens, closes or is enacted next, or when it ended. */
  readonly dueBlock: number;
  readonly totalStakeRao: bigint;
  readonly tally: Tally;
  /** Whether the quorum and the approval are reached as the tally stands. */
  readonly isQuorate: boolean;
  readonly isApproved: boolean;
}

/** A vote. */
export interface CastVote {
  /** ss58 address of the coldkey whose stake it is. */
  readonly coldkey: string;
  readonly choice: Choice;
  readonly power: Power;
  /** The hotkey that voted for it; null if it voted itself. */
  readonly delegate: string | null;
}

/** What proposals are held to from now on. */
export interface GovernanceParameters {
  readonly dayBlocks: number;
  /** What a rao of conviction adds to the weight of a vote, in percent of a rao. */
  readonly convictionPercent: number;
  readonly minProposerStakeRao: bigint;
  readonly maxOpenProposals: number;
  /** By kind of call. Periods in days, quorum and approval over 1,000,000. */
  readonly tracks: Readonly<Record<Track, TrackRules>>;
}

/** What can be asked; accounts in any form, a proposal by its number. Throws BAD_VALUE for what is neither. */
export interface Governance {
  /** Every proposal there was, in the order they were made. */
  proposals(): readonly Proposal[];
  /** One of them; undefined where there is none. */
  proposal(id: number): Proposal | undefined;
  /** The votes on a proposal, in order of coldkeys. */
  votes(id: number): readonly CastVote[];
  /**
   * What a coldkey votes with: now, or on a proposal that is voted on, by the stakes of its opening; undefined on a proposal that is
   * not, whose stakes nobody remembers.
   */
  power(coldkey: string, id?: number): Power | undefined;
  /** The hotkey that a coldkey lets vote for it, as ss58 address; null where there is none. */
  delegate(coldkey: string): string | null;
  /** The coldkeys that let a hotkey vote for them, as ss58 addresses in order of accounts. */
  delegators(hotkey: string): readonly string[];
  /** What proposals are held to from now on; each keeps what it was made under. */
  parameters(): GovernanceParameters;
}

/** Asks a state about governance. */
export function governanceOf(state: ReadableState): Governance {
  return {
    proposals: () => state.entries(Proposals).map(([[id], stored]) => view(state, id, stored)),
    proposal: (id) => {
      const stored = state.read(Proposals, readId(id));
      return stored && view(state, id, stored);
    },
    votes: (id) =>
      state.entries(Votes, readId(id)).map(([[, coldkey], { choice, power, delegate }]) => ({
        coldkey: toAddress(coldkey),
        choice,
        power,
        delegate: delegate === undefined ? null : toAddress(delegate),
      })),
    power: (coldkey, id) => powerOn(state, toAccount("coldkey", coldkey), id),
    delegate: (coldkey) => {
      const hotkey = state.read(Delegations, toAccount("coldkey", coldkey));
      return hotkey === undefined ? null : toAddress(hotkey);
    },
    delegators: (hotkey) => {
      const delegate = toAccount("hotkey", hotkey);
      return state.entries(Delegations).flatMap(([[coldkey], to]) => (to === delegate ? [toAddress(coldkey)] : []));
    },
    parameters: () => ({
      dayBlocks: state.read(DayBlocks),
      convictionPercent: state.read(ConvictionPercent),
      minProposerStakeRao: state.read(MinProposerStake),
      maxOpenProposals: state.read(MaxOpenProposals),
      tracks: Object.fromEntries(TRACKS.map((track) => [track, rulesOfTrack(state, track)])) as Record<
        Track,
        TrackRules
      >,
    }),
  };
}

const readId = (id: unknown) => integer("proposal", id, 0, MAX_U32);

function powerOn(state: ReadableState, coldkey: Account, id: number | undefined): Power | undefined {
  const kernel = ledgerKernel();
  if (id === undefined) return powerOf({ state, kernel }, coldkey, state.read(ConvictionPercent));
  const found = state.read(Proposals, readId(id));
  if (found?.status !== "voting") return undefined;
  return powerOf({ state: stateAt(state, found.openedAt), kernel }, coldkey, found.rules.convictionPercent);
}

function view(state: ReadableState, id: number, stored: StoredProposal): Proposal {
  const tally = state.read(Tallies, id);
  return {
    ...stored,
    id,
    proposer: toAddress(stored.proposer),
    call: decode(callCodec, state.read(ProposedCalls, id) as Uint8Array, "A proposed call"),
    openedAt: stored.openedAt === 0 ? null : stored.openedAt,
    tally,
    isQuorate: stored.openedAt > 0 && isQuorate(tally, stored.rules, stored.totalStakeRao),
    isApproved: isApproved(tally, stored.rules),
  };
}
