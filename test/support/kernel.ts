/**
 * The built kernel, instantiated with nothing: it has no imports.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const WASM = fileURLToPath(new URL("../../build/kernel.wasm", import.meta.url));

/** An instance, what it exports seen as `T`, and what its module would import. */
export interface Instance<T> {
  readonly exports: T;
  readonly memory: WebAssembly.Memory;
  readonly imports: readonly WebAssembly.ModuleImportDescriptor[];
}

/** A fresh instance of `bytes`, build/kernel.wasm if absent (`npm run build:kernel`). */
export function instantiate<T>(bytes: Uint8Array<ArrayBuffer> = new Uint8Array(readFileSync(WASM))): Instance<T> {
  const module = new WebAssembly.Module(bytes);
  const { exports } = new WebAssembly.Instance(module);
  return {
    exports: exports as T,
    memory: exports.memory as WebAssembly.Memory,
    imports: WebAssembly.Module.imports(module),
  };
}
