/** What a worker does: it is given the compiled kernel, then answers one question after the other. */
import { type Endpoint, expose, transfer } from "comlink";
import { runRecords } from "../api/epoch.js";
import { prepare } from "../api/prepare.js";
import { bind } from "../api/yuma.js";
import { YumaError } from "../errors.js";
import { instantiate, type Kernel } from "../load/kernel.js";
import type { EpochChanges, EpochSnapshot, PreparedEpoch } from "../types.js";
import type { Answer } from "./answer.js";

/** What is exposed to the other side. */
export interface Service {
  /** Takes the compiled kernel. */
  start(module: WebAssembly.Module): void;
  /** Calls a function by its name, in a group as `pool.price`. */
  call(name: string, args: readonly unknown[]): Answer;
}

type Callable = (...args: readonly unknown[]) => unknown;

/** Answers on an endpoint until the worker ends. */
export function serve(endpoint?: Endpoint): void {
  let functions: ReadonlyMap<string, Callable> | undefined;
  const service: Service = {
    start(module) {
      functions = functionsOf(module);
    },
    call(name, args) {
      const run = functions?.get(name);
      if (run === undefined) throw new Error(`A Yuma worker has no function ${name}.`);
      return answerOf(() => run(...args));
    },
  };
  expose(service, endpoint);
}

function answerOf(run: () => unknown): Answer {
  try {
    const value = run();
    if (value === LOST) return { lost: true };
    return value instanceof Uint8Array ? transfer({ value }, [value.buffer as ArrayBuffer]) : { value };
  } catch (error) {
    if (error instanceof YumaError) return { refusal: error.toJSON() };
    throw error;
  }
}

function functionsOf(module: WebAssembly.Module): ReadonlyMap<string, Callable> {
  const yuma = bind(() => module);
  const functions = new Map<string, Callable>();
  for (const [name, member] of Object.entries({ ...yuma, prepared: preparedEpochs(module) })) {
    if (typeof member === "function") functions.set(name, member as Callable);
    else for (const [inner, run] of Object.entries(member)) functions.set(`${name}.${inner}`, run as Callable);
  }
  let kernel: Kernel | undefined;
  return functions.set("epochRecords", (records) => {
    kernel ??= instantiate(module);
    return runRecords(kernel, records as Uint8Array);
  });
}

const LOST = Symbol("no such prepared epoch");

/** Prepared epochs by number. After a worker was replaced it knows none; the other side then opens them anew. */
function preparedEpochs(module: WebAssembly.Module) {
  const epochs = new Map<number, PreparedEpoch>();
  const at = (number: number, ask: (epoch: PreparedEpoch) => unknown) => {
    const epoch = epochs.get(number);
    return epoch ? ask(epoch) : LOST;
  };
  return {
    /** `hasRun` brings it to where it was in a worker that is no more. */
    open(number: number, snapshot: EpochSnapshot, hasRun: boolean) {
      const epoch = prepare(module, snapshot);
      if (hasRun) epoch.run();
      epochs.set(number, epoch);
    },
    run: (number: number) => at(number, (epoch) => epoch.run()),
    result: (number: number) => at(number, (epoch) => epoch.result()),
    trace: (number: number) => at(number, (epoch) => epoch.trace()),
    update: (number: number, changes: EpochChanges) => at(number, (epoch) => epoch.update(changes)),
    close: (number: number) => void epochs.delete(number),
  };
}
