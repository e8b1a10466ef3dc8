/** Runs mutants in a thread with a time limit; a thread whose mutant never ends is replaced. */
import { Worker } from "node:worker_threads";
import type { Item } from "./judge.js";

/** What the thread says while it goes on. */
export const GOES_ON = "goes on";

/** What became of a mutant in the suite: a question it got wrong, or "timeout"; null if it got all of them right. */
export type Verdict = string | null;

/** A mutant of a file: a kernel that is asked the suite or, if named, one of `PARTS` by itself. */
export interface Suspect {
  readonly file: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly part?: string | undefined;
}

/** Judges mutants one after the other. */
export interface Runner {
  judge(suspect: Suspect): Promise<Verdict>;
  close(): Promise<void>;
}

const LOOK_MS = 200;

/**
 * A runner over `suite` that gives a mutant up after `limitMs` of this process's own time in which it did not get on: a mutant that never ends
 * stops at one question, while one that survives gets through all of them, however busy the machine is.
 */
export function makeRunner(suite: readonly Item[], limitMs: number): Runner {
  const start = () => new Worker(new URL("./worker.js", import.meta.url), { workerData: suite });
  const spentMs = () => process.cpuUsage().user / 1000;
  let worker = start();
  return {
    judge: (suspect) =>
      new Promise((resolve, reject) => {
        const judged = worker;
        let since = spentMs();
        const settle = (verdict: Verdict) => {
          if (verdict === GOES_ON) {
            since = spentMs();
            return;
          }
          clearInterval(timer);
          judged.off("message", settle);
          judged.off("error", fail);
          resolve(verdict);
        };
        const replace = (verdict: string) => {
          clearInterval(timer);
          worker = start();
          judged.terminate().then(() => settle(verdict), reject);
        };
        const fail = () => replace("broken thread");
        const timer = setInterval(() => {
          if (spentMs() - since > limitMs) replace("timeout");
        }, LOOK_MS);
        judged.on("message", settle);
        judged.on("error", fail);
        judged.postMessage(suspect);
      }),
    close: async () => {
      await worker.terminate();
    },
  };
}
