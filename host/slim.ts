/**
 * yuma-kernel/slim: the same functions without the inlined kernel, for hosts that keep the bytes themselves (a shared
 * Module in workers, a file beside the page). The file is exported as `yuma-kernel/kernel.wasm`, and for engines where
 * `hasSimd()` is false as `yuma-kernel/kernel.scalar.wasm`.
 */
import { bind, type Yuma } from "./api/yuma.js";
import { instantiate } from "./load/kernel.js";
import { type KernelSource, moduleAt, moduleOf, urlOf } from "./load/source.js";

export type { Yuma } from "./api/yuma.js";
export { hasSimd } from "./load/simd.js";
export type { KernelSource } from "./load/source.js";
export * from "./public.js";

/** The package's functions on the given kernel, synchronously. Throws BAD_KERNEL or ABI_MISMATCH. */
export function load(source: KernelSource): Yuma {
  const module = moduleOf(source);
  instantiate(module); // refuses what is not this kernel now rather than at the first epoch
  return bind(() => module);
}

/** The package's functions on the kernel at `url` (http, https, blob, data; file on Node). Rejects with BAD_FILE, BAD_KERNEL. */
export async function loadFrom(url: URL | string): Promise<Yuma> {
  return load(await moduleAt(urlOf(url)));
}
