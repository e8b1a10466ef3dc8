/** The kernels that come with the package: one of the two is decoded and compiled on first use, once. */
import { compile } from "./kernel.js";
import { KERNEL_BASE64, SCALAR_KERNEL_BASE64 } from "./kernelBytes.js";
import { hasSimd } from "./simd.js";

let compiled: WebAssembly.Module | undefined;

/** The compiled module of the inlined kernel: the one with SIMD where the engine has it, the scalar one elsewhere. */
export function inlinedModule(): WebAssembly.Module {
  compiled ??= inlined(hasSimd());
  return compiled;
}

/** Compiles one of the two inlined kernels. */
export function inlined(simd: boolean): WebAssembly.Module {
  const text = simd ? KERNEL_BASE64 : SCALAR_KERNEL_BASE64;
  return compile(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
}
