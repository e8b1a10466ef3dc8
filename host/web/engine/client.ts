/** The page's side of its worker: questions by number, answers as they come. */
import { type Answer, opened } from "../../worker/answer.js";
import type { Engine } from "./engine.js";
import type { Question, Reply } from "./worker.js";

/** The engine's functions, each as a promise that rejects with its YumaError. */
export type RemoteEngine = {
  readonly [Name in keyof Engine]: (...args: Parameters<Engine[Name]>) => Promise<Awaited<ReturnType<Engine[Name]>>>;
};

/**
 * Starts the worker. Its death rejects what was and will be asked with WORKER_FAILED. Browsers start a worker from the page's thread: who
 * keeps that busy before `started` keeps the worker from starting.
 */
export function startEngine(): { readonly engine: RemoteEngine; readonly started: Promise<void> } {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "yuma" });
  const waiting = new Map<number, (answer: Answer) => void>();
  let dead: Answer | null = null;
  let asked = 0;
  const started = new Promise<void>((resolve) => {
    worker.addEventListener("message", ({ data }: MessageEvent<Reply | null>) => {
      if (data === null) return resolve();
      waiting.get(data.id)?.(data.answer);
      waiting.delete(data.id);
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      const reason = event.message || "its program could not be loaded";
      dead = {
        refusal: { code: "WORKER_FAILED", message: `The page's worker failed: ${reason}.`, details: { reason } },
      };
      for (const answer of waiting.values()) answer(dead);
      waiting.clear();
      resolve();
    });
  });
  const answerTo = (question: Omit<Question, "id">) =>
    new Promise<Answer>((resolve) => {
      if (dead !== null) return resolve(dead);
      const id = ++asked;
      waiting.set(id, resolve);
      worker.postMessage({ id, ...question } satisfies Question);
    });
  const ask =
    <Name extends keyof Engine>(name: Name) =>
    async (...args: Parameters<Engine[Name]>): Promise<Awaited<ReturnType<Engine[Name]>>> =>
      opened(await answerTo({ name, args })) as Awaited<ReturnType<Engine[Name]>>;
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
