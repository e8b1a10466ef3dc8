/** Arguments that are numbers: small ones as JavaScript numbers, u64 and wider as bigint or decimal string. */
import {
  type Codec,
  i16 as scaleI16,
  u8 as scaleU8,
  u16 as scaleU16,
  u32 as scaleU32,
  u64 as scaleU64,
  u128,
} from "scale-ts";
import { integer, u64 as readU64 } from "../../marshal/values.js";
import { wideInteger } from "../../marshal/wide.js";
import { rao as raoCodec } from "../state/codecs.js";
import { bits128s } from "../state/values.js";
import { type Argument, readRao } from "./arguments.js";

const WIDE_BITS = 128;

const small = (codec: Codec<number>, least: number, most: number): Argument<number> => ({
  codec,
  read: (where, input) => integer(where, input, least, most),
});

export const u8 = small(scaleU8, 0, 0xff);
export const u16 = small(scaleU16, 0, 0xffff);
export const u32 = small(scaleU32, 0, 0xffff_ffff);
export const i16 = small(scaleI16, -0x8000, 0x7fff);

/** A subnet. */
export const netuid = u16;

/** A count in u64. */
export const u64: Argument<bigint, bigint | string | number> = { codec: scaleU64, read: readU64 };

/** A u128: raw bits of U64F64, or an IPv6 address. */
export const u128Bits: Argument<bigint, bigint | string> = {
  codec: u128,
  read: (where, input) => wideInteger(where, input, WIDE_BITS, false),
};

/** Raw bits of I96F32 or I64F64. */
export const i128Bits: Argument<bigint, bigint | string> = {
  codec: bits128s,
  read: (where, input) => wideInteger(where, input, WIDE_BITS, true),
};

/** An amount in rao, 8 bytes. */
export const rao: Argument<bigint, bigint | string> = { codec: raoCodec, read: readRao };
