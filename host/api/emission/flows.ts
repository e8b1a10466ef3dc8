/** Where the emission of a block goes on its way through one subnet: the links of a Sankey diagram. */
import { amount } from "../../marshal/amounts.js";
import { record } from "../../marshal/values.js";
import type { CoinbaseResult, SubnetEmission } from "./types.js";

/** So much flows from one place to another in one block. */
export interface EmissionFlow {
  readonly from: FlowPlace;
  readonly to: FlowPlace;
  readonly unit: "TAO" | "alpha";
  /** rao of the unit. */
  readonly rao: bigint;
}

/** `participants` is the alpha made for owner, miners, validators and root; `rounding` what truncation leaves to nobody. */
export type FlowPlace =
  | "block"
  | "otherSubnets"
  | "subnet"
  | "pool"
  | "purchase"
  | "participants"
  | "owner"
  | "miners"
  | "validators"
  | "root"
  | "recycled"
  | "rounding";

/**
 * The flows of one subnet in one block, from the block's emission down. What leaves a place adds up to what enters it, in rao:
 * truncation has a place of its own. Zero flows are kept, so that every place is there.
 *
 * @param block   what `coinbase` gave, or the same out of JSON
 * @param subnet  one of its subnets
 *
 * Throws BAD_VALUE where they are not.
 */
export function emissionFlows(block: CoinbaseResult, subnet: SubnetEmission): EmissionFlow[] {
  const { blockEmission, unspent } = amounts("block", block, "blockEmission", "unspent");
  const { terms: given, split: parted } = record("subnet", subnet);
  const terms = amounts("terms", given, "taoIn", "alphaIn", "excessTao");
  const split = amounts("split", parted, "created", "owner", "server", "validator", "root", "recycled");
  const toSubnet = terms.taoIn + terms.excessTao;
  const toOthers = blockEmission - unspent - toSubnet;
  const parts = split.owner + split.server + split.validator + split.root + split.recycled;
  const tao = (from: FlowPlace, to: FlowPlace, rao: bigint): EmissionFlow => ({ from, to, unit: "TAO", rao });
  const alpha = (from: FlowPlace, to: FlowPlace, rao: bigint): EmissionFlow => ({ from, to, unit: "alpha", rao });
  return [
    tao("block", "subnet", toSubnet),
    tao("block", "otherSubnets", toOthers),
    tao("block", "recycled", unspent),
    tao("subnet", "pool", terms.taoIn),
    tao("subnet", "purchase", terms.excessTao),
    alpha("subnet", "pool", terms.alphaIn),
    alpha("subnet", "participants", split.created),
    alpha("participants", "owner", split.owner),
    alpha("participants", "miners", split.server),
    alpha("participants", "validators", split.validator),
    alpha("participants", "root", split.root),
    alpha("participants", "recycled", split.recycled),
    alpha("participants", "rounding", split.created - parts),
  ];
}

/** Some amounts of a record, rao. */
function amounts<Name extends string>(where: string, value: unknown, ...names: Name[]): Record<Name, bigint> {
  const fields = record(where, value);
  return Object.fromEntries(names.map((name) => [name, amount(`${where}.${name}`, fields[name])])) as never;
}
