/** The thread in which mutants run, so that one that never ends can be ended. */
import { parentPort, workerData } from "node:worker_threads";
import { firstWrong, type Item } from "./judge.js";

const suite = workerData as readonly Item[];

parentPort?.on("message", (bytes: Uint8Array<ArrayBuffer>) => {
  parentPort?.postMessage(firstWrong(bytes, suite));
});
