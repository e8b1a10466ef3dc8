/** Where the emission of a block goes on its way through one subnet: the links of a Sankey diagram. */
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
 */
export function emissionFlows(block: CoinbaseResult, subnet: SubnetEmission): EmissionFlow[] {
  const { terms, split } = subnet;
  const toSubnet = terms.taoIn + terms.excessTao;
  const toOthers = block.blockEmission - block.unspent - toSubnet;
  const parts = split.owner + split.server + split.validator + split.root + split.recycled;
  const tao = (from: FlowPlace, to: FlowPlace, rao: bigint): EmissionFlow => ({ from, to, unit: "TAO", rao });
  const alpha = (from: FlowPlace, to: FlowPlace, rao: bigint): EmissionFlow => ({ from, to, unit: "alpha", rao });
  return [
    tao("block", "subnet", toSubnet),
    tao("block", "otherSubnets", toOthers),
    tao("block", "recycled", block.unspent),
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
