/** Storage of the randomness that opens timelocked weights: drand's pulses, as they are handed in. Defaults are those of spec 425. */
import { hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { Bytes, type Codec, Struct, u32, u64 } from "scale-ts";
import { QUICKNET } from "../../timelock/beacon.js";
import { item, optionalItem } from "./item.js";

/** A round's signature, and the sha-256 of it that serves as randomness. */
export interface Pulse {
  readonly round: bigint;
  readonly randomness: Uint8Array;
  readonly signature: Uint8Array;
}

/** The codec of a pulse. */
export const pulseCodec = Struct({ round: u64, randomness: Bytes(), signature: Bytes() }) as unknown as Codec<Pulse>;

/** The beacon whose pulses are taken. */
export interface BeaconConfig {
  /** 96 bytes. */
  readonly publicKey: Uint8Array;
  readonly periodSeconds: number;
  readonly genesisSeconds: number;
  /** What names it; no rule reads these. */
  readonly hash: Uint8Array;
  readonly groupHash: Uint8Array;
  readonly schemeId: Uint8Array;
  readonly beaconId: Uint8Array;
}

const beaconConfig = Struct({
  publicKey: Bytes(),
  periodSeconds: u32,
  genesisSeconds: u32,
  hash: Bytes(),
  groupHash: Bytes(),
  schemeId: Bytes(),
  beaconId: Bytes(),
}) as unknown as Codec<BeaconConfig>;

/** The beacon; drand's quicknet at first. */
export const BeaconConfigItem = item("Drand.BeaconConfig", [], beaconConfig, {
  ...QUICKNET,
  hash: hexToBytes("52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"),
  groupHash: hexToBytes("f477d5c89f21a17c863a7f937c6a6d15859414d2be09cd448d4279af331c5d3e"),
  schemeId: utf8ToBytes("bls-unchained-g1-rfc9380"),
  beaconId: utf8ToBytes("quicknet"),
});

/** Pulses by round. */
export const Pulses = optionalItem("Drand.Pulses", [u64], pulseCodec);

/** The newest round stored, 0 before the first. */
export const LastStoredRound = item("Drand.LastStoredRound", [], u64, 0n);

/** The oldest one kept. */
export const OldestStoredRound = item("Drand.OldestStoredRound", [], u64, 0n);

/** Every item of this area. */
export const DRAND_ITEMS = [BeaconConfigItem, Pulses, LastStoredRound, OldestStoredRound];
