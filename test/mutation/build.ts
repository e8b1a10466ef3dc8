/** Builds the kernel in this process from files in memory: quick, because unchanged files are read once. */
import { readdirSync } from "node:fs";
import asc from "assemblyscript/asc";
import { ARITHMETIC, type Area, entryOf } from "./areas.js";
import { ARENA, guardedArena } from "./guardedArena.js";
import { ROOT, sourceOf } from "./source.js";

const OPTIONS = ["--runtime", "stub", "--use", "abort=assembly/trap/abort", "--enable", "simd", "--noAssert"];

/** Areas that draw numbers as they go. Elsewhere tables are laid out at once, and their ends are asked about. */
const GUARDED_AREAS: ReadonlySet<Area> = new Set(["pool"]);

/** Where an entry is taken to lie. */
const ENTRY = "build/entry.ts";

/** The files whose arithmetic is put to the test, from the root. */
export function arithmeticFiles(): string[] {
  return ARITHMETIC.flatMap((folder) =>
    readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.endsWith("contract.ts"))
      .map((name) => `${folder}/${name}`),
  ).sort();
}

/** An area of the kernel with one file replaced, unoptimised; null if that does not compile. */
export function buildKernel(area: Area, file?: string, text?: string): Promise<Uint8Array<ArrayBuffer> | null> {
  return buildEntry(entryTo(area), file, text);
}

/** What an area is built of. */
export function entryTo(area: Area): Entry {
  return { text: entryOf(area), guarded: GUARDED_AREAS.has(area) };
}

/** What is built: AssemblyScript whose imports start at build/, over the arena as it is or the guarded one, with names or without. */
export interface Entry {
  readonly text: string;
  readonly guarded?: boolean;
  /** Whether functions keep their names (countedCalls.ts asks for them). */
  readonly named?: boolean;
}

/** A module of an entry, with one file replaced; null if that does not compile. */
export async function buildEntry(entry: Entry, file?: string, text?: string): Promise<Uint8Array<ArrayBuffer> | null> {
  let binary: Uint8Array<ArrayBuffer> | null = null;
  const args = [ENTRY, "--config", "none", "--baseDir", ROOT, "-O0", "--outFile", "out.wasm", ...OPTIONS];
  if (entry.named) args.push("--debug");
  const { error } = await asc.main(args, {
    readFile: (name, folder) => {
      if (name === file) return text ?? null;
      if (name === ENTRY) return entry.text;
      if (name === ARENA && entry.guarded) return guardedArena();
      return sourceOf(name.startsWith("/") || folder === ROOT || `${folder}/` === ROOT ? name : `${folder}/${name}`);
    },
    writeFile: (name, contents) => {
      if (name === "out.wasm" && typeof contents !== "string") binary = new Uint8Array(contents);
    },
    listFiles: () => null,
  });
  return error ? null : binary;
}
