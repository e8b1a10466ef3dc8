/** Claiming root dividends. Source: subtensor staking/claim_root.rs. */
import { array, record, refuse } from "../../../marshal/values.js";
import { ensure } from "../../errors.js";
import { type ClaimType, claimRoot as claim } from "../../rules/claims.js";
import { addRootStaker } from "../../rules/rootStakers.js";
import { RootClaimType } from "../../state/claims.js";
import { claimType as claimTypeCodec } from "../../state/values.js";
import type { Argument } from "../arguments.js";
import { defineCall } from "../call.js";
import { netuidSet } from "../staking/arguments.js";

/** The most subnets of one claim. */
export const MAX_CLAIMED_SUBNETS = 5;

/** Errors of claims. */
export const CLAIM_ERRORS = ["SubtensorModule.InvalidSubnetNumber"] as const;

/** What is done with claims: "Swap", "Keep", or { keepSubnets: [1, 2] }. */
const claimType: Argument<ClaimType, "Swap" | "Keep" | { readonly keepSubnets: readonly number[] }> = {
  codec: claimTypeCodec,
  read: (where, input) => {
    if (input === "Swap" || input === "Keep") return { tag: input, value: true };
    if (typeof input === "string") return refuse(where, '"Swap", "Keep", or { keepSubnets }', input);
    const { keepSubnets } = record(where, input);
    return { tag: "KeepSubnets", value: [...netuidSet.read(where, array(`${where}.keepSubnets`, keepSubnets))] };
  },
};

/** Claims what the coldkey is owed of up to five subnets. Throws the errors of a sale. */
export const claimRoot = defineCall({
  name: "SubtensorModule.claim_root",
  index: [7, 121],
  origin: "signed",
  arguments: { subnets: netuidSet },
  check: (_context, { subnets }) =>
    ensure(subnets.length > 0 && subnets.length <= MAX_CLAIMED_SUBNETS, "SubtensorModule.InvalidSubnetNumber"),
  apply: (context, { subnets }) => {
    addRootStaker(context.state, context.signer);
    claim(context, context.signer, subnets);
  },
});

/** Sets what is done with the coldkey's claims. */
export const setRootClaimType = defineCall({
  name: "SubtensorModule.set_root_claim_type",
  index: [7, 122],
  origin: "signed",
  arguments: { newType: claimType },
  check: (_context, { newType }) => {
    const isEmpty = newType.tag === "KeepSubnets" && newType.value.length === 0;
    ensure(!isEmpty, "SubtensorModule.InvalidSubnetNumber");
  },
  apply: ({ state, signer, emit }, { newType }) => {
    addRootStaker(state, signer);
    state.write(RootClaimType, signer, newType);
    emit({ name: "SubtensorModule.RootClaimTypeSet", coldkey: signer, claimType: newType });
  },
});
