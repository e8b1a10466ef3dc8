/**
 * Casting votes. A coldkey's power counts once, whoever casts it: itself, a delegate, or the coldkey it was swapped to; the vote lies
 * under the coldkey that had the stake when the proposal was opened.
 */
import { ensure } from "../../errors.js";
import { checkHotkeyExists } from "../../rules/hotkeys.js";
import { heirOf } from "../../rules/moveSay.js";
import { proposalOf } from "../../rules/proposals.js";
import { powerOf } from "../../rules/votingPower.js";
import type { Account } from "../../state/codecs.js";
import {
  type Choice,
  Delegations,
  type Power,
  type Proposal,
  Tallies,
  type Tally,
  Votes,
} from "../../state/governance.js";
import { stateAt } from "../../state/past.js";
import type { Context, SignedContext } from "../call.js";

/** The most coldkeys of one call. */
export const MAX_VOTES = 256;

/** Errors of votes. */
export const VOTE_ERRORS = ["Governance.NotVoting", "Governance.NoPower"] as const;

/** A vote to be cast. */
interface Planned {
  readonly voter: Account;
  readonly power: Power;
  readonly delegate: Account | undefined;
}

/** The proposal is voted on, the signer had stake when it was opened and has not been swapped since. */
export function checkVote(context: SignedContext, id: number): Planned {
  const { state, signer: voter } = context;
  const voting = votingOf(context, id);
  const power = heirOf(state, voter, voting.openedAt) === voter ? powerThen(context, voting, voter) : undefined;
  ensure(power !== undefined && power.weightRao > 0n, "Governance.NoPower");
  return { voter, power, delegate: undefined };
}

/** The proposal is voted on, the coldkeys are not too many, and each is the signer's to vote for. */
export function checkVotesFor(context: SignedContext, id: number, coldkeys: readonly Account[]): readonly Planned[] {
  const { state, signer } = context;
  const voting = votingOf(context, id);
  ensure(coldkeys.length <= MAX_VOTES, "Governance.TooManyVotes", { coldkeys: coldkeys.length });
  const then = stateAt(state, voting.openedAt);
  return coldkeys.flatMap((voter): Planned[] => {
    const power = powerThen(context, voting, voter);
    if (voter !== signer && heirOf(state, voter, voting.openedAt) === signer) {
      return power.weightRao > 0n ? [{ voter, power, delegate: undefined }] : [];
    }
    ensure(then.read(Delegations, voter) === signer, "Governance.NotDelegated", { coldkey: voter });
    checkHotkeyExists(state, signer);
    const cast = state.read(Votes, id, voter);
    const isOwn = cast !== undefined && cast.delegate === undefined;
    const counts = !isOwn && state.read(Delegations, voter) === signer && power.weightRao > 0n;
    return counts ? [{ voter, power, delegate: signer }] : [];
  });
}

/** Casts a vote in the place of the coldkey's earlier one, if there is one. */
export function castVote({ state, emit }: Context, id: number, choice: Choice, planned: Planned): void {
  const { voter, power, delegate } = planned;
  const earlier = state.read(Votes, id, voter);
  const before = state.read(Tallies, id);
  const without = earlier === undefined ? before : changed(before, earlier.choice, earlier.power, -1n);
  state.write(Tallies, id, changed(without, choice, power, 1n));
  state.write(Votes, id, voter, { choice, power, delegate });
  emit({ name: "Governance.Voted", proposal: id, voter, choice, power, delegate: delegate ?? null });
}

function votingOf({ state }: Context, id: number): Proposal {
  const found = proposalOf(state, id);
  ensure(found.status === "voting", "Governance.NotVoting", { status: found.status });
  return found;
}

function powerThen({ state, kernel }: Context, { openedAt, rules }: Proposal, coldkey: Account): Power {
  return powerOf({ state: stateAt(state, openedAt), kernel }, coldkey, rules.convictionPercent);
}

function changed(tally: Tally, choice: Choice, { stakeRao, weightRao }: Power, sign: 1n | -1n): Tally {
  const before = tally[choice];
  return {
    ...tally,
    [choice]: { stakeRao: before.stakeRao + sign * stakeRao, weightRao: before.weightRao + sign * weightRao },
  };
}
