/**
 * The slow, obvious twin of the kernel: one sparse Yuma epoch on BigInt, step by step as assembly/consensus/README.md tells it.
 * Clarity over speed; written from the text, not from the kernel. The README describes input and result.
 */
import { weightsForBonds, yuma2, yuma3 } from "./bonds.js";
import {
  activeStake,
  activity,
  currentPermits,
  maskedWeights,
  newPermits,
  normalizedStake,
  rawStake,
} from "./masks.js";
import { clip, consensusOf, ranks } from "./median.js";
import { i32f32, i96f32, proportion, proportionToU16 } from "./real.js";
import { type Matrix, normalize, normalizeBy, rowSum } from "./sparse.js";
import type { BitsRow, EpochResult, EpochSnapshot } from "./types.js";

export function oracleEpoch(snapshot: EpochSnapshot): EpochResult {
  const { n } = snapshot;
  const active = activity(snapshot);
  const stake = normalizedStake(snapshot);
  const permits = currentPermits(snapshot);
  const validatorPermit = newPermits(snapshot, stake);
  const voting = activeStake(stake, active, permits);

  const weights = maskedWeights(snapshot, permits);
  const consensus = consensusOf(voting, weights, n, proportion(snapshot.kappa));
  const clipped = clip(weights, consensus);
  const validatorTrust = clipped.map(rowSum);
  const incentive = normalize(ranks(clipped, voting, n));

  const forBonds = weightsForBonds(weights, clipped, snapshot);
  const bondsInput = { weightsForBonds: forBonds, consensus, incentive, activeStake: voting };
  const { bonds, dividends } = snapshot.yuma3 ? yuma3(snapshot, bondsInput) : yuma2(snapshot, bondsInput);

  return {
    ...(snapshot.name === undefined ? {} : { name: snapshot.name }),
    active,
    consensus: consensus.map(proportionToU16),
    incentive: incentive.map(proportionToU16),
    dividends: dividends.map(proportionToU16),
    validatorTrust: validatorTrust.map(proportionToU16),
    stakeWeight: stake.map(proportionToU16),
    validatorPermit,
    ...emissions(BigInt(snapshot.raoEmission), incentive, dividends, voting, stake),
    stake: rawStake(snapshot).map(String),
    bonds: bonds.map((row, uid) =>
      validatorPermit[uid] ? row.map(([j, bits]): [number, number] => [j, proportionToU16(bits)]) : [],
    ),
    consensusBits: consensus.map(String),
    incentiveBits: incentive.map(String),
    dividendsBits: dividends.map(String),
    validatorTrustBits: validatorTrust.map(String),
    stakeBits: stake.map(String),
    activeStakeBits: voting.map(String),
    weightsBits: printed(weights),
    weightsForBondsBits: printed(forBonds),
    emaBondsBits: printed(bonds),
  };
}

/**
 * K.11: incentive, dividends and their sum, each over the sum of both, times the emission, truncated by itself. Where
 * there is neither incentive nor dividend, validators are paid by stake and servers nothing.
 */
function emissions(
  rao: bigint,
  incentive: readonly bigint[],
  dividends: readonly bigint[],
  voting: readonly bigint[],
  stake: readonly bigint[],
): Pick<EpochResult, "serverEmission" | "validatorEmission" | "emission"> {
  const combined = incentive.map((bits, uid) => i32f32.add(bits, dividends[uid]!));
  const total = i32f32.sum(combined);
  const byStake = i32f32.sum(voting) === 0n ? stake : voting;
  const pay = (shares: readonly bigint[]) => shares.map((share) => String(emissionOf(share, rao)));
  return {
    serverEmission: pay(normalizeBy(incentive, total)),
    validatorEmission: pay(total === 0n ? byStake : normalizeBy(dividends, total)),
    emission: pay(total === 0n ? byStake : normalizeBy(combined, total)),
  };
}

/** ⌊share·emission⌋ in I96F32, as u64. */
function emissionOf(share: bigint, rao: bigint): bigint {
  return i96f32.toUint(i96f32.mul(i96f32.from(i32f32, share), i96f32.fromInt(rao)), 64n);
}

function printed(matrix: Matrix): BitsRow[] {
  return matrix.map((row) => row.map(([uid, bits]): [number, string] => [uid, String(bits)]));
}
