/** The WASI command under Node's own WASI, its streams being files. */
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WASI } from "node:wasi";
import type { Ran } from "./native.js";
import { artefact } from "./streams.js";

let compiled: WebAssembly.Module | undefined;

/** Runs build/kernel.wasi.wasm on `input`. */
export function runWasi(input: Uint8Array): Ran {
  const folder = mkdtempSync(join(tmpdir(), "yuma-wasi-"));
  const path = (name: string) => join(folder, name);
  writeFileSync(path("in"), input);
  const [stdin, stdout, stderr] = [openSync(path("in"), "r"), openSync(path("out"), "w"), openSync(path("err"), "w")];
  try {
    const wasi = new WASI({ version: "preview1", stdin, stdout, stderr, returnOnExit: true });
    compiled ??= new WebAssembly.Module(artefact("kernel.wasi.wasm"));
    const status = wasi.start(new WebAssembly.Instance(compiled, wasi.getImportObject() as WebAssembly.Imports)) as
      | number
      | undefined;
    return {
      status: status ?? 0,
      stdout: readFileSync(path("out")),
      stderr: readFileSync(path("err"), "utf8"),
    };
  } finally {
    for (const file of [stdin, stdout, stderr]) closeSync(file);
    rmSync(folder, { recursive: true });
  }
}
