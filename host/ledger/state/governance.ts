/** Storage of governance: proposals, votes, what is due when. The chain has none; names and defaults are this ledger's own. */
import { type CodecType, Option, Struct } from "scale-ts";
import { account, blockNumber, netuid, nonce, rao } from "./codecs.js";
import { u16, u32, u128 } from "./integers.js";
import { item, optionalItem } from "./item.js";
import { bytes, oneOf, unit } from "./values.js";

/** Kinds of root calls, by what they can do. A batch is held to the strictest of each that is in it. */
export const TRACKS = ["cancellation", "subnet", "network", "property", "rules"] as const;
export type Track = (typeof TRACKS)[number];
export const track = oneOf(...TRACKS);

/** What can be voted. */
export const CHOICES = ["aye", "nay", "abstain"] as const;
export type Choice = (typeof CHOICES)[number];
export const choice = oneOf(...CHOICES);

/** From submitted to voting; to approved or rejected; from approved to enacted or failed; cancelled on the way. */
export const STATUSES = ["submitted", "voting", "approved", "rejected", "cancelled", "enacted", "failed"] as const;
export type Status = (typeof STATUSES)[number];

/**
 * What a kind of call is held to. Periods are days of `DayBlocks`; quorum is a part of all stake, approval of the weight of ayes and
 * nays, both over 1,000,000.
 */
export const trackRules = Struct({
  decisionDays: u16,
  enactmentDays: u16,
  quorum: u32,
  approval: u32,
  depositRao: rao,
});
export type TrackRules = Readonly<CodecType<typeof trackRules>>;

/** The same for one proposal, as it was submitted: periods in blocks, and what conviction adds, in percent. */
export const proposalRules = Struct({
  decisionBlocks: u32,
  enactmentBlocks: u32,
  quorum: u32,
  approval: u32,
  convictionPercent: u16,
});
export type ProposalRules = Readonly<CodecType<typeof proposalRules>>;

/** Voting power in rao of TAO: plain stake, which quorums count, and the same weighted up by conviction. */
export const power = Struct({ stakeRao: u128, weightRao: u128 });
export type Power = Readonly<CodecType<typeof power>>;

/** A proposal. `dueBlock` is when it opens, closes or is enacted next, or when it ended. */
export const proposal = Struct({
  proposer: account,
  track,
  rules: proposalRules,
  depositRao: rao,
  status: oneOf(...STATUSES),
  /** The block it was opened in, whose stakes vote; 0 before. */
  openedAt: blockNumber,
  dueBlock: blockNumber,
  /** All stake there was then, rao of TAO. */
  totalStakeRao: u128,
});
export type Proposal = Readonly<CodecType<typeof proposal>>;

const tally = Struct({ aye: power, nay: power, abstain: power });
export type Tally = Readonly<CodecType<typeof tally>>;

/** A vote, the power it was cast with, and the delegate that cast it, if it was not the coldkey itself. */
const vote = Struct({ choice, power, delegate: Option(account) });
export type Vote = Readonly<CodecType<typeof vote>>;

const NO_POWER: Power = { stakeRao: 0n, weightRao: 0n };

/** The number of the next proposal. */
export const NextProposal = item("Governance.NextProposal", [], u32, 0);

/** Every proposal there was. */
export const Proposals = optionalItem("Governance.Proposals", [nonce], proposal);

/** A proposal's call, encoded. */
export const ProposedCalls = optionalItem("Governance.ProposedCalls", [nonce], bytes);

/** What was voted on a proposal, by coldkey. */
export const Votes = optionalItem("Governance.Votes", [nonce, account], vote);

/** The sums of these votes. */
export const Tallies = item("Governance.Tallies", [nonce], tally, { aye: NO_POWER, nay: NO_POWER, abstain: NO_POWER });

/** What is due in a block: proposals that open, close or are enacted. */
export const Agenda = optionalItem("Governance.Agenda", [blockNumber, nonce], unit);

/** How many proposals are submitted or voted on. */
export const OpenProposals = item("Governance.OpenProposals", [], u32, 0);

/** Blocks whose stakes are remembered, and how many proposals are voted on by them. */
export const Snapshots = optionalItem("Governance.Snapshots", [blockNumber], u32);

/** The latest of these blocks; absent where nothing is remembered. */
export const LatestSnapshot = optionalItem("Governance.LatestSnapshot", [], blockNumber);

/** The hotkey that may vote for a coldkey. */
export const Delegations = optionalItem("Governance.Delegations", [account], account);

/** Coldkeys swapped while stakes are remembered: what they had then votes by whom they were swapped to, and since which block. */
export const Heirs = optionalItem("Governance.Heirs", [account], Struct({ coldkey: account, swappedAt: blockNumber }));

/** What a kind of call is held to, by its place in TRACKS; absent, the usual. */
export const Tracks = optionalItem("Governance.Tracks", [netuid], trackRules);

/** Blocks of a day, in which periods are counted. */
export const DayBlocks = item("Governance.DayBlocks", [], u32, 7_200);

/** What a rao of conviction adds to the weight of a vote, in percent of a rao. */
export const ConvictionPercent = item("Governance.ConvictionPercent", [], u16, 200);

/** The least stake that may propose, rao of TAO. */
export const MinProposerStake = item("Governance.MinProposerStake", [], rao, 1_000_000_000_000n);

/** How many proposals may be submitted or voted on at a time. */
export const MaxOpenProposals = item("Governance.MaxOpenProposals", [], u16, 32);

/** Every item of this area. */
export const GOVERNANCE_ITEMS = [
  NextProposal,
  Proposals,
  ProposedCalls,
  Votes,
  Tallies,
  Agenda,
  OpenProposals,
  Snapshots,
  LatestSnapshot,
  Delegations,
  Heirs,
  Tracks,
  DayBlocks,
  ConvictionPercent,
  MinProposerStake,
  MaxOpenProposals,
];
