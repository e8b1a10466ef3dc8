/** Arguments of calls on keys: a subnet or all of them, a hash, an amount of fixed size. */
import { type Codec, createCodec, createDecoder, u8 } from "scale-ts";
import { YumaError } from "../../../errors.js";
import { integer, refuse } from "../../../marshal/values.js";
import { type Account, hash as hashCodec, netuid as netuidCodec, rao as raoCodec } from "../../state/codecs.js";
import { type Argument, readRao } from "../arguments.js";

const MOST_NETUID = 0xffff;

const optionalNetuid: Codec<number | null> = createCodec(
  (netuid) => (netuid === null ? Uint8Array.of(0) : Uint8Array.of(1, netuid & 255, netuid >> 8)),
  createDecoder((bytes) => {
    const tag = u8.dec(bytes);
    if (tag > 1) throw new YumaError("BAD_BINARY", `An optional subnet cannot begin with ${tag}.`, { tag });
    return tag === 0 ? null : netuidCodec.dec(bytes);
  }),
);

/** A subnet; null is all of them. */
export const netuidOrAll: Argument<number | null> = {
  codec: optionalNetuid,
  read: (where, input) => (input === null ? null : integer(where, input, 0, MOST_NETUID)),
};

/** A 32-byte hash: "0x" and 64 hex digits. */
export const hash: Argument<Account, string> = {
  codec: hashCodec,
  read: (where, input) =>
    typeof input === "string" && /^0x[0-9a-f]{64}$/i.test(input)
      ? (input.toLowerCase() as Account)
      : refuse(where, "0x and 64 hex digits", input),
};

/** An amount in rao, 8 bytes. */
export const fixedRao: Argument<bigint, bigint | string> = { codec: raoCodec, read: readRao };
