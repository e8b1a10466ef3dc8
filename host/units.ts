/**
 * Numbers for people: fixed-point bits and rao as exact or rounded decimals. Nothing here feeds back into a result.
 * What is no such number is refused with BAD_VALUE.
 */
import { shown, YumaError } from "./errors.js";

/** Fraction bits of the formats that appear in results. */
export const I32F32_BITS = 32;

/** One TAO, or one alpha, in rao. */
export const RAO_PER_TAO = 1_000_000_000n;

const MOST_FRACTION = 1024;
const MOST_DIGITS = 100;

/**
 * The decimal of raw fixed-point bits, rounded half up in its last digit: `decimal(1n << 31n, 32, 4)` is "0.5000". What is negative
 * keeps its sign, however small.
 *
 * @param bits      raw integer, value = bits / 2^fraction
 * @param fraction  fraction bits of the format
 * @param digits    digits after the point
 */
export function decimal(bits: bigint, fraction: number, digits = 9): string {
  whole("fraction", fraction, 0, MOST_FRACTION);
  const scale = 10n ** BigInt(whole("digits", digits, 0, MOST_DIGITS));
  const size = integer("bits", bits) < 0n ? -bits : bits;
  const scaled = (size * scale * 2n + (1n << BigInt(fraction))) >> BigInt(fraction + 1);
  const units = (scaled / scale).toString();
  const part = (scaled % scale).toString().padStart(digits, "0");
  const text = digits === 0 ? units : `${units}.${part}`;
  return bits < 0n ? `-${text}` : text;
}

/** A u16 proportion over 65535 as a decimal: `proportion(65535)` is "1.0000". */
export function proportion(value: number, digits = 4): string {
  const most = Number.MAX_SAFE_INTEGER;
  return decimal((BigInt(whole("value", value, -most, most)) << 32n) / 65535n, I32F32_BITS, digits);
}

/** Whole digits grouped by commas: `grouped(1234567n)` is "1,234,567". */
export function grouped(value: bigint | number): string {
  return value.toString().replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** Rao as TAO or alpha with `digits` decimals, truncated, whole part grouped: `fromRao(1234567890123n)` is "1,234.567890123". */
export function fromRao(rao: bigint, digits = 9): string {
  if (integer("rao", rao) < 0n) return `-${fromRao(-rao, digits)}`;
  const units = grouped(rao / RAO_PER_TAO);
  const part = (rao % RAO_PER_TAO)
    .toString()
    .padStart(9, "0")
    .slice(0, whole("digits", digits, 0, MOST_DIGITS));
  return digits === 0 ? units : `${units}.${part}`;
}

/** part / whole in percent with one decimal, rounded half up; "0.0 %" of nothing. */
export function percent(part: bigint, whole: bigint): string {
  if (whole === 0n) return "0.0 %";
  const tenths = (part * 2000n + whole) / (whole * 2n);
  return `${tenths / 10n}.${tenths % 10n} %`;
}

function integer(field: string, value: unknown): bigint {
  return typeof value === "bigint" ? value : refuse(field, "a bigint", value);
}

function whole(field: string, value: unknown, low: number, high: number): number {
  const isGood = Number.isInteger(value) && (value as number) >= low && (value as number) <= high;
  return isGood ? (value as number) : refuse(field, `an integer from ${low} to ${high}`, value);
}

function refuse(field: string, wanted: string, value: unknown): never {
  const text = `${field} must be ${wanted}, not ${shown(value)}.`;
  throw new YumaError("BAD_VALUE", text, { field, value: shown(value) });
}
