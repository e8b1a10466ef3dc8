/**
 * The beacon: pulses that open timelocked commits, forged ones, and those that come late. The simulated network's beacon is one whose rounds
 * need no waiting. To prove a pulse takes tens of milliseconds, so genuine ones come where a commit waits for them.
 */
import type { PulseInput } from "../../../../host/ledger/calls/drand/index.js";
import { calls } from "../../../../host/ledger/calls/index.js";
import { TimelockedWeightCommits } from "../../../../host/ledger/state/commits.js";
import { BeaconConfigItem, LastStoredRound } from "../../../../host/ledger/state/drand.js";
import { ENTROPY_BYTES, ownBeacon, seal } from "../../../../host/timelock/index.js";
import { payloadOf } from "../../../../host/timelock/payload.js";
import type { Draw } from "../draw.js";
import { anyone, type Generator, type Planned, type World } from "../world.js";

const BEACON = ownBeacon("simulation");
const SIGNATURE_BYTES = 48;
const ROUNDS_AHEAD = 2;

/** What the network takes for its beacon. */
export const BEACON_CONFIG = { ...BeaconConfigItem.initial, publicKey: BEACON.publicKey };

/** The next rounds that will have their pulse, and now and then the last that had. */
export function drawRound(draw: Draw, { state }: World): bigint {
  return state.read(LastStoredRound) + BigInt(draw.below(ROUNDS_AHEAD) + (draw.oneIn(8) ? 0 : 1));
}

/** A row sealed to a round, for whoever sends it. */
export function sealedRow(
  draw: Draw,
  { uids, values }: { readonly uids: readonly number[]; readonly values: readonly number[] },
  round: bigint,
): Uint8Array {
  const entropy = Uint8Array.from({ length: ENTROPY_BYTES }, () => draw.below(256));
  const row = { hotkey: null, uids: [...uids], values: [...values], versionKey: 0n };
  return seal(payloadOf(row), round, { publicKey: BEACON.publicKey, entropy });
}

const genuine = (round: bigint): PulseInput => ({ round, signature: BEACON.sign(round) });

/** The rounds commits wait for, ascending. */
function awaited({ state }: World): readonly bigint[] {
  const last = state.read(LastStoredRound);
  const rounds = state.entries(TimelockedWeightCommits).flatMap(([, queue]) => queue.map(([, , , round]) => round));
  return [...new Set(rounds)].filter((round) => round > last).sort((a, b) => (a < b ? -1 : 1));
}

/** Bytes that are no point, one round's signature for another's, or a round again. */
function odd(draw: Draw, { state }: World): readonly PulseInput[] {
  const last = state.read(LastStoredRound);
  if (!draw.oneIn(4)) return [{ round: last + 1n, signature: new Uint8Array(SIGNATURE_BYTES).fill(draw.below(256)) }];
  return draw.oneIn(2) ? [genuine(last)] : [{ ...genuine(last + 2n), round: last + 1n }];
}

function drawPulses(draw: Draw, world: World): Planned {
  const by = anyone(draw, world);
  const rounds = awaited(world);
  if (draw.oneIn(12)) return { by: draw.oneIn(4) ? by : 0, call: calls.sudo.sudo({ call: sameBeacon() }) };
  const isOdd = rounds.length === 0 || draw.oneIn(8);
  const pulses = isOdd ? odd(draw, world) : rounds.slice(0, 1 + draw.below(3)).map(genuine);
  return { by, call: calls.drand.writePulse({ pulses }) };
}

function sameBeacon() {
  const { publicKey, periodSeconds, genesisSeconds } = BEACON_CONFIG;
  return calls.drand.setBeaconConfig({ publicKey, periodSeconds, genesisSeconds });
}

/** The generators of this area. */
export const DRAND_GENERATORS: readonly Generator[] = [{ name: "pulses", weight: 3, make: drawPulses }];
