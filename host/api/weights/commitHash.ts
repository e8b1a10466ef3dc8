/** The hash by which a validator commits to weights it will reveal later. */
import { blake2b } from "@noble/hashes/blake2.js";
import { MAX_MECHANISMS } from "../../../assembly/contract.js";
import { integer, present, record, u64 } from "../../marshal/values.js";
import type { U64 } from "../../types.js";
import { hex32, u16List } from "./fields.js";

const HASH_BYTES = 32;
/** Storage index of mechanism m of a subnet: m · 4096 + netuid. */
const MECHANISM_STRIDE = 4096;

/** What is committed to. */
export interface CommitHashInput {
  /** 0x and 64 hex digits: the 32 bytes of the account. */
  readonly hotkey: string;
  /** Below 4096. */
  readonly netuid: number;
  /** Default 0. */
  readonly mechid?: number;
  readonly uids: readonly number[];
  /** u16 each, as they will be revealed: not upscaled. */
  readonly values: readonly number[];
  /** u16 each. */
  readonly salt: readonly number[];
  readonly versionKey: U64;
}

/** The same with the storage index in place of netuid and mechid. */
export type IndexedCommit = Omit<CommitHashInput, "netuid" | "mechid"> & { readonly netuidIndex: number };

/** A mechanism's storage index, saturated to u16. Matches subnets/mechanism.rs `get_mechanism_storage_index`. */
export function storageIndex(netuid: number, mechid: number): number {
  return Math.min(Math.min(mechid * MECHANISM_STRIDE, 65535) + netuid, 65535);
}

/**
 * The commit hash: BLAKE2b-256 of hotkey ‖ index u16 ‖ vec(uids) ‖ vec(values) ‖ vec(salt) ‖ versionKey u64, little-endian,
 * vec = SCALE compact length, then u16 each. index = mechid · 4096 + netuid. Returns 0x and 64 hex digits.
 *
 * Throws MISSING_FIELD, BAD_VALUE. Source: subtensor subnets/weights.rs `get_commit_hash`.
 */
export function commitHash(input: CommitHashInput): string {
  const fields = record("A commit", input);
  const netuid = integer("netuid", present("netuid", fields.netuid), 0, MECHANISM_STRIDE - 1);
  const mechid = fields.mechid === undefined ? 0 : integer("mechid", fields.mechid, 0, MAX_MECHANISMS);
  return hashOf(commitPayload({ ...input, netuidIndex: storageIndex(netuid, mechid) }));
}

/** BLAKE2b-256 as 0x and 64 hex digits. */
export function hashOf(payload: Uint8Array): string {
  return hexOf(blake2b(payload, { dkLen: HASH_BYTES }));
}

/** The bytes that are hashed. Throws MISSING_FIELD, BAD_VALUE. */
export function commitPayload(input: IndexedCommit): Uint8Array {
  const fields = record("A commit", input);
  const hotkey = hex32("hotkey", present("hotkey", fields.hotkey));
  const lists = ["uids", "values", "salt"].map((name) => vector(u16List(name, present(name, fields[name]))));
  const parts = [
    Uint8Array.from({ length: HASH_BYTES }, (_, i) => Number.parseInt(hotkey.slice(2 + 2 * i, 4 + 2 * i), 16)),
    littleEndian(integer("netuidIndex", present("netuidIndex", fields.netuidIndex), 0, 65535), 2),
    ...lists,
    littleEndian(u64("versionKey", present("versionKey", fields.versionKey)), 8),
  ];
  const payload = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    payload.set(part, at);
    at += part.length;
  }
  return payload;
}

/** Bytes as 0x and hex digits. */
export function hexOf(bytes: Uint8Array): string {
  return `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** SCALE: the compact length, then each u16. */
function vector(values: readonly number[]): Uint8Array {
  const length = compact(values.length);
  const out = new Uint8Array(length.length + 2 * values.length);
  out.set(length);
  const view = new DataView(out.buffer, length.length);
  for (const [i, value] of values.entries()) view.setUint16(2 * i, value, true);
  return out;
}

/** SCALE's compact integer: the two lowest bits say how many bytes; lists are far below the 2^30 where a fourth form begins. */
function compact(length: number): Uint8Array {
  if (length < 64) return littleEndian(length * 4, 1);
  return length < 16384 ? littleEndian(length * 4 + 1, 2) : littleEndian(length * 4 + 2, 4);
}

function littleEndian(value: number | bigint, bytes: number): Uint8Array {
  const out = new Uint8Array(8);
  new DataView(out.buffer).setBigUint64(0, BigInt(value), true);
  return out.slice(0, bytes);
}
