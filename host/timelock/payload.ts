/** What a validator seals: its weights, under its hotkey, in SCALE. */
import { Bytes, type Codec, Struct, u16, u64 } from "scale-ts";
import { YumaError } from "../errors.js";
import { array, u16 as readU16, u64 as readU64, record, refuse } from "../marshal/values.js";
import type { U64 } from "../types.js";
import { bytesOf } from "./points.js";
import { vector } from "./vector.js";

/** A row of weights as it is sealed. */
export interface SealedWeights {
  /** The validator's, 32 bytes; null in the form of before, which anyone could copy. */
  readonly hotkey: Uint8Array | null;
  readonly uids: readonly number[];
  /** u16 each, before they are scaled up. */
  readonly values: readonly number[];
  readonly versionKey: bigint;
}

const ACCOUNT_BYTES = 32;
const row = { uids: vector(u16), values: vector(u16), versionKey: u64 };
const plainRow = Struct(row);
const ownedRow = Struct({ hotkey: Bytes(), ...row });

/** The same as a caller gives it. */
export interface WeightsToSeal extends Omit<SealedWeights, "versionKey"> {
  readonly versionKey: U64;
}

/** The bytes to seal, be there as many values as uids or not: a chain opens either. Throws BAD_VALUE. */
export function payloadOf(weights: WeightsToSeal): Uint8Array {
  record("weights", weights);
  const { hotkey, uids, values, versionKey } = weights;
  const given = {
    uids: u16s("uids", uids),
    values: u16s("values", values),
    versionKey: readU64("versionKey", versionKey),
  };
  if (hotkey === null) return plainRow.enc(given);
  if (bytesOf("hotkey", hotkey).length !== ACCOUNT_BYTES) return refuse("hotkey", `${ACCOUNT_BYTES} bytes`, hotkey);
  return ownedRow.enc({ hotkey, ...given });
}

/** Throws BAD_LENGTH where there are not as many values as uids: whoever opened it would drop it. */
export function refuseUneven({ uids, values }: WeightsToSeal): void {
  if (uids.length === values.length) return;
  const text = `A row has as many values as uids, not ${values.length} to ${uids.length}.`;
  throw new YumaError("BAD_LENGTH", text, { field: "values", uids: uids.length, values: values.length });
}

/**
 * The row in opened bytes. The form with a hotkey is tried first; where its hotkey has fewer than 32 bytes, or it is no such form, the one without.
 * What stands behind either is passed over. Throws BAD_BINARY. Source: subtensor coinbase/reveal_commits.rs.
 */
export function weightsOf(payload: Uint8Array): SealedWeights {
  const owned = decoded(ownedRow, payload);
  if (owned && owned.hotkey.length >= ACCOUNT_BYTES) return { ...owned, hotkey: owned.hotkey.slice(0, ACCOUNT_BYTES) };
  const plain = decoded(plainRow, payload);
  if (plain) return { hotkey: null, ...plain };
  throw new YumaError("BAD_BINARY", "The opened bytes are no row of weights.", { bytes: payload.length });
}

const u16s = (where: string, list: readonly number[]) =>
  array(where, list).map((value, k) => readU16(`${where}[${k}]`, value));

/** The value in front of the bytes, if its encoding is the canonical one: lengths in the shortest form, and every byte there. */
function decoded<T>(codec: Codec<T>, bytes: Uint8Array): T | undefined {
  try {
    const value = codec.dec(bytes);
    const again = codec.enc(value);
    return again.length <= bytes.length && again.every((byte, k) => byte === bytes[k]) ? value : undefined;
  } catch {
    return undefined;
  }
}
