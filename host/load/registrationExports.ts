/** What the kernel exports about registration; assembly/emission/registrationAbi.ts says what each does. Amounts are rao. */
export interface RegistrationExports {
  mulQ32(value: bigint, factor: bigint): bigint;
  powQ32(base: bigint, exponent: number): bigint;
  burnDecayFactor(halfLife: number): bigint;
  burnAfterBlock(price: bigint, min: bigint, max: bigint, halfLife: number, block: bigint): bigint;
  burnAfterRegistration(price: bigint, min: bigint, max: bigint, multiplierLow: bigint, multiplierHigh: bigint): bigint;
  lockInterval(stored: bigint, totalIssuance: bigint): bigint;
  lockCost(lastLock: bigint, minLock: bigint, lastLockBlock: bigint, currentBlock: bigint, interval: bigint): bigint;
  pruneField(id: number): number;
  pruneRun(
    n: number,
    currentBlock: bigint,
    immunityPeriod: bigint,
    minNonImmuneUids: number,
    protectedLimit: number,
    ownerUid: number,
  ): number;
  pruneProtected(): number;
}

/** Their names. */
export const REGISTRATION_FUNCTIONS: readonly (keyof RegistrationExports)[] = [
  "mulQ32",
  "powQ32",
  "burnDecayFactor",
  "burnAfterBlock",
  "burnAfterRegistration",
  "lockInterval",
  "lockCost",
  "pruneField",
  "pruneRun",
  "pruneProtected",
];
