/** Programs a machine may or may not have: engines, a C compiler, wabt. A test of an absent one is skipped with the reason. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The project's root. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const RUNTIME = "/usr/share/wabt/wasm2c/wasm-rt-impl.c";
/** The wasm2c the example is written for: another one names what it makes otherwise. */
const WASM2C = "1.0.32";
const MOST_OUTPUT = 1 << 28;

/** What a program did with an input. */
export interface Ran {
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Runs a program to its end. */
export function run(command: string, words: readonly string[], input: Uint8Array = new Uint8Array(0)): Ran {
  const done = spawnSync(command, words, { input, maxBuffer: MOST_OUTPUT, cwd: ROOT });
  if (done.error) throw done.error;
  return { status: done.status, stdout: done.stdout, stderr: done.stderr.toString() };
}

/** Why a test of these programs cannot run here, or null if it can. The reason is printed. */
export function absent(what: string, ...programs: string[]): string | null {
  const missing = programs.filter((program) => spawnSync(program, ["--help"], { stdio: "ignore" }).error !== undefined);
  if (programs.includes("wasm2c") && missing.length === 0) {
    if (!existsSync(RUNTIME)) missing.push(RUNTIME);
    const version = run("wasm2c", ["--version"]).stdout.toString().trim();
    if (version !== WASM2C) missing.push(`wasm2c ${WASM2C}, but ${version},`);
  }
  if (missing.length === 0) return null;
  const reason = `${what}: not run, ${missing.join(", ")} is not installed`;
  process.stderr.write(`${reason}\n`);
  return reason;
}

/** Builds the C example against a kernel and returns the program. */
export function buildExample(kernel: string, folder: string): string {
  const words = ["-s", "-C", `${ROOT}assembly/embed`, `KERNEL=${ROOT}build/${kernel}`, `OUT=${folder}`];
  const made = run("make", [...words, "CFLAGS=-O2 -Wall -Wextra -Werror"]);
  if (made.status !== 0) throw new Error(`make failed:\n${made.stderr}`);
  return `${folder}/yuma`;
}
