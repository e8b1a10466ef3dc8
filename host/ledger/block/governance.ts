/** Proposals that are due: opened, closed or enacted, in the order they were made. This ledger's own; the chain has none. */
import { dispatch } from "../calls/dispatch.js";
import { callCodec } from "../calls/index.js";
import type { LedgerErrorName } from "../errors.js";
import type { LedgerEvent } from "../events.js";
import { close, finish, open, proposalOf } from "../rules/proposals.js";
import { decode } from "../state/codecs.js";
import { Agenda, type Proposal, ProposedCalls } from "../state/governance.js";
import { BlockNumber } from "../state/system.js";
import type { StepContext } from "./steps.js";

/** A proposal was carried out; `error` says how its call failed, null that it did not. */
export type EnactmentEvent = {
  readonly name: "Governance.Enacted";
  readonly proposal: number;
  readonly error: LedgerErrorName | null;
};

/** The last step, so that what is enacted and whose stake votes is what calls of the block will find. */
export function governProposals(context: StepContext): void {
  const { state } = context;
  const now = state.read(BlockNumber);
  for (const [[, id]] of state.entries(Agenda, now)) {
    state.remove(Agenda, now, id);
    const due = proposalOf(state, id);
    if (due.status === "submitted") open(context, id, due);
    else if (due.status === "voting") close(context, id, due);
    else enact(context, id, due);
  }
}

/** Makes a proposal's call as root, whole or not at all. */
function enact({ state, emit }: StepContext, id: number, approved: Proposal): void {
  const call = decode(callCodec, state.read(ProposedCalls, id) as Uint8Array, "A proposed call");
  finish(state, id, approved, "enacted");
  const events: LedgerEvent[] = [];
  const failure = dispatch(state, events, { kind: "root", mandate: id }, call);
  if (failure !== undefined) finish(state, id, approved, "failed");
  for (const event of events) emit(event);
  emit({ name: "Governance.Enacted", proposal: id, error: failure?.error ?? null });
}
