/**
 * The slow, obvious twin of weight rows: from the published formulas over BigInt and plain lists; nothing is shared with the
 * kernel or the host.
 */
import { oracleLine } from "./fixed.js";

const ONE = 1n << 32n;
const U16_MAX = 65535n;
const U64_MAX = (1n << 64n) - 1n;

/** ⌊a / b⌋ of non-negative numbers, rounded half up to whole from 32 fraction bits. */
const rounded = (bits: bigint) => (bits + (ONE >> 1n)) / ONE;
const capped = (value: bigint) => Number(value > U16_MAX ? U16_MAX : value);

/** u16 values stretched to a largest of 65535. */
export function maxUpscale(values: readonly number[]): number[] {
  const largest = BigInt(Math.max(0, ...values));
  if (largest === 0n) return [...values];
  return values.map((value) =>
    capped(
      largest > 32768n
        ? rounded(BigInt(value) * ((U16_MAX * ONE) / largest))
        : rounded((BigInt(value) * U16_MAX * ONE) / largest),
    ),
  );
}

/** The same of raw I32F32, operation by operation. */
export function maxUpscaleFixed(values: readonly bigint[]): number[] {
  if (values.length === 0) return [];
  const op = (name: string, ...operands: bigint[]) => BigInt(oracleLine(`i32f32.${name} ${operands.join(" ")}`));
  const largest = values.reduce((a, b) => (a > b ? a : b));
  const [top, threshold] = [U16_MAX * ONE, 32768n * ONE];
  return values.map((value) => {
    if (largest === 0n) return Number(op("tou16", op("mul", value, top)));
    const stretched =
      largest > threshold
        ? op("mul", value, op("safe_div", top, largest))
        : op("safe_div", op("mul", value, top), largest);
    return Number(op("tou16", op("round", stretched)));
  });
}

/** Shares of the sum: raw I32F32, and over 65535. */
export function normalize(values: readonly number[]): { bits: bigint[]; u16: number[] } {
  const sum = values.reduce((a, b) => a + BigInt(b), 0n);
  if (sum === 0n) return { bits: values.map((value) => BigInt(value) * ONE), u16: [...values] };
  return {
    bits: values.map((value) => (BigInt(value) * ONE) / sum),
    u16: values.map((value) => Number((BigInt(value) * U16_MAX) / sum)),
  };
}

/** Whether the largest share is at most limit / 65535. */
export function maxLimited(values: readonly number[], limit: number): boolean {
  const largest = normalize(values).bits.reduce((a, b) => (a > b ? a : b), 0n);
  return largest <= (BigInt(limit) * ONE) / U16_MAX;
}

/** A row as a call brings it, and what of the subnet its own rules look at. */
export interface RowCase {
  readonly netuid: number;
  readonly n: number;
  readonly minAllowedWeights: number;
  readonly uid: number;
  readonly uids: readonly number[];
  readonly values: readonly number[];
}

/** The rules of a row for its own sake. */
export function rowRules({ netuid, n, minAllowedWeights, uid, uids, values }: RowCase) {
  const selfWeight = values.length === 1 && uids[0] === uid;
  const length = values.length >= Math.min(n, minAllowedWeights);
  return {
    selfWeight,
    lengthOk: (netuid !== 0 && selfWeight) || length,
    duplicateUids: new Set(uids).size < uids.length,
    maxWeightOk: true,
  };
}

/** ⌊alpha + tao · weight⌋: the weight with 32 fraction bits, saturated where I64F64 ends. */
export function stakeWeight(alpha: bigint, tao: bigint, rawWeight: bigint): bigint {
  const top = (1n << 127n) - 1n;
  const saturated = (x: bigint) => (x > top ? top : x);
  const weight = ((rawWeight << 32n) / U64_MAX) << 32n;
  const product = saturated((saturated(tao << 64n) * weight) >> 64n);
  return saturated(saturated(alpha << 64n) + product) >> 64n;
}

/** The bytes that are hashed, as hex. */
export function commitPayload(commit: {
  hotkey: string;
  netuidIndex: number;
  uids: readonly number[];
  values: readonly number[];
  salt: readonly number[];
  versionKey: bigint | string;
}): string {
  const little = (value: bigint, bytes: number) =>
    Array.from({ length: bytes }, (_, i) => ((value >> BigInt(8 * i)) & 255n).toString(16).padStart(2, "0")).join("");
  const compact = (length: number) => {
    if (length < 1 << 6) return little(BigInt(length) << 2n, 1);
    if (length < 1 << 14) return little((BigInt(length) << 2n) | 1n, 2);
    return little((BigInt(length) << 2n) | 2n, 4);
  };
  const vec = (list: readonly number[]) => compact(list.length) + list.map((each) => little(BigInt(each), 2)).join("");
  const { hotkey, netuidIndex, uids, values, salt, versionKey } = commit;
  return `${hotkey.toLowerCase()}${little(BigInt(netuidIndex), 2)}${vec(uids)}${vec(values)}${vec(salt)}${little(BigInt(versionKey), 8)}`;
}
