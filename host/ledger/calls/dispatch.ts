/** Carrying out a call: origin, checks, effect; a call that fails leaves nothing behind but the error. */
import type { Kernel } from "../../load/kernel.js";
import { ensure, LedgerError } from "../errors.js";
import type { LedgerEvent } from "../events.js";
import { ledgerKernel } from "../kernel.js";
import { guardColdkeySwap } from "../rules/coldkeySwap.js";
import type { Account } from "../state/codecs.js";
import type { State } from "../state/state.js";
import { BlockNumber } from "../state/system.js";
import type { Call, Context, Origin } from "./call.js";

/** Of one call; the kernel is made when it is first asked for. */
class CallContext implements Context {
  readonly blockNumber: number;
  /** Only calls for accounts read it, and these are called by accounts alone. */
  readonly signer: Account | undefined;

  constructor(
    readonly state: State,
    readonly events: LedgerEvent[],
    readonly origin: Origin,
  ) {
    this.blockNumber = state.read(BlockNumber);
    this.signer = origin.kind === "signed" ? origin.signer : undefined;
  }

  get kernel(): Kernel {
    return ledgerKernel();
  }

  readonly emit = (event: LedgerEvent): void => void this.events.push(event);
  readonly dispatch = (by: Origin, call: Call) => dispatch(this.state, this.events, by, call);
}

/**
 * Carries out a call, whole or not at all, and gives the error it failed with. Events of a failed call are taken back with its
 * writes. Anything thrown that is not a LedgerError is a defect and goes on up.
 */
export function dispatch(state: State, events: LedgerEvent[], origin: Origin, call: Call): LedgerError | undefined {
  const mark = state.mark();
  const told = events.length;
  const context = new CallContext(state, events, origin);
  const { definition, values } = call;
  try {
    guardColdkeySwap(state, origin, call);
    ensure(definition.origin === "any" || definition.origin === origin.kind, "BadOrigin");
    definition.apply(context, values, definition.check(context, values));
    return undefined;
  } catch (error) {
    state.rollback(mark);
    events.length = told;
    if (error instanceof LedgerError) return error;
    throw error;
  }
}
