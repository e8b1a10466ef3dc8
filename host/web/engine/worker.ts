/** The worker's program: one engine on the kernel that lies beside the page. */
import { expose } from "comlink";
import { YumaError } from "../../errors.js";
import type { Answer } from "../../worker/answer.js";
import { createEngine, type Engine } from "./engine.js";
import { kernelLoaded } from "./kernel.js";

const engine = createEngine(kernelLoaded);

/** What the page calls. Refusals travel as plain objects, since a message keeps of an error its sentence only. */
export interface Service {
  /** Answers as soon as there is a worker. */
  isThere(): true;
  call<Name extends keyof Engine>(name: Name, args: Parameters<Engine[Name]>): Promise<Answer>;
}

const service: Service = {
  isThere: () => true,
  async call(name, args) {
    try {
      const ask = engine[name] as (...given: readonly unknown[]) => unknown;
      return { value: await ask(...args) };
    } catch (error) {
      if (error instanceof YumaError) return { refusal: error.toJSON() };
      const reason = error instanceof Error ? error.message : String(error);
      const message = `Unexpected failure, a defect of this page: ${reason}`;
      return { refusal: { code: "INTERNAL", message, details: {} } };
    }
  },
};

expose(service);
