/**
 * A beacon: a signature a round, made public at the round's time by holders of key shares, and checkable by one public key. Quicknet is drand's
 * network whose rounds open Bittensor's timelocked weights: keys in G2 of BLS12-381, signatures in G1, a signature of a round's number alone.
 */
import { bls12_381 } from "@noble/curves/bls12-381.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { record, refuse, u64 } from "../marshal/values.js";
import type { U64 } from "../types.js";
import { pointOf } from "./points.js";

/** What is known of a beacon. */
export interface Beacon {
  /** 96 bytes: a compressed point of G2. */
  readonly publicKey: Uint8Array;
  /** Of round 1, in seconds since 1970. */
  readonly genesisSeconds: number;
  readonly periodSeconds: number;
}

/** drand's quicknet, chain hash 52db9ba7…4e971. */
export const QUICKNET: Beacon = {
  publicKey: hexToBytes(
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451" +
      "0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
  ),
  genesisSeconds: 1_692_803_367,
  periodSeconds: 3,
};

/** What a round's signature is of, as a point of G1. */
export function pointOfRound(round: U64) {
  return bls12_381.G1.hashToCurve(identityOf(round), { DST: "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_" });
}

/** The message of a round: sha-256 of its number, a big-endian u64. */
export function identityOf(round: U64): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, u64("round", round));
  return sha256(bytes);
}

/**
 * Whether the beacon of this public key (96 bytes) made this signature (48 bytes) of the round. Throws BAD_VALUE for bytes that are no points of
 * the curve's groups. Some 30 ms.
 */
export function isPulse(publicKey: Uint8Array, round: U64, signature: Uint8Array): boolean {
  const key = pointOf("publicKey", bls12_381.G2.Point, publicKey);
  const made = pointOf("signature", bls12_381.G1.Point, signature);
  if (made.is0() || key.is0()) return false;
  const { Fp12 } = bls12_381.fields;
  return Fp12.eql(bls12_381.pairing(made, bls12_381.G2.Point.BASE), bls12_381.pairing(pointOfRound(round), key));
}

/** A beacon of one's own. */
export interface OwnBeacon {
  /** 96 bytes. */
  readonly publicKey: Uint8Array;
  /** The signature of a round, 48 bytes. */
  sign(round: U64): Uint8Array;
}

/** The beacon of a seed, for devnets and tests: whoever knows the seed can open everything at any time. */
export function ownBeacon(seed: string): OwnBeacon {
  const { Fr } = bls12_381.fields;
  const secret = Fr.create(BigInt(`0x${bytesToHex(sha256(utf8ToBytes(seed)))}`));
  return {
    publicKey: bls12_381.G2.Point.BASE.multiply(secret).toBytes(),
    sign: (round) => pointOfRound(round).multiply(secret).toBytes(),
  };
}

/** The round whose time has come at some second, 0 before the first. Throws BAD_VALUE for what is no beacon or no time. */
export function roundAt(beacon: Beacon, seconds: number): bigint {
  const { genesisSeconds, periodSeconds } = timesOf(beacon);
  return finite("seconds", seconds) < genesisSeconds
    ? 0n
    : BigInt(Math.floor((seconds - genesisSeconds) / periodSeconds)) + 1n;
}

/** The second a round is due, the first being round 1. Throws BAD_VALUE for what is no beacon or no round. */
export function secondsOf(beacon: Beacon, round: U64): number {
  const { genesisSeconds, periodSeconds } = timesOf(beacon);
  return genesisSeconds + (Number(u64("round", round)) - 1) * periodSeconds;
}

function timesOf(beacon: Beacon): Beacon {
  record("beacon", beacon);
  finite("beacon.genesisSeconds", beacon.genesisSeconds);
  if (finite("beacon.periodSeconds", beacon.periodSeconds) > 0) return beacon;
  return refuse("beacon.periodSeconds", "above 0", beacon.periodSeconds);
}

function finite(where: string, value: number): number {
  return Number.isFinite(value) ? value : refuse(where, "a number of seconds", value);
}
