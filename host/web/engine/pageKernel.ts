/** The page's own instance of the kernel, for what is read straight out of its memory. */
import { inlinedModule } from "../../load/inlined.js";
import { instantiate, type Kernel } from "../../load/kernel.js";

let kernel: Kernel | undefined;

/** It. Throws BAD_STATE before the kernel is there. */
export function pageKernel(): Kernel {
  kernel ??= instantiate(inlinedModule());
  return kernel;
}
