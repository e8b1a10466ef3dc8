/** Numbers as the page shows them. */
import { decimal, fromRao, grouped, proportion } from "../../units.js";

/** A column of the metagraph whose values are numbers. */
export type Quantity = "stakeWeight" | "validatorTrust" | "consensus" | "incentive" | "dividends" | "emission";

/** What stands where numbers will be. */
export const COMPUTING = "Computing …";

/** Digits after the point in the table; amounts are truncated, proportions rounded. */
const DIGITS = { share: 5, amount: 6 };

/** Proportions as they are shown, by their u16: written once each. */
const shares = new Array<string | undefined>(65_536);

/** A value of a column for the table. */
export function shownValue(column: Quantity, value: number | bigint): string {
  return column === "emission" ? fromRao(BigInt(value), DIGITS.amount) : shareText(Number(value));
}

function shareText(value: number): string {
  const text = shares[value] ?? proportion(value, DIGITS.share);
  shares[value] = text;
  return text;
}

/** The same exactly, with its raw integer. */
export function exactValue(column: Quantity, value: number | bigint): string {
  return column === "emission" ? `${fromRao(BigInt(value))} α, ${grouped(value)} rao` : `${grouped(value)} of 65,535`;
}

/** A long address by its ends. */
export function shortKey(key: string): string {
  return key.length > 14 ? `${key.slice(0, 7)}…${key.slice(-5)}` : key;
}

/** "1 value", "2 values". */
export function plural(count: number, word: string): string {
  return `${grouped(count)} ${word}${count === 1 ? "" : "s"}`;
}

/** Field names as people write them: `validatorTrust` is "validator trust". */
export function fieldTitle(field: string): string {
  return field
    .replace(/Bits$/, " bits")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
}

export { decimal, grouped };
