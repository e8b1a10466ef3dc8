/** What the kernel exports for stake inheritance and dividends; assembly/emission/dividendsAbi.ts says what each does. */
export interface DividendsExports {
  hotkeysBegin(hotkeys: number, parents: number, children: number): number;
  hotkeysArray(id: number): number;
  inheritStake(): void;
  shareDividends(hotkey: number, dividends: bigint): number;
  splitDividends(): void;
  distributeDividends(): void;
  payoutSlots(): number;
  takePayout(take: number): void;
}

/** Their names: a kernel lacks none of them. */
export const DIVIDENDS_FUNCTIONS: readonly (keyof DividendsExports)[] = [
  "hotkeysBegin",
  "hotkeysArray",
  "inheritStake",
  "shareDividends",
  "splitDividends",
  "distributeDividends",
  "payoutSlots",
  "takePayout",
];
