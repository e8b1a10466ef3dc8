/** The ledger's own encoders of integers and lists give the bytes scale-ts gives, and read them back. */
import fc from "fast-check";
import * as scale from "scale-ts";
import { expect, test } from "vitest";
import { blockNumber, decode } from "../../host/ledger/state/codecs.js";
import * as own from "../../host/ledger/state/integers.js";
import { boolList, u16List, u64List } from "../../host/ledger/state/lists.js";

const integer = (bits: number, signed: boolean) => {
  const top = 1n << BigInt(signed ? bits - 1 : bits);
  return fc.bigInt(signed ? -top : 0n, top - 1n);
};
const short = (bits: number, signed = false) => integer(bits, signed).map(Number);
const pair = fc.tuple(integer(128, false), integer(64, true));

test.each([
  ["bool", own.bool, scale.bool, fc.boolean()],
  ["u8", own.u8, scale.u8, short(8)],
  ["u16", own.u16, scale.u16, short(16)],
  ["i16", own.i16, scale.i16, short(16, true)],
  ["u32", own.u32, scale.u32, short(32)],
  ["u64", own.u64, scale.u64, integer(64, false)],
  ["i64", own.i64, scale.i64, integer(64, true)],
  ["u128", own.u128, scale.u128, integer(128, false)],
  ["i128", own.i128, scale.i128, integer(128, true)],
  ["u128 and i64", own.u128AndI64, scale.Tuple(scale.u128, scale.i64), pair],
  ["a list of flags", boolList, scale.Vector(scale.bool), fc.array(fc.boolean(), { maxLength: 70 })],
  ["a list of u16", u16List, scale.Vector(scale.u16), fc.array(short(16), { maxLength: 70 })],
  ["a list of u64", u64List, scale.Vector(scale.u64), fc.array(integer(64, false), { maxLength: 70 })],
] as unknown as [string, own.FixedCodec<unknown>, scale.Codec<unknown>, fc.Arbitrary<unknown>][])(
  "%s",
  (_, codec, theirs, values) => {
    fc.assert(
      fc.property(values, (value) => {
        const bytes = theirs.enc(value);
        expect(codec.enc(value)).toEqual(bytes);
        expect(decode(codec, bytes, "It")).toEqual(value);
        if (codec.put === undefined) return;
        const among = new Uint8Array(codec.size + 4).fill(7);
        codec.put(value, among, 2);
        expect(among).toEqual(Uint8Array.of(7, 7, ...bytes, 7, 7));
      }),
    );
  },
);

test("a block's number is a u64", () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (height) => {
      expect(blockNumber.enc(height)).toEqual(scale.u64.enc(BigInt(height)));
      expect(decode(blockNumber, blockNumber.enc(height), "It")).toBe(height);
    }),
  );
});
