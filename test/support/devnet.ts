/** `yuma devnet` as a process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { MAIN } from "./command.js";

/** A node that listens. */
export interface RunningDevnet {
  readonly child: ChildProcess;
  /** What it printed. */
  readonly printed: { url: string; webSocket: string; height: number; accounts: { secret: string; freeRao: string }[] };
  readonly ended: Promise<number | null>;
  /** Its log so far. */
  readonly err: () => string;
}

/** Starts one on a free port. The caller ends it. */
export async function startDevnet(...args: string[]): Promise<RunningDevnet> {
  const child = spawn(process.execPath, [MAIN, "devnet", "--port", "0", "--json", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve) => child.on("exit", (code) => resolve(code)));
  let [out, err] = ["", ""];
  child.stderr.on("data", (piece) => {
    err += piece;
  });
  // Read on to the end: a node whose reader is gone ends quietly.
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (piece) => {
      out += piece;
      if (out.endsWith("}\n")) resolve();
    });
    child.on("close", () => reject(new Error(`it ended: ${err}`)));
  });
  return { child, printed: JSON.parse(out), ended, err: () => err };
}
