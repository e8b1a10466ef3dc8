/** The ledger's arithmetic: one kernel, made when it is first asked for. Kernels keep nothing between calls, so ledgers share it. */
import { inlinedModule } from "../load/inlined.js";
import { instantiate, type Kernel } from "../load/kernel.js";

let made: Kernel | undefined;

/** The kernel. */
export function ledgerKernel(): Kernel {
  made ??= instantiate(inlinedModule());
  return made;
}
