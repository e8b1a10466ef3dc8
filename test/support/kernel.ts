/**
 * The built kernel, instantiated with nothing: it has no imports.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const WASM = fileURLToPath(new URL("../../build/kernel.wasm", import.meta.url));

/** A fresh instance of build/kernel.wasm (`npm run build:kernel`), its exports seen as `T`. */
export function instantiate<T>(): { exports: T; memory: WebAssembly.Memory } {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(WASM)));
  return { exports: exports as T, memory: exports.memory as WebAssembly.Memory };
}
