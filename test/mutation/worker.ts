/** The thread in which mutants run, so that one that never ends can be ended. It tells now and then that it goes on. */
import { parentPort, workerData } from "node:worker_threads";
import { firstWrong, type Item } from "./judge.js";
import { GOES_ON } from "./runner.js";

const suite = workerData as readonly Item[];

parentPort?.on("message", (bytes: Uint8Array<ArrayBuffer>) => {
  parentPort?.postMessage(firstWrong(bytes, suite, () => parentPort?.postMessage(GOES_ON)));
});
