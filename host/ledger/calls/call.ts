/** What a call is: a name, arguments, an origin, ordered checks, and an effect. One file a call or a small family of them. */

import type { Codec } from "scale-ts";
import type { Kernel } from "../../load/kernel.js";
import type { LedgerError } from "../errors.js";
import type { Emit } from "../events.js";
import type { Account } from "../state/codecs.js";
import type { State } from "../state/state.js";
import { type Arguments, codecOf, type InputOf, readArguments, type ValuesOf } from "./arguments.js";

/** Who calls: an account, or root; `mandate` is the proposal root carries out, if it does. */
export type Origin =
  | { readonly kind: "signed"; readonly signer: Account }
  | { readonly kind: "root"; readonly mandate?: number };

/** Whom a call is for. `any` looks at the origin itself, as calls by subnet owner or root do. */
export type OriginKind = "signed" | "root" | "any";

/** What a call may see and do. Nothing else reaches it: no clock, no randomness, no store. */
export interface Context {
  readonly state: State;
  /** All fixed-point arithmetic. */
  readonly kernel: Kernel;
  readonly origin: Origin;
  readonly blockNumber: number;
  readonly emit: Emit;
  /** Carries out another call, whole or not at all; gives the error it failed with. */
  readonly dispatch: (origin: Origin, call: Call) => LedgerError | undefined;
}

/** The context of a call whose origin is an account. */
export interface SignedContext extends Context {
  readonly signer: Account;
}

type ContextOf<O extends OriginKind> = O extends "signed" ? SignedContext : Context;

/** A call as its file declares it. F its arguments, P what the checks hand on to the effect, such as a simulated swap. */
export interface CallDefinition<O extends OriginKind, F extends Arguments, P> {
  /** The chain's pallet and call: "Balances.transfer_keep_alive". */
  readonly name: string;
  /** The chain's indices of pallet and call: the first two bytes of the encoded call. */
  readonly index: readonly [pallet: number, call: number];
  readonly origin: O;
  readonly arguments: F;
  /** The checks in the chain's order; the first that fails throws its LedgerError. Changes nothing that lasts. */
  readonly check: (context: ContextOf<O>, values: ValuesOf<F>) => P;
  /** The effect. If it throws a LedgerError all it did is undone, but a check is the better place. */
  readonly apply: (context: ContextOf<O>, values: ValuesOf<F>, plan: P) => void;
}

/** A declared call, with what follows from the declaration. */
export interface DefinedCall<F extends Arguments = Arguments> extends CallDefinition<OriginKind, F, unknown> {
  readonly codec: Codec<ValuesOf<F>>;
  /** The call with a user's arguments. Throws MISSING_FIELD, UNKNOWN_FIELD, BAD_VALUE. */
  readonly build: (input: InputOf<F>) => Call;
}

/** A call to be made. */
export interface Call {
  readonly definition: AnyDefinedCall;
  /** The values of the definition's arguments. */
  readonly values: ValuesOf<Arguments>;
}

// biome-ignore lint/suspicious/noExplicitAny: a definition is invariant in its types; no narrower type holds them all.
export type AnyDefinedCall = DefinedCall<any>;

/** Declares a call. */
export function defineCall<O extends OriginKind, F extends Arguments, P>(
  definition: CallDefinition<O, F, P>,
): DefinedCall<F> {
  const wide = definition as unknown as CallDefinition<OriginKind, F, unknown>;
  const defined: DefinedCall<F> = {
    ...wide,
    codec: codecOf(definition.arguments),
    build: (input) => ({ definition: defined, values: readArguments(definition.name, definition.arguments, input) }),
  };
  return defined;
}
