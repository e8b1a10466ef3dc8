/** Whom a call on a subnet is for: its owner, or its owner and root. */
import type { Context } from "../calls/call.js";
import { ensure } from "../errors.js";
import type { Account } from "../state/codecs.js";
import { SubnetOwner } from "../state/subnets.js";

/** Throws BadOrigin unless the subnet's owner calls; gives the owner. Source: subtensor utils/misc.rs. */
export function ensureSubnetOwner({ state, origin }: Context, netuid: number): Account {
  ensure(origin.kind === "signed" && state.read(SubnetOwner, netuid) === origin.signer, "BadOrigin");
  return origin.signer;
}

/** Throws BadOrigin unless the subnet's owner or root calls; gives the owner, or null for root. */
export function ensureSubnetOwnerOrRoot(context: Context, netuid: number): Account | null {
  return context.origin.kind === "root" ? null : ensureSubnetOwner(context, netuid);
}
