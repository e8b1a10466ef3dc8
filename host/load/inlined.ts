/** The kernel that comes with the package: decoded and compiled on first use, once. */
import { compile } from "./kernel.js";
import { KERNEL_BASE64 } from "./kernelBytes.js";

let compiled: WebAssembly.Module | undefined;

/** The compiled module of the inlined kernel. */
export function inlinedModule(): WebAssembly.Module {
  compiled ??= compile(Uint8Array.from(atob(KERNEL_BASE64), (letter) => letter.charCodeAt(0)));
  return compiled;
}
