/** Casting votes: with the power of the block a proposal was opened in, each at most once. */
import { ensure } from "../../errors.js";
import { proposalOf } from "../../rules/proposals.js";
import { powerOf } from "../../rules/votingPower.js";
import { type Choice, type Power, Tallies, type Tally, Votes } from "../../state/governance.js";
import { stateAt } from "../../state/past.js";
import type { SignedContext } from "../call.js";

/** Errors of votes. */
export const VOTE_ERRORS = ["Governance.NotVoting", "Governance.NoPower"] as const;

/** The proposal is voted on and the signer had stake when it was opened; gives its power. */
export function checkVote({ state, kernel, signer }: SignedContext, id: number): Power {
  const { status, openedAt, rules } = proposalOf(state, id);
  ensure(status === "voting", "Governance.NotVoting", { status });
  const power = powerOf({ state: stateAt(state, openedAt), kernel }, signer, rules.convictionPercent);
  ensure(power.weightRao > 0n, "Governance.NoPower");
  return power;
}

/** Casts a vote in the place of the signer's earlier one, if there is one. */
export function castVote({ state, signer, emit }: SignedContext, id: number, choice: Choice, power: Power): void {
  const earlier = state.read(Votes, id, signer);
  const before = state.read(Tallies, id);
  const without = earlier === undefined ? before : changed(before, earlier.choice, earlier.power, -1n);
  state.write(Tallies, id, changed(without, choice, power, 1n));
  state.write(Votes, id, signer, { choice, power });
  emit({ name: "Governance.Voted", proposal: id, voter: signer, choice, power });
}

function changed(tally: Tally, choice: Choice, { stakeRao, weightRao }: Power, sign: 1n | -1n): Tally {
  const before = tally[choice];
  return {
    ...tally,
    [choice]: { stakeRao: before.stakeRao + sign * stakeRao, weightRao: before.weightRao + sign * weightRao },
  };
}
