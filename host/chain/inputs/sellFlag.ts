/** Whether root alpha was kept in this block: the sum of all eligible subnets' moving prices above 1. */
import { type Answers, type EpochState, query, read, storedQuery } from "../state/read.js";
import { bits, flag, u16, u64 } from "../state/shape.js";
import { notReconstructable } from "./refusal.js";

const ROOT = 0;
/** 1 in I96F32. */
const ONE = 1n << 32n;
/** Netuids asked beyond the number of networks, which leaves room for gaps. */
const MARGIN = 8;
/** Netuids looked at in all; the chain allows some 128 subnets. */
const MOST_NETUIDS = 1024;

/** Questions that decide whether a subnet takes part in emission. */
export function eligibleQueries(netuid: number) {
  return {
    firstEmissionBlock: storedQuery("before", "FirstEmissionBlockNumber", [netuid], u64),
    subtokenEnabled: query("before", "SubtokenEnabled", [netuid], flag, false),
    registrationAllowed: query("before", "NetworkRegistrationAllowed", [netuid], flag, true),
  };
}

function priceQueries(netuid: number) {
  return {
    added: query("before", "NetworksAdded", [netuid], flag, false),
    eligible: eligibleQueries(netuid),
    mechanism: query("before", "SubnetMechanism", [netuid], u16, 1),
    movingPriceBits: query("before", "SubnetMovingPrice", [netuid], bits, 0n),
  };
}

type EligibleAnswers = Answers<ReturnType<typeof eligibleQueries>>;
type PriceAnswers = Answers<ReturnType<typeof priceQueries>>;

/** Whether a subnet takes part: emission started, its token enabled, registration allowed. */
export function isEligible(answers: EligibleAnswers): boolean {
  return answers.firstEmissionBlock !== null && answers.subtokenEnabled && answers.registrationAllowed;
}

/** Σ moving price of eligible subnets (I96F32 bits, none below 0); a stable subnet counts 1. */
function priceSum(subnets: readonly PriceAnswers[]): bigint {
  let sum = 0n;
  for (const [netuid, { added, eligible, mechanism, movingPriceBits }] of subnets.entries()) {
    if (netuid === ROOT || !added || !isEligible(eligible)) continue;
    sum += mechanism === 0 ? ONE : movingPriceBits > 0n ? movingPriceBits : 0n;
  }
  return sum;
}

/**
 * Reads subnets from 0 up until as many were found as there are networks (the root among them), or the sum exceeds 1.
 * Source: subtensor `coinbase/run_coinbase.rs` `get_network_root_sell_flag`.
 */
export async function readKeepsRoot(state: EpochState, totalNetworks: number): Promise<boolean> {
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => priceQueries(from + i));
  let subnets = await read(state, range(0, totalNetworks + MARGIN));
  for (;;) {
    const found = subnets.filter(({ added }) => added).length;
    const keeps = priceSum(subnets) > ONE;
    if (keeps || found === totalNetworks) return keeps;
    if (found > totalNetworks || subnets.length >= MOST_NETUIDS) {
      const reason = `the chain counts ${totalNetworks} networks, and ${found} are found`;
      return notReconstructable(reason, { totalNetworks, found });
    }
    const more = Math.min(2 * subnets.length, MOST_NETUIDS);
    subnets = [...subnets, ...(await read(state, range(subnets.length, more)))];
  }
}
