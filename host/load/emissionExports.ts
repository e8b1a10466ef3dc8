/** What the kernel exports for a block's emission; assembly/emission/abi.ts says what each does. */
export interface EmissionExports {
  blockEmission(issuanceRao: bigint): bigint;
  emissionBegin(subnets: number): number;
  emissionField(id: number): number;
  emissionRun(phases: number): void;
  emissionPowNormalise(): void;
}

/** Their names, for checking that a module has them. */
export const EMISSION_FUNCTIONS = [
  "blockEmission",
  "emissionBegin",
  "emissionField",
  "emissionRun",
  "emissionPowNormalise",
] as const;
