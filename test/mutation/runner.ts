/** Runs mutants in a thread with a time limit; a thread whose mutant never ends is replaced. */
import { Worker } from "node:worker_threads";
import type { Item } from "./judge.js";

/** What became of a mutant in the suite: a question it got wrong, or "timeout"; null if it got all of them right. */
export type Verdict = string | null;

/** Judges kernels one after the other. */
export interface Runner {
  judge(bytes: Uint8Array<ArrayBuffer>): Promise<Verdict>;
  close(): Promise<void>;
}

/** A runner over `suite` that gives each kernel `limitMs`. */
export function makeRunner(suite: readonly Item[], limitMs: number): Runner {
  const start = () => new Worker(new URL("./worker.js", import.meta.url), { workerData: suite });
  let worker = start();
  return {
    judge: (bytes) =>
      new Promise((resolve, reject) => {
        const judged = worker;
        const settle = (verdict: Verdict) => {
          clearTimeout(timer);
          judged.off("message", settle);
          judged.off("error", fail);
          resolve(verdict);
        };
        const replace = (verdict: string) => {
          worker = start();
          judged.terminate().then(() => settle(verdict), reject);
        };
        const fail = () => replace("broken thread");
        const timer = setTimeout(() => replace("timeout"), limitMs);
        judged.on("message", settle);
        judged.on("error", fail);
        judged.postMessage(bytes);
      }),
    close: async () => {
      await worker.terminate();
    },
  };
}
