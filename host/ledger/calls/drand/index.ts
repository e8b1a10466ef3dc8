/**
 * Handing in drand's pulses, and saying whose are taken. On the chain a pulse comes in an unsigned call of a node's own; here anyone may sign for
 * it, since the pulse proves itself, and the call carries the pulses alone. Source: subtensor pallets/drand.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { type Codec, enhanceCodec } from "scale-ts";
import { YumaError } from "../../../errors.js";
import { array, u64 as readU64, record, refuse } from "../../../marshal/values.js";
import { isPulse } from "../../../timelock/beacon.js";
import { vector } from "../../../timelock/vector.js";
import { ensure, LedgerError } from "../../errors.js";
import {
  BeaconConfigItem,
  LastStoredRound,
  OldestStoredRound,
  type Pulse,
  Pulses,
  pulseCodec,
} from "../../state/drand.js";
import type { State } from "../../state/state.js";
import type { Argument } from "../arguments.js";
import { bytes } from "../bytes.js";
import { type Context, defineCall } from "../call.js";
import { u32 } from "../numbers.js";

/** Errors of this area. */
export const DRAND_ERRORS = ["Drand.InvalidRoundNumber", "Drand.PulseVerificationError"] as const;

/** What this area reports. */
export type DrandEvent =
  | { readonly name: "Drand.NewPulse"; readonly rounds: readonly bigint[] }
  | { readonly name: "Drand.BeaconConfigChanged" };

const PALLET = 26;
/** A week of quicknet's. */
const MOST_KEPT = 216_000n;
const MOST_REMOVED = 100;
/** Of a call: proving one takes two pairings. */
const MOST_PULSES = 10;
const KEY_BYTES = 96;
const SIGNATURE_BYTES = 48;
const RANDOMNESS_BYTES = 32;

/** A pulse as a user gives it; `randomness` is the sha-256 of the signature unless given. */
export interface PulseInput {
  readonly round: bigint | number | string;
  readonly signature: Uint8Array | string;
  readonly randomness?: Uint8Array | string;
}

function bytesOf(where: string, input: unknown, size: number): Uint8Array {
  const given = bytes.read(where, input);
  return given.length === size ? given : refuse(where, `${size} bytes`, input);
}

function readPulse(where: string, input: unknown): Pulse {
  const fields = record(where, input);
  const signature = bytesOf(`${where}.signature`, fields.signature, SIGNATURE_BYTES);
  const { randomness } = fields;
  return {
    round: readU64(`${where}.round`, fields.round),
    randomness:
      randomness === undefined ? sha256(signature) : bytesOf(`${where}.randomness`, randomness, RANDOMNESS_BYTES),
    signature,
  };
}

function fewEnough(pulses: readonly Pulse[]): readonly Pulse[] {
  if (pulses.length <= MOST_PULSES) return pulses;
  throw new YumaError("BAD_BINARY", `A call carries at most ${MOST_PULSES} pulses.`, { pulses: pulses.length });
}

const pulseList: Argument<readonly Pulse[], readonly PulseInput[]> = {
  codec: enhanceCodec(vector(pulseCodec), (pulses: readonly Pulse[]) => [...pulses], fewEnough) as Codec<
    readonly Pulse[]
  >,
  read: (where, input) => {
    const list = array(where, input);
    if (list.length > MOST_PULSES) return refuse(where, `at most ${MOST_PULSES} pulses`, input);
    return list.map((one, k) => readPulse(`${where}[${k}]`, one));
  },
};

/** The pulses that are the beacon's, in order; the others are passed over. */
function provenPulses({ state }: Context, pulses: readonly Pulse[]): readonly Pulse[] {
  const { publicKey } = state.read(BeaconConfigItem);
  let last = state.read(LastStoredRound);
  return pulses.filter(({ round, signature }) => {
    if (!isProven(publicKey, round, signature)) return false;
    ensure(round > last, "Drand.InvalidRoundNumber", { round, last });
    last = round;
    return true;
  });
}

function isProven(publicKey: Uint8Array, round: bigint, signature: Uint8Array): boolean {
  try {
    return isPulse(publicKey, round, signature);
  } catch (error) {
    if (error instanceof YumaError) throw new LedgerError("Drand.PulseVerificationError", { round });
    throw error;
  }
}

/** Stores pulses of the beacon. */
export const writePulse = defineCall({
  name: "Drand.write_pulse",
  index: [PALLET, 0],
  origin: "signed",
  arguments: { pulses: pulseList },
  check: (context, { pulses }) => provenPulses(context, pulses),
  apply: ({ state, emit }, _values, proven) => {
    const [first] = proven;
    if (first === undefined) return;
    const isFirst = state.read(LastStoredRound) === 0n && state.read(OldestStoredRound) === 0n;
    if (isFirst) state.write(OldestStoredRound, first.round);
    const rounds = proven.map(({ round }) => round);
    for (const pulse of proven) state.write(Pulses, pulse.round, pulse);
    state.write(LastStoredRound, rounds.at(-1)!);
    prune(state, rounds.at(-1)!);
    emit({ name: "Drand.NewPulse", rounds });
  },
});

/** Forgets the oldest pulses beyond a week's, some at a time. */
function prune(state: State, last: bigint): void {
  let oldest = state.read(OldestStoredRound);
  if (oldest === 0n) return;
  for (let removed = 0; removed < MOST_REMOVED && last - oldest + 1n > MOST_KEPT; removed++) {
    state.remove(Pulses, oldest);
    oldest += 1n;
  }
  state.write(OldestStoredRound, oldest);
}

const publicKey: Argument<Uint8Array, Uint8Array | string> = {
  ...bytes,
  read: (where, input) => bytesOf(where, input, KEY_BYTES),
};

/** Says whose pulses are taken. The key is not looked at until a pulse comes. */
export const setBeaconConfig = defineCall({
  name: "Drand.set_beacon_config",
  index: [PALLET, 1],
  origin: "root",
  arguments: { publicKey, periodSeconds: u32, genesisSeconds: u32 },
  check: () => undefined,
  apply: ({ state, emit }, config) => {
    const unnamed = new Uint8Array();
    state.write(BeaconConfigItem, {
      ...config,
      hash: unnamed,
      groupHash: unnamed,
      schemeId: unnamed,
      beaconId: unnamed,
    });
    emit({ name: "Drand.BeaconConfigChanged" });
  },
});

/** By the names of their builders. */
export const DRAND_CALLS = { writePulse, setBeaconConfig };
