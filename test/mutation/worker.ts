/** The thread in which mutants run, so that one that never ends can be ended. It tells now and then that it goes on. */
import { parentPort, workerData } from "node:worker_threads";
import { PARTS } from "./alone.js";
import { firstWrong, type Item } from "./judge.js";
import { GOES_ON, type Suspect } from "./runner.js";

const suite = workerData as readonly Item[];
const goesOn = () => parentPort?.postMessage(GOES_ON);

parentPort?.on("message", ({ kernel, part }: Suspect) => {
  const wrong = firstWrong(kernel, suite, goesOn);
  const isWrongAlone = wrong === null && part !== undefined && PARTS[part.name]?.isWrong(part.bytes, goesOn);
  parentPort?.postMessage(isWrongAlone ? `${part?.name} by itself` : wrong);
});
