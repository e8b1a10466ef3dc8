/** Transfers of free TAO by its holder. Source: the balances pallet, existential deposit 500 rao. */
import { checkTransfer, reducibleRao, type Transfer, transfer } from "../../rules/currency.js";
import { compactRao, flagArgument, lookup } from "../arguments.js";
import { defineCall, type SignedContext } from "../call.js";

const apply = ({ state, emit }: SignedContext, _values: unknown, plan: Transfer) => void transfer(state, emit, plan);

const checked = ({ state }: SignedContext, plan: Transfer): Transfer => {
  checkTransfer(state, plan);
  return plan;
};

/** Transfers an amount; a sender left below the existential deposit ends, and the rest is dust. */
export const transferAllowDeath = defineCall({
  name: "Balances.transfer_allow_death",
  index: [5, 0],
  origin: "signed",
  arguments: { to: lookup, amountRao: compactRao },
  check: (context, values) => checked(context, { from: context.signer, ...values, mayReap: true }),
  apply,
});

/** Transfers an amount that leaves the sender the existential deposit at least. */
export const transferKeepAlive = defineCall({
  name: "Balances.transfer_keep_alive",
  index: [5, 3],
  origin: "signed",
  arguments: { to: lookup, amountRao: compactRao },
  check: (context, values) => checked(context, { from: context.signer, ...values, mayReap: false }),
  apply,
});

/** Transfers all there is, or with `keepAlive` all but the existential deposit. */
export const transferAll = defineCall({
  name: "Balances.transfer_all",
  index: [5, 4],
  origin: "signed",
  arguments: { to: lookup, keepAlive: flagArgument },
  check: (context, { to, keepAlive }) => {
    const from = context.signer;
    const amountRao = reducibleRao(context.state, from, !keepAlive);
    return checked(context, { from, to, amountRao, mayReap: !keepAlive });
  },
  apply,
});
