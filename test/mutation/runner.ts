/** Runs mutants in a thread with a time limit; a thread whose mutant never ends is replaced. */
import { Worker } from "node:worker_threads";
import type { Item } from "./judge.js";

/** What the thread says while it goes on. */
export const GOES_ON = "goes on";

/** What became of a mutant in the suite: a question it got wrong, or "timeout"; null if it got all of them right. */
export type Verdict = string | null;

/** Judges kernels one after the other. */
export interface Runner {
  judge(bytes: Uint8Array<ArrayBuffer>): Promise<Verdict>;
  close(): Promise<void>;
}

/**
 * A runner over `suite` that gives a kernel up after `limitMs` in which it did not get on: a mutant that never ends stops at one
 * question, while one that survives gets through all of them, however busy the machine is.
 */
export function makeRunner(suite: readonly Item[], limitMs: number): Runner {
  const start = () => new Worker(new URL("./worker.js", import.meta.url), { workerData: suite });
  let worker = start();
  return {
    judge: (bytes) =>
      new Promise((resolve, reject) => {
        const judged = worker;
        const settle = (verdict: Verdict) => {
          clearTimeout(timer);
          if (verdict === GOES_ON) {
            timer = setTimeout(() => replace("timeout"), limitMs);
            return;
          }
          judged.off("message", settle);
          judged.off("error", fail);
          resolve(verdict);
        };
        const replace = (verdict: string) => {
          worker = start();
          judged.terminate().then(() => settle(verdict), reject);
        };
        const fail = () => replace("broken thread");
        let timer = setTimeout(() => replace("timeout"), limitMs);
        judged.on("message", settle);
        judged.on("error", fail);
        judged.postMessage(bytes);
      }),
    close: async () => {
      await worker.terminate();
    },
  };
}
