/** The SCALE codecs of composite values, their types, and the defaults that are no plain number. */
import { Bytes, type Codec, createCodec, createDecoder, Enum, enhanceCodec, Struct, Tuple } from "scale-ts";
import { YumaError } from "../../errors.js";
import { vector } from "../../timelock/vector.js";
import { type Account, account, blockNumber, hash, netuid, rao } from "./codecs.js";
import { i128, u8, u16, u32, u64, u128, u128AndI64 } from "./integers.js";
import { u64List } from "./lists.js";

export { boolList, packedRow, u16List, u64List } from "./lists.js";

/** Readonly lists: values are shared and never changed in place. */
const list = <T>(of: Codec<T>): Codec<readonly T[]> => vector(of) as unknown as Codec<readonly T[]>;
const pair = <A, B>(a: Codec<A>, b: Codec<B>): Codec<readonly [A, B]> =>
  Tuple(a, b) as unknown as Codec<readonly [A, B]>;

/** A place of a mechanism: mechanism · 4096 + netuid, u16. */
export const mechanismIndex: Codec<number> = netuid;

/** What rate limits are kept under: text made by rules/rateLimits. */
export const rateLimitKind: Codec<string> = enhanceCodec(
  Bytes(),
  (text: string) => new TextEncoder().encode(text),
  (bytes) => new TextDecoder().decode(bytes),
);

/** Bytes of any length. */
export const bytes: Codec<Uint8Array> = Bytes();

/** Nothing: that the entry is there says all. */
export const unit: Codec<true> = enhanceCodec(
  Bytes(0),
  () => new Uint8Array(),
  () => true as const,
);

/** A codec of words, and the words. */
export interface WordCodec<N extends string> extends Codec<N> {
  readonly words: readonly N[];
}

/** One of some words, stored as its place among them, a byte. */
export function oneOf<const N extends string>(...words: readonly N[]): WordCodec<N> {
  const codec = createCodec(
    (word: N) => Uint8Array.of(words.indexOf(word)),
    createDecoder((from) => {
      const place = u8.dec(from);
      const word = words[place];
      if (word === undefined)
        throw new YumaError("BAD_BINARY", `There is no ${place} of ${words.join(", ")}.`, { place });
      return word;
    }),
  );
  return Object.assign(codec, { words });
}

/** Raw bits of an unsigned 128-bit fixed-point number, U64F64 or U96F32. */
export const bits128: Codec<bigint> = u128;

/** Raw bits of a signed 128-bit fixed-point number, I96F32 or I64F64. */
export const bits128s: Codec<bigint> = i128;

/** Amounts in rao. */
export const raoList = u64List;
export const accountList = list(account);
export const u16Pair = pair(u16, u16);

/** Parents or children: proportion over 2^64 - 1, and account. */
export const familyList = list(pair(u64, account));

/** Children to be, and the block their cooldown ends. */
export const pendingFamily = pair(familyList, blockNumber);

/** Commits of weights, oldest first: hash, epoch, block, unused. */
export const commitList = list(Tuple(hash, u64, blockNumber, u64));

/** Timelocked commits of an epoch: hotkey, block, ciphertext, drand round. */
export const timelockedList = list(Tuple(account, blockNumber, Bytes(), u64));

/** A SafeFloat: mantissa · 10^exponent. */
export const safeFloat: Codec<readonly [mantissa: bigint, exponent: bigint]> = u128AndI64;

/** Where a miner answers. */
export const axonInfo = Struct({
  block: blockNumber,
  version: u32,
  ip: u128,
  port: u16,
  ipType: u8,
  protocol: u8,
  placeholder1: u8,
  placeholder2: u8,
});

/** Where a miner's metrics are. */
export const prometheusInfo = Struct({ block: blockNumber, version: u32, ip: u128, port: u16, ipType: u8 });

/** A lock: alpha in rao, conviction U64F64, and the block both were last brought up to. */
export const lockState = Struct({ lockedRao: rao, convictionBits: u128, lastUpdate: blockNumber });

/** By subnet, ascending: earned by a unit of root stake, I96F32. */
export const claimRates = list(pair(netuid, bits128s));

/** What is done with root dividends: sold, kept, or kept of some subnets. */
export const claimType = Enum({ Swap: unit, Keep: unit, KeepSubnets: list(netuid) });

/** The block from which a coldkey may be swapped, and the hash of the new one. */
export const announcement = pair(u32, hash);

/** The account that stands where none is stored: 32 zero bytes. */
export const NOBODY: Account = `0x${"00".repeat(32)}`;
/** The symbol that stands where none is stored: 𝜏. */
export const TAU_BYTES: Uint8Array = new TextEncoder().encode("𝜏");
export const NO_SHARES: readonly [mantissa: bigint, exponent: bigint] = [0n, 0n];
export const NO_FAMILY: readonly [readonly (readonly [bigint, Account])[], number] = [[], 0];
export const NO_RATES: readonly (readonly [number, bigint])[] = [];
export const SWAP_CLAIMS: { tag: "Swap"; value: true } = { tag: "Swap", value: true };
