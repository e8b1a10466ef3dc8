/** Builds the kernel in this process from files in memory: quick, because unchanged files are read once. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";
import { PROJECT } from "../support/root.js";

const ROOT = fileURLToPath(PROJECT);
const FOLDERS = ["assembly/fixed", "assembly/linear", "assembly/consensus", "assembly/emission", "assembly/pool"];
const OPTIONS = ["--runtime", "stub", "--use", "abort=assembly/trap/abort", "--enable", "simd", "--noAssert"];

/** Where an entry of one's own is taken to lie. */
const OWN_ENTRY = "build/entry.ts";

const files = new Map<string, string | null>();

/** The text of a project file, or of a library file by its full path; null where there is none. */
export function sourceOf(path: string): string | null {
  let text = files.get(path);
  if (text === undefined) {
    const full = path.startsWith("/") ? path : `${ROOT}${path}`;
    text = existsSync(full) ? readFileSync(full, "utf8") : null;
    files.set(path, text);
  }
  return text;
}

/** The files whose arithmetic is put to the test, from the root. */
export function arithmeticFiles(): string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.endsWith("contract.ts"))
      .map((name) => `${folder}/${name}`),
  ).sort();
}

/** The kernel with one file replaced, unoptimised; null if that does not compile. */
export function buildKernel(file?: string, text?: string): Promise<Uint8Array<ArrayBuffer> | null> {
  return build("assembly/index.ts", file, text);
}

/** A module of an entry of its own, whose imports start at build/, with one file replaced; null if that does not compile. */
export function buildEntry(entry: string, file?: string, text?: string): Promise<Uint8Array<ArrayBuffer> | null> {
  return build(OWN_ENTRY, file, text, entry);
}

async function build(
  entry: string,
  file?: string,
  text?: string,
  own?: string,
): Promise<Uint8Array<ArrayBuffer> | null> {
  let binary: Uint8Array<ArrayBuffer> | null = null;
  const args = [entry, "--config", "none", "--baseDir", ROOT, "-O0", "--outFile", "out.wasm", ...OPTIONS];
  const { error } = await asc.main(args, {
    readFile: (name, folder) => {
      if (name === file) return text ?? null;
      if (name === OWN_ENTRY) return own ?? null;
      return sourceOf(name.startsWith("/") || folder === ROOT || `${folder}/` === ROOT ? name : `${folder}/${name}`);
    },
    writeFile: (name, contents) => {
      if (name === "out.wasm" && typeof contents !== "string") binary = new Uint8Array(contents);
    },
    listFiles: () => null,
  });
  return error ? null : binary;
}
