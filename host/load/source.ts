/** A kernel from wherever the caller keeps it: bytes, a compiled module, or a URL. */
import { shown, YumaError } from "../errors.js";
import { compile } from "./kernel.js";

/** What `load` takes. */
export type KernelSource = BufferSource | WebAssembly.Module;

/** The module behind a source. Throws BAD_KERNEL for anything else. */
export function moduleOf(source: KernelSource): WebAssembly.Module {
  if (source instanceof WebAssembly.Module) return source;
  if (source instanceof ArrayBuffer) return compile(source);
  // Not every engine compiles from every view: V8 refuses a DataView.
  if (ArrayBuffer.isView(source)) return compile(new Uint8Array(source.buffer, source.byteOffset, source.byteLength));
  throw new YumaError("BAD_KERNEL", "A kernel is given as bytes or as a WebAssembly.Module.", { given: typeof source });
}

/** A URL from its text. Throws BAD_FILE for text that is none, such as a bare path. */
export function urlOf(given: URL | string): URL {
  try {
    return new URL(given);
  } catch {
    const text = `No kernel can be loaded from ${shown(given)}: it is not an absolute URL (https:, file:, data: …).`;
    throw new YumaError("BAD_FILE", text, { url: shown(given) });
  }
}

/** Named in a variable so that bundlers for browsers, where no `file:` URL is read, leave it alone. */
const NODE_FILES = "node:fs/promises";

/** Fetches and compiles. `file:` URLs are read from disk (Node only). Throws BAD_FILE where nothing can be had. */
export async function moduleAt(url: URL): Promise<WebAssembly.Module> {
  try {
    if (url.protocol === "file:") {
      const { readFile } = (await import(/* @vite-ignore */ NODE_FILES)) as typeof import("node:fs/promises");
      return compile(await readFile(url));
    }
    const response = await fetch(url);
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return compile(await response.arrayBuffer());
  } catch (cause) {
    if (cause instanceof YumaError) throw cause;
    const where = shown(url.href).slice(1, -1);
    throw new YumaError("BAD_FILE", `No kernel can be loaded from ${where}: ${reason(cause)}.`, { url: where });
  }
}

/** Why nothing came: `fetch` only says that it failed and keeps the reason in `cause`. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error.cause instanceof Error ? error.cause.message : "";
  return (inner || error.message).replace(/, \w+ '.*'$/, "").replace(/\.$/, "");
}
