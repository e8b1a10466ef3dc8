/** What the kernel exports for rows of weights; assembly/linear/abi.ts says what each does. */

/** The exports. */
export interface RowExports {
  rowBegin(uids: number, values: number): void;
  rowArray(id: number): number;
  rowUpscale(): void;
  rowUpscaleBits(): void;
  rowNormalise(): void;
  rowNormaliseWhole(): void;
  rowWithinLimit(limit: number): number;
  rowIsSelf(uid: number): number;
  rowIsLongEnough(uid: number, n: number, minAllowed: number, netuid: number): number;
  rowRepeats(): number;
  stakeWeight(alphaRao: bigint, taoRao: bigint, rawTaoWeight: bigint): bigint;
}

/** Their names. */
export const ROW_FUNCTIONS: readonly (keyof RowExports)[] = [
  "rowBegin",
  "rowArray",
  "rowUpscale",
  "rowUpscaleBits",
  "rowNormalise",
  "rowNormaliseWhole",
  "rowWithinLimit",
  "rowIsSelf",
  "rowIsLongEnough",
  "rowRepeats",
  "stakeWeight",
];
