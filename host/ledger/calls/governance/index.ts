/** The calls of governance: holders of stake propose root calls and vote on them. This ledger's own; the chain has none. */
import { array } from "../../../marshal/values.js";
import { toAccount } from "../../accounts/address.js";
import { ensure } from "../../errors.js";
import { checkTransfer, transfer } from "../../rules/currency.js";
import {
  cancel as cancelProposal,
  countOpen,
  type ProposalEvent,
  proposalOf,
  schedule,
} from "../../rules/proposals.js";
import { GOVERNANCE_ACCOUNT } from "../../rules/subnetAccounts.js";
import { powerOf } from "../../rules/votingPower.js";
import type { Account } from "../../state/codecs.js";
import {
  type Choice,
  ConvictionPercent,
  choice as choiceCodec,
  MaxOpenProposals,
  MinProposerStake,
  NextProposal,
  OpenProposals,
  type Power,
  ProposedCalls,
} from "../../state/governance.js";
import { BlockNumber } from "../../state/system.js";
import { accountList } from "../../state/values.js";
import { type Argument, wordArgument } from "../arguments.js";
import { type Call, type Context, defineCall, type SignedContext } from "../call.js";
import { u32 } from "../numbers.js";
import { type DelegationEvent, delegate, undelegate } from "./delegation.js";
import { type GovernanceParameterEvent, PARAMETER_CALLS } from "./parameters.js";
import { GOVERNANCE_PALLET, termsOf } from "./tracks.js";
import { castVote, checkVote, checkVotesFor } from "./voting.js";

/** The most bytes a proposed call may have. */
export const MAX_PROPOSED_BYTES = 16_384;

/** Errors of these calls. */
export const GOVERNANCE_ERRORS = [
  "Governance.CallTooLong",
  "Governance.TooManyProposals",
  "Governance.TooLittleStake",
  "Governance.ProposalOver",
] as const;

/** What governance reports. */
export type GovernanceEvent =
  | ProposalEvent
  | {
      readonly name: "Governance.Voted";
      readonly proposal: number;
      readonly voter: Account;
      readonly choice: Choice;
      readonly power: Power;
      /** The hotkey that voted for the coldkey; null if it voted itself. */
      readonly delegate: Account | null;
    }
  | DelegationEvent
  | GovernanceParameterEvent;

const choice = wordArgument(choiceCodec);

/** Accounts, none twice. */
const accounts: Argument<readonly Account[], readonly string[]> = {
  codec: accountList,
  read: (where, input) => array(where, input).map((one, k) => toAccount(`${where}[${k}]`, one)),
};

/** The calls of this area, given the argument that is a call. */
export function governanceCalls(nested: Argument<Call>) {
  /**
   * Proposes a call, or a batch, to be made as root. The deposit is that of the call's kind, once more for every proposal that is
   * open already.
   */
  const propose = defineCall({
    name: "Governance.propose",
    index: [GOVERNANCE_PALLET, 0],
    origin: "signed",
    arguments: { call: nested },
    check: (context, { call }) => checkProposal(context, call, nested.codec.enc(call)),
    apply: ({ state, signer, emit }, _values, { bytes, terms, deposit }) => {
      const id = state.read(NextProposal);
      const dueBlock = state.read(BlockNumber) + 1;
      const { track, rules } = terms;
      const depositRao = deposit.amountRao;
      state.write(NextProposal, id + 1);
      state.write(ProposedCalls, id, bytes);
      transfer(state, emit, deposit);
      countOpen(state, 1);
      const proposer = signer;
      schedule(state, id, {
        ...{ proposer, track, rules, depositRao, dueBlock },
        status: "submitted",
        openedAt: 0,
        totalStakeRao: 0n,
      });
      emit({ name: "Governance.Proposed", proposal: id, proposer, track, depositRao });
    },
  });

  /** Votes with the stake the coldkey had when the proposal was opened; a later vote takes the place of an earlier one. */
  const vote = defineCall({
    name: "Governance.vote",
    index: [GOVERNANCE_PALLET, 1],
    origin: "signed",
    arguments: { proposal: u32, choice },
    check: (context, { proposal }) => checkVote(context, proposal),
    apply: (context, { proposal, choice: chosen }, vote) => castVote(context, proposal, chosen, vote),
  });

  /**
   * Votes for coldkeys that delegated to the signing hotkey before the proposal was opened and still do, or that have been swapped to
   * the signing coldkey since. A delegate leaves out those that voted themselves or delegate no more.
   */
  const voteFor = defineCall({
    name: "Governance.vote_for",
    index: [GOVERNANCE_PALLET, 3],
    origin: "signed",
    arguments: { proposal: u32, choice, coldkeys: accounts },
    check: (context, { proposal, coldkeys }) => checkVotesFor(context, proposal, coldkeys),
    apply: (context, { proposal, choice: chosen }, votes) => {
      for (const vote of votes) castVote(context, proposal, chosen, vote);
    },
  });

  /** Cancels a proposal: its proposer until it is approved, root until it is enacted. */
  const cancel = defineCall({
    name: "Governance.cancel",
    index: [GOVERNANCE_PALLET, 2],
    origin: "any",
    arguments: { proposal: u32 },
    check: (context, { proposal }) => checkCancel(context, proposal),
    apply: (context, { proposal }) =>
      cancelProposal(context, proposal, proposalOf(context.state, proposal), context.origin.kind === "root"),
  });

  return { propose, vote, voteFor, cancel, delegate, undelegate, ...PARAMETER_CALLS };
}

function checkProposal({ state, kernel, signer }: SignedContext, call: Call, bytes: Uint8Array) {
  const terms = termsOf(state, call);
  ensure(bytes.length <= MAX_PROPOSED_BYTES, "Governance.CallTooLong", { bytes: bytes.length });
  const openProposals = state.read(OpenProposals);
  ensure(openProposals < state.read(MaxOpenProposals), "Governance.TooManyProposals", { openProposals });
  const { stakeRao } = powerOf({ state, kernel }, signer, state.read(ConvictionPercent));
  ensure(stakeRao >= state.read(MinProposerStake), "Governance.TooLittleStake", { stakeRao });
  const amountRao = terms.depositRao * BigInt(openProposals + 1);
  const deposit = { from: signer, to: GOVERNANCE_ACCOUNT, amountRao, mayReap: false };
  checkTransfer(state, deposit);
  return { bytes, terms, deposit };
}

function checkCancel({ state, origin }: Context, id: number): void {
  const { status, proposer } = proposalOf(state, id);
  const isRoot = origin.kind === "root";
  ensure(isRoot || origin.signer === proposer, "BadOrigin");
  const isLive = status === "submitted" || status === "voting" || (isRoot && status === "approved");
  ensure(isLive, "Governance.ProposalOver", { status });
}
