/** The built `yuma` command, run as a user runs it. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";

/** The command. */
export const MAIN = fileURLToPath(new URL("../../dist/host/cli/main.js", import.meta.url));
const MOST_OUTPUT = 1 << 28;

/** What a run left behind. */
export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Throws unless the command has been built. */
export function requireBuild(): void {
  if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing: run "npm run build" before the tests of the command.`);
}

/** Runs `yuma …args` with `input` on its standard input, and `env` besides the environment of the tests. */
export function yuma(args: readonly string[], input: string | Uint8Array = "", env: Record<string, string> = {}): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    input,
    env: { ...process.env, ...env },
    maxBuffer: MOST_OUTPUT,
  });
  return checked({ code: status, out: stdout.toString(), err: stderr.toString() });
}

/** As `yuma`, while the tests go on: they may be the node that the command asks. */
export function yumaBeside(args: readonly string[], env: Record<string, string> = {}): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args], { env: { ...process.env, ...env } });
    let [out, err] = ["", ""];
    child.stdout.on("data", (piece) => {
      out += piece;
    });
    child.stderr.on("data", (piece) => {
      err += piece;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve(checked({ code, out, err })));
  });
}

/** Runs a shell line in which $YUMA is the command. */
export function shell(line: string): Run {
  const env = { ...process.env, YUMA: `"${process.execPath}" "${MAIN}"` };
  const { status, stdout, stderr } = spawnSync("bash", ["-c", line.replaceAll("$YUMA", env.YUMA)], { env });
  return checked({ code: status, out: stdout.toString(), err: stderr.toString() });
}

/** No run, whatever it was given, shows a stack trace or a raw engine error. */
function checked(run: Run): Run {
  expect(`${run.err}${run.out}`).not.toMatch(
    /\n\s+at .+:\d+|node:internal|RuntimeError|TypeError|RangeError|"INTERNAL"/,
  );
  return run;
}
