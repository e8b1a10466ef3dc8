/**
 * What an epoch had to share out, exactly, without replaying the pool: the pendings before the block and the block's own parts, which
 * the alpha it minted (recorded) and the issuance after that (known, because the pool's purchase only moves alpha within it) determine.
 */
import { type Answers, type EpochState, query } from "../state/read.js";
import { flag, u16, u64 } from "../state/shape.js";
import { blockParts } from "./blockParts.js";
import { eligibleQueries, isEligible, readKeepsRoot } from "./sellFlag.js";

const ROOT = 0;
const MAX_U64 = (1n << 64n) - 1n;

/** Questions about a subnet's emission; null where this runtime keeps no such amount. Alpha-rao, save `rootTao`. */
export function emissionQueries(netuid: number) {
  const amount = (item: string) => query<bigint | null>("before", item, [netuid], u64, null);
  const written = (item: string) => query<bigint | null>("after", item, [netuid], u64, null);
  return {
    pendingServer: amount("PendingServerEmission"),
    pendingValidator: amount("PendingValidatorEmission"),
    pendingRoot: amount("PendingRootAlphaDivs"),
    mintedIn: written("SubnetAlphaInEmission"),
    mintedOut: written("SubnetAlphaOutEmission"),
    alphaIn: amount("SubnetAlphaIn"),
    alphaOut: amount("SubnetAlphaOut"),
    rootTao: query<bigint | null>("before", "SubnetTAO", [ROOT], u64, null),
    taoWeight: query("before", "TaoWeight", [], u64, 0n),
    ownerCut: query("before", "SubnetOwnerCut", [], u16, 0),
    // Before there was a switch, the cut was always taken.
    ownerCutEnabled: query("before", "OwnerCutEnabled", [netuid], flag, true),
    eligible: eligibleQueries(netuid),
    totalNetworks: query("before", "TotalNetworks", [], u16, 0),
  };
}

type EmissionAnswers = Answers<ReturnType<typeof emissionQueries>>;

/** The amount shared out. */
export interface EmissionTotal {
  /** Alpha-rao; where it is not known, the sum of what was recorded, which is below it by roundings. */
  readonly total: bigint;
  /** Why it is not known, null where it is. Everything but amounts can be computed all the same. */
  readonly unknown: string | null;
}

/**
 * pending server + validator + root before the block, and the block's three parts where the subnet takes part in emission; the
 * root's part only where it is kept. Saturates in u64. With `blocks`, that many blocks' parts, each as this block's.
 *
 * Source: subtensor `coinbase/run_coinbase.rs` `run_coinbase`, `distribute_emission`.
 */
export async function readTotal(
  state: EpochState,
  answers: EmissionAnswers,
  recorded: readonly bigint[] | null,
  blocks = 1n,
): Promise<EmissionTotal> {
  const { pendingServer, pendingValidator, pendingRoot, mintedIn, mintedOut, alphaIn, alphaOut, rootTao } = answers;
  const unknown = {
    total: saturated(recorded ?? []),
    unknown: "this runtime keeps its pending emission in another form",
  };
  if (pendingServer === null || pendingValidator === null || pendingRoot === null) return unknown;
  if (mintedIn === null || mintedOut === null || alphaIn === null || alphaOut === null || rootTao === null)
    return unknown;
  const pending = [pendingServer, pendingValidator, pendingRoot];
  if (!isEligible(answers.eligible)) return { total: saturated(pending), unknown: null };
  const { taoWeight, ownerCut, ownerCutEnabled, totalNetworks } = answers;
  const parts = blockParts({ alphaIn, alphaOut, mintedIn, mintedOut, rootTao, taoWeight, ownerCut, ownerCutEnabled });
  const root = parts.root > 0n && (await readKeepsRoot(state, totalNetworks)) ? parts.root : 0n;
  const each = parts.server + parts.validator + root;
  return { total: saturated([...pending, blocks * each]), unknown: null };
}

function saturated(amounts: readonly bigint[]): bigint {
  const sum = amounts.reduce((a, b) => a + b, 0n);
  return sum < MAX_U64 ? sum : MAX_U64;
}
