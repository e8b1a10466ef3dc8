/** The page's side of its worker. */
import { wrap } from "comlink";
import { YumaError } from "../../errors.js";
import { opened } from "../../worker/answer.js";
import type { Engine } from "./engine.js";
import type { Service } from "./worker.js";

/** The engine's functions, each as a promise that rejects with its YumaError. */
export type RemoteEngine = {
  readonly [Name in keyof Engine]: (...args: Parameters<Engine[Name]>) => Promise<Awaited<ReturnType<Engine[Name]>>>;
};

/**
 * Starts the worker. Its death rejects what was asked with WORKER_FAILED. Browsers start a worker from the page's thread: who keeps that
 * busy before `started` keeps the worker from starting.
 */
export function startEngine(): { readonly engine: RemoteEngine; readonly started: Promise<void> } {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "yuma" });
  const remote = wrap<Service>(worker);
  const died = new Promise<never>((_, reject) => {
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      const reason = event.message || "its program could not be loaded";
      reject(new YumaError("WORKER_FAILED", `The page's worker failed: ${reason}.`, { reason }));
    });
  });
  const answers = remote.isThere().then(() => {});
  const started = Promise.race([answers, died]).catch(() => {});
  const ask =
    <Name extends keyof Engine>(name: Name) =>
    async (...args: Parameters<Engine[Name]>): Promise<Awaited<ReturnType<Engine[Name]>>> =>
      opened(await Promise.race([remote.call(name, args), died])) as Awaited<ReturnType<Engine[Name]>>;
  const engine = {
    open: ask("open"),
    next: ask("next"),
    stop: ask("stop"),
    explain: ask("explain"),
    matrices: ask("matrices"),
    weightsOf: ask("weightsOf"),
    change: ask("change"),
    forward: ask("forward"),
    saved: ask("saved"),
  };
  return { engine, started };
}
