/** A kernel from wherever the caller keeps it: bytes, a compiled module, or a URL. */
import { YumaError } from "../errors.js";
import { compile } from "./kernel.js";

/** What `load` takes. */
export type KernelSource = BufferSource | WebAssembly.Module;

/** The module behind a source. Throws BAD_KERNEL for anything else. */
export function moduleOf(source: KernelSource): WebAssembly.Module {
  if (source instanceof WebAssembly.Module) return source;
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return compile(source);
  throw new YumaError("BAD_KERNEL", "A kernel is given as bytes or as a WebAssembly.Module.", { given: typeof source });
}

/** Fetches and compiles. `file:` URLs are read from disk (Node only). Throws BAD_FILE where nothing can be had. */
export async function moduleAt(url: URL): Promise<WebAssembly.Module> {
  try {
    if (url.protocol === "file:") {
      const { readFile } = await import("node:fs/promises");
      return compile(await readFile(url));
    }
    const response = await fetch(url);
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return compile(await response.arrayBuffer());
  } catch (cause) {
    if (cause instanceof YumaError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new YumaError("BAD_FILE", `No kernel can be loaded from ${url}: ${reason}.`, { url: url.href });
  }
}
