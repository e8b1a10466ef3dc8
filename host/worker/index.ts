/**
 * yuma-kernel/worker in a page (or in a worker of one): the package's functions answered by web workers. Node has the same by
 * node.ts.
 */
import type { Workers, WorkersOptions } from "./types.js";
import { workersOn } from "./workers.js";

export { YumaError, type YumaErrorCode } from "../errors.js";
export type * from "./types.js";

/**
 * Makes a pool of workers, started as there is work. All share one compiled kernel.
 *
 * Throws BAD_VALUE for options that make no sense. Every function of the pool rejects as its namesake throws, and with BAD_STATE
 * after `dispose`, WORKER_FAILED where a worker cannot be started or dies.
 */
export function createWorkers(options: WorkersOptions<Worker> = {}): Workers {
  return workersOn(
    {
      processors: () => navigator.hardwareConcurrency,
      // Written out like this, it is what bundlers look for.
      spawn: () => new Worker(new URL("./yumaWorker.js", import.meta.url), { type: "module", name: "yuma" }),
      adapt(worker, onFailure) {
        worker.addEventListener("error", (event) => {
          event.preventDefault();
          onFailure(event.message || "its program could not be loaded or run");
        });
        worker.addEventListener("messageerror", () => onFailure("a message could not be read"));
        return { endpoint: worker, hold: () => {}, end: async () => worker.terminate() };
      },
    },
    options,
  );
}
