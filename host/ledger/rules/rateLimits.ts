/** How often something may be done: what was last done when, and how many blocks must pass. Source: subtensor utils/rate_limiting.rs. */
import { ensure } from "../errors.js";
import type { Account } from "../state/codecs.js";
import { OwnerHyperparamRateLimit } from "../state/hyperparameters.js";
import { LastRateLimitedBlock, TransactionKeyLastBlock } from "../state/limits.js";
import type { ReadableState, State } from "../state/state.js";
import { Tempo } from "../state/subnets.js";
import { BlockNumber } from "../state/system.js";

/** Errors of rate limits. */
export const RATE_LIMIT_ERRORS = ["SubtensorModule.TxRateLimitExceeded"] as const;

/** The kinds that are counted for an account on a subnet, by the chain's numbers. */
export const KIND = {
  SetChildren: 0,
  SetChildkeyTake: 1,
  SetWeightsVersionKey: 4,
  MechanismCountUpdate: 7,
  MechanismEmission: 8,
  MaxUidsTrimming: 9,
  AddStakeBurn: 10,
  TempoUpdate: 11,
} as const;

/** What is limited: where its last block is kept, and how many blocks must pass. */
export interface Limit {
  readonly last: (state: ReadableState, account: Account, netuid: number) => number;
  readonly record: (state: State, account: Account, netuid: number, block: number) => void;
  readonly blocks: (state: ReadableState, netuid: number) => number;
}

/** A kind counted for an account on a subnet. */
export function accountLimit(kind: number, blocks: Limit["blocks"]): Limit {
  return {
    last: (state, account, netuid) => state.read(TransactionKeyLastBlock, account, netuid, kind),
    record: (state, account, netuid, block) => state.write(TransactionKeyLastBlock, account, netuid, kind, block),
    blocks,
  };
}

/** A kind counted for a subnet, whoever does it. */
export function subnetLimit(kind: string, blocks: Limit["blocks"]): Limit {
  const key = (netuid: number) => `${kind}.${netuid}`;
  return {
    last: (state, _account, netuid) => state.read(LastRateLimitedBlock, key(netuid)),
    record: (state, _account, netuid, block) => state.write(LastRateLimitedBlock, key(netuid), block),
    blocks,
  };
}

/** A parameter its owner may change once in `OwnerHyperparamRateLimit` tempos; named as the chain names it. */
export function ownerLimit(parameter: string): Limit {
  return subnetLimit(`OwnerHyperparamUpdate.${parameter}`, (state, netuid) => {
    return state.read(Tempo, netuid) * state.read(OwnerHyperparamRateLimit);
  });
}

/** Whether enough blocks have passed; what was never done, or in block 0, may be. */
export function passes(state: ReadableState, limit: Limit, account: Account, netuid: number): boolean {
  const last = limit.last(state, account, netuid);
  return last === 0 || Math.max(state.read(BlockNumber) - last, 0) >= limit.blocks(state, netuid);
}

/** Throws TxRateLimitExceeded unless they have. */
export function ensurePasses(state: ReadableState, limit: Limit, account: Account, netuid: number): void {
  ensure(passes(state, limit, account, netuid), "SubtensorModule.TxRateLimitExceeded");
}

/** Notes that it was done in this block. */
export function recordDone(state: State, limit: Limit, account: Account, netuid: number): void {
  limit.record(state, account, netuid, state.read(BlockNumber));
}
