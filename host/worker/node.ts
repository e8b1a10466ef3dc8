/** yuma-kernel/worker on Node: the package's functions answered by worker threads. */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import nodeEndpoint from "comlink/dist/esm/node-adapter.mjs";
import type { Workers, WorkersOptions } from "./types.js";
import { workersOn } from "./workers.js";

export { YumaError, type YumaErrorCode } from "../errors.js";
export type * from "./types.js";

/**
 * Makes a pool of workers, started as there is work. All share one compiled kernel. Idle workers do not keep the process alive.
 *
 * Throws BAD_VALUE for options that make no sense. Every function of the pool rejects as its namesake throws, and with BAD_STATE
 * after `dispose`, WORKER_FAILED where a worker cannot be started or dies.
 */
export function createWorkers(options: WorkersOptions<Worker> = {}): Workers {
  return workersOn(
    {
      processors: availableParallelism,
      // Flags of the process that are about its own program are none of a worker's.
      spawn: () => new Worker(new URL("./nodeProgram.js", import.meta.url), { execArgv: [], name: "yuma" }),
      adapt(worker, onFailure) {
        worker.on("error", ({ message }) => onFailure(message));
        worker.on("messageerror", () => onFailure("a message could not be read"));
        worker.on("exit", (code) => onFailure(`it ended with code ${code}`));
        return {
          endpoint: nodeEndpoint(worker),
          hold: (isBusy) => (isBusy ? worker.ref() : worker.unref()),
          async end() {
            await worker.terminate();
          },
        };
      },
    },
    options,
  );
}
