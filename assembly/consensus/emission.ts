/** K.11 Emission: the epoch's rao among servers (miners) and validators. */
import { SCALAR_RAO_EMISSION } from "../contract";
import * as i32f32 from "../fixed/i32f32";
import * as proportion from "../fixed/proportion";
import * as ratio from "../fixed/ratio";
import { at, pairAt, setPair, setU64 } from "../linear/array";
import * as vector from "../linear/vector";
import * as frame from "./frame";
import * as input from "./input";

/**
 * With Σ = Σ(incentive + dividends): server_i = trunc(incentive_i/Σ · rao), validator_i = trunc(dividends_i/Σ · rao),
 * emission_i = trunc((incentive_i + dividends_i)/Σ · rao), each truncated by itself, so that emission and
 * the sum of the parts may differ by a few rao.
 *
 * Σ = 0 (nobody voted): servers get nothing, validators and emission follow active stake, or plain stake if none is
 * active. Matches run_epoch.rs `epoch_mechanism`, "Emission".
 */
export function splitEmission(): void {
  vector.measure(frame.incentive, input.n);
  const incentives = vector.total;
  const bits = vector.bits;
  vector.measure(frame.dividends, input.n);
  const total = incentives + vector.total;
  if (total === 0) payByStake();
  else payByShares(total, bits + vector.bits);
}

function payByStake(): void {
  const stake = vector.sum(frame.activeStake, input.n) === 0 ? frame.stake : frame.activeStake;
  for (let i: u32 = 0; i < input.n; i++) pay(i, at(frame.incentive, i), at(stake, i), at(stake, i));
}

/** By shares of the total; `bits` are those set in incentives, and those in dividends. */
function payByShares(total: i64, bits: i64): void {
  let paid: u32 = 0;
  // Less than the total: no uid gets everything, and all shares are below one.
  if (ASC_FEATURE_SIMD && bits < total && ratio.areParts(bits, total)) paid = payPairs(total);
  for (let i = paid; i < input.n; i++) payUid(i, total);
}

/** Pays two uids at a time; returns how many. */
function payPairs(total: i64): u32 {
  ratio.prepare(total);
  proportion.prepare(input.scalar(SCALAR_RAO_EMISSION));
  const totals = ratio.totals();
  const inverses = ratio.inverses();
  const low = proportion.lowHalves();
  const high = proportion.highHalves();
  const incentive = frame.incentive;
  const dividends = frame.dividends;
  const serverEmission = frame.serverEmission;
  const validatorEmission = frame.validatorEmission;
  const emission = frame.emission;
  const n = input.n;
  let i: u32 = 0;
  for (; i + 1 < n; i += 2) {
    const servers = pairAt(incentive, i);
    const validators = pairAt(dividends, i);
    const ofServers = proportion.ofAmounts(ratio.ratios(servers, totals, inverses), low, high);
    setPair(serverEmission, i, ofServers);
    if (v128.any_true(validators)) {
      const both = i64x2.add(servers, validators);
      setPair(validatorEmission, i, proportion.ofAmounts(ratio.ratios(validators, totals, inverses), low, high));
      setPair(emission, i, proportion.ofAmounts(ratio.ratios(both, totals, inverses), low, high));
    } else {
      setPair(validatorEmission, i, validators);
      setPair(emission, i, ofServers);
    }
  }
  return i;
}

function payUid(i: u32, total: i64): void {
  const server = at(frame.incentive, i);
  const validator = at(frame.dividends, i);
  if ((server | validator) === 0) {
    // Most uids of many subnets.
    setPay(i, 0, 0, 0);
    return;
  }
  const ofServers = shareOf(server, total);
  const ofValidators = shareOf(validator, total);
  // Most of the others are only one of the two, and dividing takes time.
  const isBoth = server !== 0 && validator !== 0;
  pay(i, ofServers, ofValidators, isBoth ? shareOf(i32f32.add(server, validator), total) : ofServers + ofValidators);
}

function shareOf(part: i64, total: i64): i64 {
  return part === 0 ? 0 : i32f32.safeDiv(part, total);
}

function pay(i: u32, server: i64, validator: i64, both: i64): void {
  const rao = input.scalar(SCALAR_RAO_EMISSION);
  const ofServer = proportion.ofAmount(server, rao);
  const ofValidator = proportion.ofAmount(validator, rao);
  let emission = both === server ? ofServer : ofValidator;
  if (both !== server && both !== validator) emission = proportion.ofAmount(both, rao);
  setPay(i, ofServer, ofValidator, emission);
}

function setPay(i: u32, server: u64, validator: u64, emission: u64): void {
  setU64(frame.serverEmission, i, server);
  setU64(frame.validatorEmission, i, validator);
  setU64(frame.emission, i, emission);
}
