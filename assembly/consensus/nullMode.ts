/**
 * A.6 Null mode (spec 474 on): a subnet may switch Yuma Consensus off. The uid with the largest raw stake decides alone,
 * and everything is split in whole rao.
 *
 * Written from the release notes and the behaviour the original's published tests state; its code was not available, so
 * results of this mode are not proved. Decided here: the chosen uid needs no stored permit, consensus and validator trust
 * are zero, incentive and dividends are the shares of the two pots that were paid.
 */
import { SCALAR_RAO_EMISSION } from "../contract";
import * as wide from "../fixed/wide";
import { largestRemainder } from "../linear/apportion";
import { at, set, setU8, setU16, setU32, setU64, u16At, u32At, u64At } from "../linear/array";
import * as sparse from "../linear/sparse";
import * as frame from "./frame";
import * as input from "./input";

/**
 * The sole validator is the uid with the most raw stake, the lowest among equals; it alone holds a permit, before and
 * after. Activity, threshold and the owner's privilege do not matter. Without any stake there is none.
 */
export function permitAlone(): void {
  memory.fill(frame.permit, 0, input.n);
  const validator = largestStake();
  if (u64At(frame.rawStake, validator) > 0) setU8(frame.permit, validator, 1);
  memory.copy(frame.newPermit, frame.permit, input.n);
}

/**
 * Miners get rao − ⌊rao/2⌋ by the sole validator's masked integer weights, in equal shares where it set none; validators
 * get ⌊rao/2⌋ by raw stake. Without any stake the whole amount goes to all uids as miners. Dust by largest remainder.
 */
export function decideAlone(): void {
  const n = input.n;
  const rao = input.scalar(SCALAR_RAO_EMISSION);
  const validator = largestStake();
  const validators = u64At(frame.rawStake, validator) > 0 ? rao >> 1 : 0;
  const servers = rao - validators;
  largestRemainder(frame.validatorEmission, frame.rawStake, n, validators, frame.keys);
  spreadRow(validator);
  largestRemainder(frame.serverEmission, frame.column, n, servers, frame.keys);
  clearVectors();
  for (let i: u32 = 0; i < n; i++) {
    const server = u64At(frame.serverEmission, i);
    const paid = u64At(frame.validatorEmission, i);
    setU64(frame.emission, i, server + paid);
    set(frame.incentive, i, shareOf(server, servers));
    set(frame.dividends, i, shareOf(paid, validators));
  }
}

/** What Yuma Consensus would have computed and Null mode does not. */
function clearVectors(): void {
  const bytes = (<usize>input.n) << 3;
  memory.fill(frame.consensus, 0, bytes);
  memory.fill(frame.liquidConsensus, 0, bytes);
  memory.fill(frame.validatorTrust, 0, bytes);
  memory.fill(frame.medianStake, 0, bytes);
  memory.fill(frame.ranks, 0, bytes);
  memory.fill(frame.bondTotals, 0, bytes);
}

/** The uid with the most raw stake; among equals the lowest. */
function largestStake(): u32 {
  let best: u32 = 0;
  for (let i: u32 = 1; i < input.n; i++) if (u64At(frame.rawStake, i) > u64At(frame.rawStake, best)) best = i;
  return best;
}

/** column = the masked integer weights of row i; all zero where it has none, which counts as equal claims. */
function spreadRow(i: u32): void {
  memory.fill(frame.column, 0, (<usize>input.n) << 3);
  const values = sparse.values(frame.weights);
  const uids = sparse.uids(frame.weights);
  const end = sparse.end(frame.weights, i);
  for (let e = sparse.begin(frame.weights, i); e < end; e++) set(frame.column, u16At(uids, e), at(values, e));
}

/** part / whole as I32F32, truncated; 0 of nothing. */
function shareOf(part: u64, whole: u64): i64 {
  return whole === 0 ? 0 : <i64>wide.divWide(part >> 32, part << 32, whole);
}

/** Bonds stay as they are stored, for every uid. */
export function keepBonds(): void {
  for (let i: u32 = 0; i <= input.n; i++) setU32(frame.bondRows, i, u32At(input.bondRows, i));
  for (let e: u32 = 0; e < input.bondCount; e++) {
    setU16(frame.bondUids, e, u16At(input.bondUids, e));
    setU16(frame.bondValues, e, u16At(input.bondValues, e));
  }
}
