/** The kernel's pool functions; assembly/pool/abi.ts says what each does. */

/** What the kernel exports of pools. */
export interface PoolExports {
  poolSlots(): number;
  poolApply(operation: number): number;
  poolPower(path: number): number;
}

/** Their names, which a module must have. */
export const POOL_FUNCTIONS: readonly (keyof PoolExports)[] = ["poolSlots", "poolApply", "poolPower"];
