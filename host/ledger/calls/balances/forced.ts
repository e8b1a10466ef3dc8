/** What root may do with free TAO. Source: the balances pallet. */
import { checkForceBalance, checkTransfer, forceBalance, transfer } from "../../rules/currency.js";
import { compactRao, lookup } from "../arguments.js";
import { defineCall } from "../call.js";

/** Transfers between two accounts; the sender may end by it. */
export const forceTransfer = defineCall({
  name: "Balances.force_transfer",
  index: [5, 2],
  origin: "root",
  arguments: { from: lookup, to: lookup, amountRao: compactRao },
  check: ({ state }, values) => {
    const plan = { ...values, mayReap: true };
    checkTransfer(state, plan);
    return plan;
  },
  apply: ({ state, emit }, _values, plan) => void transfer(state, emit, plan),
});

/** Gives an account this balance, 0 if it is below the existential deposit; the issuance of balances follows. */
export const forceSetBalance = defineCall({
  name: "Balances.force_set_balance",
  index: [5, 8],
  origin: "root",
  arguments: { account: lookup, freeRao: compactRao },
  check: ({ state }, { account, freeRao }) => checkForceBalance(state, account, freeRao),
  apply: ({ state, emit }, { account, freeRao }) => forceBalance(state, emit, account, freeRao),
});
