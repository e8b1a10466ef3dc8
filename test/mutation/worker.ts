/** The thread in which mutants run, so that one that never ends can be ended. It tells now and then that it goes on. */
import { parentPort, workerData } from "node:worker_threads";
import { PARTS } from "./alone.js";
import { firstWrong, type Item } from "./judge.js";
import { GOES_ON, type Suspect, type Verdict } from "./runner.js";

const TELL_MS = 50;

const suite = workerData as readonly Item[];
/** By file, the questions that caught its mutants lately: what caught one is likely to catch the next. */
const lately = new Map<string, number[]>();
let told = 0;

function goesOn(): void {
  if (performance.now() < told + TELL_MS) return;
  told = performance.now();
  parentPort?.postMessage(GOES_ON);
}

function verdictOn({ file, bytes, part }: Suspect): Verdict {
  if (part !== undefined) return PARTS[part]?.isWrong(bytes, goesOn) ? `${part} by itself` : null;
  const first = lately.get(file) ?? [];
  lately.set(file, first);
  return firstWrong(bytes, suite, goesOn, first);
}

parentPort?.on("message", (suspect: Suspect) => parentPort?.postMessage(verdictOn(suspect)));
