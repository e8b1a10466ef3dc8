/** What the kernel exports about shares; assembly/pool/sharesAbi.ts says what each does. */
export interface SharesExports {
  shareSlots(): number;
  safeFloatApply(operation: number): number;
  safeFloatGreater(): number;
  safeFloatToU64(): bigint;
  sharePoolValue(sharedValueRao: bigint): bigint;
  sharePoolCanRepresent(sharedValueRao: bigint, changeRao: bigint): number;
  sharePoolChangeAll(sharedValueRao: bigint, changeRao: bigint): bigint;
  sharePoolChangeOne(sharedValueRao: bigint, changeRao: bigint): bigint;
}

/** Their names. */
export const SHARES_FUNCTIONS: readonly (keyof SharesExports)[] = [
  "shareSlots",
  "safeFloatApply",
  "safeFloatGreater",
  "safeFloatToU64",
  "sharePoolValue",
  "sharePoolCanRepresent",
  "sharePoolChangeAll",
  "sharePoolChangeOne",
];
