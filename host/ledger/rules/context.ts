/** What a rule may see and do: the part of their contexts that calls and steps of the block have in common. */
import type { Kernel } from "../../load/kernel.js";
import { LedgerError } from "../errors.js";
import type { Emit, LedgerEvent } from "../events.js";
import type { ReadableState, State } from "../state/state.js";

/** The state, the arithmetic, and where events go. */
export interface RuleContext {
  readonly state: State;
  readonly kernel: Kernel;
  readonly emit: Emit;
}

/** What is enough to compute from a state, present or past, without changing it. */
export interface ReadContext {
  readonly state: ReadableState;
  readonly kernel: Kernel;
}

/** Carries something out whole or not at all, its events with it; gives the error it failed with. Defects go on up. */
export function attempt(context: RuleContext, act: (within: RuleContext) => void): LedgerError | undefined {
  const { state, kernel, emit } = context;
  const mark = state.mark();
  const events: LedgerEvent[] = [];
  try {
    act({ state, kernel, emit: (event) => void events.push(event) });
  } catch (error) {
    state.rollback(mark);
    if (error instanceof LedgerError) return error;
    throw error;
  }
  for (const event of events) emit(event);
  return undefined;
}
