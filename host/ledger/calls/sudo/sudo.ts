/** Root's origin for the account the genesis names. Source: the sudo pallet. */
import { ensure, type LedgerErrorName } from "../../errors.js";
import { RootKey } from "../../state/system.js";
import type { Argument } from "../arguments.js";
import { type Call, defineCall } from "../call.js";

/** Errors of sudo. */
export const SUDO_ERRORS = ["Sudo.RequireSudo"] as const;

/** How a call by root ended; `error` null means well. The call that carried it succeeds either way. */
export type SudoEvent = { readonly name: "Sudo.Sudid"; readonly error: LedgerErrorName | null };

/** The calls of this area, given the argument that is a call. */
export function sudoCalls(nested: Argument<Call>) {
  /** Carries out a call as root. */
  const sudo = defineCall({
    name: "Sudo.sudo",
    index: [12, 0],
    origin: "signed",
    arguments: { call: nested },
    check: ({ state, signer }) => ensure(state.read(RootKey) === signer, "Sudo.RequireSudo"),
    apply: ({ dispatch, emit }, { call }) => {
      const failure = dispatch({ kind: "root" }, call);
      emit({ name: "Sudo.Sudid", error: failure?.error ?? null });
    },
  });
  return { sudo };
}
