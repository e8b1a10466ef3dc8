/**
 * The life of a proposal: submitted with a deposit, opened in the next block on the stakes of that moment, voted on, closed, enacted.
 * Nothing here knows what a proposal's call is.
 */
import { ensure } from "../errors.js";
import type { Account } from "../state/codecs.js";
import {
  Agenda,
  OpenProposals,
  type Proposal,
  type ProposalRules,
  Proposals,
  type Status,
  Tallies,
  type Tally,
  type Track,
} from "../state/governance.js";
import { forget, remember } from "../state/past.js";
import type { State } from "../state/state.js";
import { BlockNumber } from "../state/system.js";
import { attempt, type RuleContext } from "./context.js";
import { BURN_ACCOUNT, GOVERNANCE_ACCOUNT, transferTao } from "./subnetAccounts.js";
import { totalStakeRao } from "./votingPower.js";

/** Parts of a whole. */
export const WHOLE = 1_000_000n;

/** Errors of a proposal that is not there. */
export const PROPOSAL_ERRORS = ["Governance.ProposalNotFound"] as const;

/** What becomes of proposals. */
export type ProposalEvent =
  | {
      readonly name: "Governance.Proposed";
      readonly proposal: number;
      readonly proposer: Account;
      readonly track: Track;
      readonly depositRao: bigint;
    }
  | {
      readonly name: "Governance.Opened";
      readonly proposal: number;
      readonly closesAt: number;
      readonly totalStakeRao: bigint;
    }
  | {
      readonly name: "Governance.Approved";
      readonly proposal: number;
      readonly enactedAt: number;
      readonly tally: Tally;
    }
  | { readonly name: "Governance.Rejected"; readonly proposal: number; readonly tally: Tally }
  | { readonly name: "Governance.Cancelled"; readonly proposal: number }
  | {
      readonly name: "Governance.DepositReturned" | "Governance.DepositSlashed";
      readonly proposal: number;
      readonly account: Account;
      readonly amountRao: bigint;
    };

/** A proposal. Error: Governance.ProposalNotFound. */
export function proposalOf(state: State, id: number): Proposal {
  const found = state.read(Proposals, id);
  ensure(found !== undefined, "Governance.ProposalNotFound", { proposal: id });
  return found;
}

/** Enough stake took part for it: ayes and abstentions. A nay never helps a proposal. */
export function isQuorate({ aye, abstain }: Tally, rules: ProposalRules, totalRao: bigint): boolean {
  return (aye.stakeRao + abstain.stakeRao) * WHOLE >= totalRao * BigInt(rules.quorum);
}

/** The ayes have more than their part of the weight of ayes and nays. */
export function isApproved({ aye, nay }: Tally, rules: ProposalRules): boolean {
  return aye.weightRao * WHOLE > (aye.weightRao + nay.weightRao) * BigInt(rules.approval);
}

/** Has a proposal wait for a block in which the step takes it up again. */
export function schedule(state: State, id: number, changed: Proposal): void {
  state.write(Proposals, id, changed);
  state.write(Agenda, changed.dueBlock, id, true);
}

/** Opens a submitted proposal: from now on the stakes of this moment vote. */
export function open({ state, emit }: RuleContext, id: number, submitted: Proposal): void {
  const now = state.read(BlockNumber);
  const closesAt = now + submitted.rules.decisionBlocks;
  const totalRao = totalStakeRao(state);
  remember(state, now);
  schedule(state, id, {
    ...submitted,
    status: "voting",
    openedAt: now,
    dueBlock: closesAt,
    totalStakeRao: totalRao,
  });
  emit({ name: "Governance.Opened", proposal: id, closesAt, totalStakeRao: totalRao });
}

/** Closes the vote: approved with quorum and approval, else rejected. Without a quorum the deposit is lost. */
export function close(context: RuleContext, id: number, voting: Proposal): void {
  const { state, emit } = context;
  const tally = state.read(Tallies, id);
  const quorate = isQuorate(tally, voting.rules, voting.totalStakeRao);
  endVote(state, voting);
  if (quorate && isApproved(tally, voting.rules)) {
    const enactedAt = state.read(BlockNumber) + voting.rules.enactmentBlocks;
    schedule(state, id, { ...voting, status: "approved", dueBlock: enactedAt });
    emit({ name: "Governance.Approved", proposal: id, enactedAt, tally });
  } else {
    finish(state, id, voting, "rejected");
    emit({ name: "Governance.Rejected", proposal: id, tally });
  }
  settleDeposit(context, id, voting, quorate);
}

/**
 * Cancels a proposal that is not over. Its proposer gets the deposit back before the vote and where a quorum has been reached; by root it is
 * lost, unless it was settled with the vote.
 */
export function cancel(context: RuleContext, id: number, live: Proposal, byRoot: boolean): void {
  const { state, emit } = context;
  state.remove(Agenda, live.dueBlock, id);
  if (live.status === "submitted") countOpen(state, -1);
  if (live.status === "voting") endVote(state, live);
  finish(state, id, live, "cancelled");
  emit({ name: "Governance.Cancelled", proposal: id });
  if (live.status === "approved") return;
  const isEarly = live.status === "submitted";
  const returns = !byRoot && (isEarly || isQuorate(state.read(Tallies, id), live.rules, live.totalStakeRao));
  settleDeposit(context, id, live, returns);
}

/** Ends a proposal. */
export function finish(state: State, id: number, last: Proposal, status: Status): void {
  state.write(Proposals, id, { ...last, status, dueBlock: state.read(BlockNumber) });
}

/** Counts the proposals that hold a deposit. */
export function countOpen(state: State, change: 1 | -1): void {
  state.write(OpenProposals, state.read(OpenProposals) + change);
}

function endVote(state: State, { openedAt }: Proposal): void {
  countOpen(state, -1);
  forget(state, openedAt);
}

function settleDeposit(context: RuleContext, id: number, { proposer, depositRao }: Proposal, returns: boolean): void {
  const to = returns ? proposer : BURN_ACCOUNT;
  // Root can have emptied the account; then there is nothing to give.
  const failure = attempt(context, (within) => transferTao(within, GOVERNANCE_ACCOUNT, to, depositRao));
  if (failure !== undefined) return;
  const name = returns ? "Governance.DepositReturned" : "Governance.DepositSlashed";
  context.emit({ name, proposal: id, account: proposer, amountRao: depositRao });
}
