/** Numbers of an explanation, and the little arithmetic that bears them out. */
import { YumaError } from "../../errors.js";
import { decimal, fromRao, grouped, I32F32_BITS } from "../../units.js";
import type { Quantity } from "./types.js";

const ONE = 1n << 32n;
const DIGITS = 9;

/** An I32F32 number. The two smallest on either side of 0 need a digit more to be told from it. */
export function real(name: string, raw: bigint): Quantity {
  const isSmall = raw !== 0n && raw >= -2n && raw <= 2n;
  return { name, format: "I32F32", raw, decimal: decimal(raw, I32F32_BITS, isSmall ? DIGITS + 1 : DIGITS) };
}

/** An I64F64 number of rao; shown in TAO or alpha, truncated to whole rao. */
export function wideRao(name: string, raw: bigint): Quantity {
  return { name, format: "I64F64", raw, decimal: fromRao(raw >> 64n) };
}

/** An amount. */
export function rao(name: string, raw: bigint): Quantity {
  return { name, format: "rao", raw, decimal: fromRao(raw) };
}

/** A u16 over 65535. */
export function u16(name: string, raw: number): Quantity {
  return { name, format: "u16", raw: BigInt(raw), decimal: decimal((BigInt(raw) * ONE) / 65535n, I32F32_BITS, 6) };
}

/** A block number. */
export function block(name: string, raw: bigint): Quantity {
  return { name, format: "block", raw, decimal: grouped(raw) };
}

/** A plain integer. */
export function count(name: string, raw: number): Quantity {
  return { name, format: "count", raw: BigInt(raw), decimal: grouped(raw) };
}

/** ⌊a·b⌋ of I32F32, as the kernel multiplies where nothing overflows. */
export function mul(a: bigint, b: bigint): bigint {
  return (a * b) >> 32n;
}

/** a/b of I32F32, truncated; a itself where b is 0, as a normalisation leaves a vector alone. */
export function share(a: bigint, b: bigint): bigint {
  return b === 0n ? a : (a << 32n) / b;
}

/** Σ. */
export function total(numbers: Iterable<bigint>): bigint {
  let sum = 0n;
  for (const number of numbers) sum += number;
  return sum;
}

/** Throws INTERNAL unless the explanation's own arithmetic gives what the kernel gave: a story that does not add up is not told. */
export function agree(what: string, told: bigint, computed: bigint): void {
  if (told !== computed) {
    throw new YumaError("INTERNAL", `The explanation of ${what} does not add up: ${told} told, ${computed} computed.`, {
      what,
      told: told.toString(),
      computed: computed.toString(),
    });
  }
}

/** "1 weight", "2 weights". */
export function plural(n: number, word: string): string {
  return `${grouped(n)} ${word}${n === 1 ? "" : "s"}`;
}

/** An I32F32 share in percent with one decimal. */
export function inPercent(raw: bigint): string {
  return `${decimal(raw * 100n, I32F32_BITS, 1)} %`;
}

/** An I32F32 number in a sentence. */
export function short(raw: bigint): string {
  return decimal(raw, I32F32_BITS, 6);
}
