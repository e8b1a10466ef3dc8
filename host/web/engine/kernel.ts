/**
 * The kernel of the page: a file beside it instead of text inside it, fetched once. The page's build puts this module in the place
 * of host/load/inlined.ts, whose name for the compiled kernel it has.
 */
import { YumaError } from "../../errors.js";
import { hasSimd } from "../../load/simd.js";
import { moduleAt } from "../../load/source.js";

let compiled: WebAssembly.Module | undefined;

async function load(): Promise<void> {
  const simd = new URL("../../../build/kernel.wasm", import.meta.url);
  const scalar = new URL("../../../build/kernel.scalar.wasm", import.meta.url);
  compiled = await moduleAt(hasSimd() ? simd : scalar);
}

/** Resolves when epochs can be computed. Rejects with BAD_FILE, BAD_KERNEL. */
export const kernelLoaded: Promise<void> = load();
kernelLoaded.catch(() => {}); // whoever asks for an epoch is told

/** The compiled kernel. Throws BAD_STATE before it is there. */
export function inlinedModule(): WebAssembly.Module {
  if (compiled === undefined) throw new YumaError("BAD_STATE", "The kernel has not been loaded yet.");
  return compiled;
}
