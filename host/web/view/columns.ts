/** The columns of the metagraph. */
import type { Quantity } from "./format.js";

/** Columns in reading order; a validator's numbers, then a miner's, then what both come to. */
export const COLUMNS: readonly { readonly quantity: Quantity; readonly title: string; readonly about: string }[] = [
  { quantity: "stakeWeight", title: "Stake weight", about: "Share of the subnet’s stake" },
  { quantity: "validatorTrust", title: "V-trust", about: "How much of a validator’s weight survives the clip" },
  { quantity: "consensus", title: "Consensus", about: "Stake-weighted median of the weights on the uid" },
  { quantity: "incentive", title: "Incentive", about: "Share of the miners’ half" },
  { quantity: "dividends", title: "Dividends", about: "Share of the validators’ half" },
  { quantity: "emission", title: "Emission α", about: "Alpha received in this epoch" },
];
