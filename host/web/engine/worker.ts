/** The worker's program: one engine on the kernel that lies beside the page. */
import { YumaError } from "../../errors.js";
import type { Answer } from "../../worker/answer.js";
import { createEngine, type Engine } from "./engine.js";
import { kernelLoaded } from "./kernel.js";

/** What the page sends. */
export interface Question {
  readonly id: number;
  readonly name: keyof Engine;
  readonly args: readonly unknown[];
}

/** What comes back. The worker's first word, before anything was asked, is null. */
export interface Reply {
  readonly id: number;
  readonly answer: Answer;
}

const engine = createEngine(kernelLoaded);

/** Refusals travel as plain objects, since a message keeps of an error its sentence only. */
async function answerTo({ name, args }: Question): Promise<Answer> {
  try {
    const ask = engine[name] as (...given: readonly unknown[]) => unknown;
    return { value: await ask(...args) };
  } catch (error) {
    if (error instanceof YumaError) return { refusal: error.toJSON() };
    const reason = error instanceof Error ? error.message : String(error);
    const message = `Unexpected failure, a defect of this page: ${reason}`;
    return { refusal: { code: "INTERNAL", message, details: {} } };
  }
}

addEventListener("message", async ({ data }: MessageEvent<Question>) => {
  postMessage({ id: data.id, answer: await answerTo(data) } satisfies Reply);
});
postMessage(null);
