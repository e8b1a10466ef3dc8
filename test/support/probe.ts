/** Kernel code that is not exported, compiled into a module of its own, so that a test can reach it. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { instantiate } from "./kernel.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Compiles AssemblyScript text, whose imports start at build/, with the kernel's own settings (the scalar one's without SIMD), and instantiates it. */
export function probe<T>(name: string, source: string, simd = true): T {
  mkdirSync(`${ROOT}build`, { recursive: true });
  const [from, to] = [`build/${name}.ts`, `build/${name}.wasm`];
  writeFileSync(ROOT + from, source);
  try {
    const asc = ["node_modules/assemblyscript/bin/asc.js", from, "--config", "none", "--runtime", "stub"];
    const use = ["--use", "abort=assembly/trap/abort", "-O3", "--noAssert", "--disableWarning"];
    const lanes = simd ? ["--enable", "simd"] : [];
    execFileSync(process.execPath, [...asc, ...lanes, ...use, "-o", to], { cwd: ROOT, stdio: "pipe" });
    return instantiate<T>(new Uint8Array(readFileSync(ROOT + to))).exports;
  } finally {
    rmSync(ROOT + from, { force: true });
    rmSync(ROOT + to, { force: true });
  }
}
