/** What the floating-point twin computes a uid: stake, activity, permits, and at the end the payout. */
import type { Layout } from "./layout.js";

/** Results and scratch, one entry a uid. */
export interface UidVectors {
  readonly stake: Float64Array;
  readonly activeStake: Float64Array;
  readonly validatorPermit: Uint8Array;
  readonly consensus: Float64Array;
  readonly incentive: Float64Array;
  readonly dividends: Float64Array;
  readonly validatorTrust: Float64Array;
  readonly emission: Float64Array;
  readonly serverEmission: Float64Array;
  readonly validatorEmission: Float64Array;
  readonly scratch: Float64Array;
}

/** Empty vectors of n uids. */
export function drawUids(n: number): UidVectors {
  const vector = () => new Float64Array(n);
  return {
    stake: vector(),
    activeStake: vector(),
    validatorPermit: new Uint8Array(n),
    consensus: vector(),
    incentive: vector(),
    dividends: vector(),
    validatorTrust: vector(),
    emission: vector(),
    serverEmission: vector(),
    validatorEmission: vector(),
    scratch: vector(),
  };
}

/** Stake over the threshold, normalised; the same of active permitted uids; the permits granted. */
export function weighUids(layout: Layout, out: UidVectors): void {
  const { n, alphaStake, taoStake, permit, lastUpdate, settings } = layout;
  const { stake, activeStake } = out;
  const oldest = settings.currentBlock - settings.activityCutoff;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const total = alphaStake[i]! + taoStake[i]! * settings.taoWeight;
    const kept = total < settings.stakeThreshold && i !== settings.owner ? 0 : total;
    stake[i] = kept;
    sum += kept;
  }
  const scale = sum > 0 ? 1 / sum : 1;
  let active = 0;
  for (let i = 0; i < n; i++) {
    const share = stake[i]! * scale;
    stake[i] = share;
    const counts = permit[i] === 1 && lastUpdate[i]! >= oldest ? share : 0;
    activeStake[i] = counts;
    active += counts;
  }
  if (active > 0) for (let i = 0; i < n; i++) activeStake[i] = activeStake[i]! / active;
  grantPermits(layout, out);
}

/** The k largest stakes above zero; of equals the higher uids. */
function grantPermits({ n, settings }: Layout, { stake, validatorPermit, scratch }: UidVectors): void {
  const k = Math.min(settings.maxAllowedValidators, n);
  let lowest = 0;
  if (k > 0 && k < n) {
    scratch.set(stake);
    scratch.sort();
    lowest = scratch[n - k]!;
  }
  let free = k;
  for (let i = 0; i < n; i++) if (stake[i]! > lowest) free--;
  for (let i = n - 1; i >= 0; i--) {
    const share = stake[i]!;
    const granted = k > 0 && share > 0 && (share > lowest || (share === lowest && free-- > 0));
    validatorPermit[i] = granted || i === settings.owner ? 1 : 0;
  }
}

/** Incentive and dividends normalised, and the emission they share. */
export function payUids({ n, settings }: Layout, out: UidVectors, rankSum: number, dividendSum: number): void {
  const { incentive, dividends, stake, activeStake } = out;
  if (rankSum > 0) for (let i = 0; i < n; i++) incentive[i] = incentive[i]! / rankSum;
  if (dividendSum > 0) for (let i = 0; i < n; i++) dividends[i] = dividends[i]! / dividendSum;
  const parts = (rankSum > 0 ? 1 : 0) + (dividendSum > 0 ? 1 : 0);
  const scale = parts === 0 ? settings.rao : settings.rao / parts;
  let active = 0;
  for (let i = 0; i < n; i++) active += activeStake[i]!;
  const fallback = active > 0 ? activeStake : stake;
  for (let i = 0; i < n; i++) {
    const server = parts === 0 ? 0 : incentive[i]!;
    const validator = parts === 0 ? fallback[i]! : dividends[i]!;
    out.serverEmission[i] = Math.floor(server * scale);
    out.validatorEmission[i] = Math.floor(validator * scale);
    out.emission[i] = Math.floor((server + validator) * scale);
  }
}
