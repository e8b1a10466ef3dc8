/** Signatures verified by worker threads of Node, for ledgers whose one thread has better things to do. */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { YumaError } from "../../errors.js";
import { integer } from "../../marshal/values.js";
import type { VerifySignature } from "../accounts/keys.js";
import type { Question } from "./checker.js";

const MOST_WORKERS = 1024;

/** Workers that verify. */
export interface SignatureWorkers {
  /** For `createLedger({ store, verifySignature })`. Submit many calls before waiting for any, or one worker works at a time. */
  readonly verifySignature: VerifySignature;
  /** Ends the workers. What they have not answered fails with BAD_STATE. */
  close(): Promise<void>;
}

/** A question that waits: how it is answered. */
interface Waiting {
  readonly answer: (isGenuine: boolean) => void;
  readonly fail: (error: Error) => void;
}

/**
 * Starts workers, by default one a processor. They do not keep the process alive.
 *
 * Throws BAD_VALUE for a count outside 1 to 1024.
 */
export function signatureWorkers(count: number = availableParallelism()): SignatureWorkers {
  const crew = Array.from({ length: integer("count", count, 1, MOST_WORKERS) }, () => new Checker());
  return {
    verifySignature: (message, signature, account) => {
      const idlest = crew.reduce((best, one) => (one.waiting < best.waiting ? one : best));
      return idlest.ask({ message, signature, account });
    },
    close: async () => {
      await Promise.all(crew.map((one) => one.close()));
    },
  };
}

/** One worker and what it has been asked. It answers in order. */
class Checker {
  // Flags of the process that are about its own program are none of a worker's.
  readonly #worker = new Worker(new URL("./checker.js", import.meta.url), { execArgv: [] });
  readonly #waiting: Waiting[] = [];
  #over: Error | undefined;

  constructor() {
    this.#worker.unref();
    this.#worker.on("message", (isGenuine: boolean) => this.#waiting.shift()?.answer(isGenuine));
    this.#worker.on("error", (cause) => this.#end(`failed: ${cause.message}`));
    this.#worker.on("exit", () => this.#end("has ended"));
  }

  get waiting(): number {
    return this.#over ? Number.POSITIVE_INFINITY : this.#waiting.length;
  }

  ask(question: Question): Promise<boolean> {
    if (this.#over) return Promise.reject(this.#over);
    return new Promise((answer, fail) => {
      this.#waiting.push({ answer, fail });
      this.#worker.postMessage(question);
    });
  }

  async close(): Promise<void> {
    this.#end("has ended");
    await this.#worker.terminate();
  }

  #end(what: string): void {
    this.#over ??= new YumaError("BAD_STATE", `The worker that verifies signatures ${what}.`, {});
    for (const { fail } of this.#waiting.splice(0)) fail(this.#over);
  }
}
