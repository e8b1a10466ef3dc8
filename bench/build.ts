/** A kernel of the same sources that exports more than the released one: what is to be timed by itself. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";
import { compile, instantiate, type Kernel } from "../host/load/kernel.js";
import { PROJECT } from "../test/support/root.js";

const ENTRY = "benchEntry.ts";

/**
 * The kernel with some AssemblyScript beside it whose imports start at the project's root, optimised as the released one or not at all.
 * Throws where it does not build.
 */
export async function buildWith(more: string, optimised = true): Promise<Kernel> {
  const entry = `export * from "./assembly/index";\n${more}`;
  const root = fileURLToPath(PROJECT);
  let binary: Uint8Array<ArrayBuffer> | undefined;
  const out = [ENTRY, "--config", "none", "--baseDir", root, "--outFile", "out.wasm"];
  const effort = [...(optimised ? ["-O3", "--converge"] : ["-O0"]), "--noAssert"];
  const options = ["--runtime", "stub", "--use", "abort=assembly/trap/abort", "--enable", "simd"];
  const { error, stderr } = await asc.main([...out, ...effort, ...options], {
    readFile: (name, folder) => {
      if (name === ENTRY) return entry;
      try {
        return readFileSync(name.startsWith("/") ? name : `${folder}/${name}`, "utf8");
      } catch {
        return null;
      }
    },
    writeFile: (name, contents) => {
      if (name === "out.wasm" && typeof contents !== "string") binary = new Uint8Array(contents);
    },
    listFiles: () => null,
  });
  if (error || !binary) throw new Error(`the kernel with more exports does not build: ${stderr.toString()}`);
  return instantiate(compile(binary));
}
