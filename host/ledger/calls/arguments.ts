/** The arguments of calls: each kind has a SCALE codec and a reader that takes what a user gives or refuses it. */

import { type Codec, createCodec, createDecoder, enhanceCodec, bool as scaleBool, u8 } from "scale-ts";
import { YumaError } from "../../errors.js";
import { flag, MAX_U64, present, record, refuse, u64 } from "../../marshal/values.js";
import { toAccount } from "../accounts/address.js";
import { type Account, account as accountCodec, compactInteger, struct } from "../state/codecs.js";
import type { WordCodec } from "../state/values.js";

/** A kind of argument: V inside, I as a user may write it. */
export interface Argument<V, I = V> {
  readonly codec: Codec<V>;
  /** The value of what a user gave; throws BAD_VALUE naming `where`. */
  readonly read: (where: string, input: unknown) => V;
  /** Carries the type I; never set. */
  readonly input?: I;
}

// biome-ignore lint/suspicious/noExplicitAny: an argument is invariant in its types; no narrower type holds them all.
type AnyArgument = Argument<any, any>;

/** The arguments of a call, in the chain's order. */
export type Arguments = Readonly<Record<string, AnyArgument>>;

/** The values of arguments, as the state machine has them. */
export type ValuesOf<F extends Arguments> = {
  readonly [N in keyof F]: F[N] extends Argument<infer V, infer _I> ? V : never;
};

/** The values of arguments, as a user may write them. */
export type InputOf<F extends Arguments> = {
  readonly [N in keyof F]: F[N] extends Argument<infer _V, infer I> ? I : never;
};

/** A u64 in SCALE's compact form. */
const compactU64: Codec<bigint> = enhanceCodec(compactInteger, (value: bigint) => value, readCompact);

/** An account in MultiAddress::Id. */
const multiAddress: Codec<Account> = createCodec(
  (id) => {
    const bytes = new Uint8Array(1 + accountCodec.size);
    accountCodec.put(id, bytes, 1);
    return bytes;
  },
  createDecoder((bytes) => {
    const kind = u8.dec(bytes);
    if (kind === 0) return accountCodec.dec(bytes);
    throw new YumaError("BAD_BINARY", `A MultiAddress of kind ${kind} is not taken, only Id.`, { kind });
  }),
);

/** An account: an ss58 address, or "0x" and 64 hex digits. */
export const account: Argument<Account, string> = { codec: accountCodec, read: toAccount };

/** An account as calls of the balances pallet carry it: a MultiAddress, of which only Id is taken. */
export const lookup: Argument<Account, string> = { codec: multiAddress, read: toAccount };

/** An amount in rao, u64, in SCALE's compact form. */
export const compactRao: Argument<bigint> = { codec: compactU64, read: readRao };

/** true or false. */
export const flagArgument: Argument<boolean> = { codec: scaleBool, read: flag };

/** One of some words. */
export function wordArgument<N extends string>(codec: WordCodec<N>): Argument<N> {
  const { words } = codec;
  const read = (where: string, input: unknown) =>
    words.find((word) => word === input) ?? refuse(where, `one of ${words.join(", ")}`, input);
  return { codec, read };
}

/** An amount in rao from a bigint or a decimal string; a JavaScript number is refused, because it cannot hold every amount. */
export function readRao(where: string, input: unknown): bigint {
  if (typeof input === "number") return refuse(where, "a bigint, or a decimal string, of rao", input);
  return u64(where, input);
}

/** The codec of a call's arguments, one after the other. */
export function codecOf<F extends Arguments>(fields: F): Codec<ValuesOf<F>> {
  const codecs = Object.fromEntries(Object.entries(fields).map(([name, { codec }]) => [name, codec]));
  return struct<ValuesOf<F>>(codecs as never);
}

/** Reads a user's arguments. Throws MISSING_FIELD, UNKNOWN_FIELD, or BAD_VALUE. */
export function readArguments<F extends Arguments>(where: string, fields: F, input: unknown): ValuesOf<F> {
  const given = record(where, input);
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(fields, name)) {
      throw new YumaError("UNKNOWN_FIELD", `${where} has no argument ${name}.`, { field: name });
    }
  }
  const values = Object.entries(fields).map(([name, { read }]) => {
    const field = `${where}.${name}`;
    return [name, read(field, present(field, given[name]))];
  });
  return Object.fromEntries(values) as ValuesOf<F>;
}

function readCompact(value: number | bigint): bigint {
  const wide = BigInt(value);
  if (wide > MAX_U64) throw new YumaError("BAD_BINARY", "A compact amount exceeds u64.", { value: String(wide) });
  return wide;
}
