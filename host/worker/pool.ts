/** Jobs and the workers that do them: one job a worker at a time, the others wait in line. */
import { type Endpoint, transfer, wrap } from "comlink";
import { shown, YumaError } from "../errors.js";
import type { Answer } from "./answer.js";
import type { Service } from "./service.js";
import { onAbort } from "./signals.js";
import { buffersIn } from "./transfer.js";

/** A worker of the platform, as the pool sees it. */
export interface Spawned {
  readonly endpoint: Endpoint;
  /** Says whether it is at work: an idle one need not keep the process alive. */
  hold(isBusy: boolean): void;
  end(): Promise<void>;
}

/** Starts a worker; `onFailure` is told when it cannot start or dies. */
export type Spawn = (onFailure: (reason: string) => void) => Spawned;

/** A question to a worker. */
export interface Job {
  /** As the service knows the function. */
  readonly name: string;
  readonly args: readonly unknown[];
  /** Whether buffers among the arguments are moved rather than copied. */
  readonly moves: boolean;
  readonly signal?: AbortSignal | undefined;
  /** The only seat that may do it. */
  readonly seat?: Seat | undefined;
}

/** A job that waits or runs. */
interface Task extends Job {
  readonly answer: (answer: Answer) => void;
  readonly fail: (reason: unknown) => void;
}

/** Asks a started worker. */
type Ask = (job: Job) => Promise<Answer>;

/** A place for a worker. Its worker may be replaced by another. */
export class Seat {
  /** Prepared epochs that live here. */
  tenants = 0;
  task: Task | undefined;
  worker: Spawned | undefined;
  service: Promise<Ask> | undefined;
}

/** A line of jobs before some seats. */
export class Pool {
  readonly #seats: readonly Seat[];
  readonly #queue: Task[] = [];
  #over: YumaError | undefined;

  constructor(
    size: number,
    readonly spawn: Spawn,
    readonly kernel: () => Promise<WebAssembly.Module>,
  ) {
    this.#seats = Array.from({ length: size }, () => new Seat());
  }

  /** Where a prepared epoch should live: among the fewest others. */
  leastBusy(): Seat {
    const load = (seat: Seat) => seat.tenants + (seat.task ? 0.5 : 0);
    return this.#seats.reduce((best, seat) => (load(seat) < load(best) ? seat : best));
  }

  /** Puts a job in the line. Rejects with the signal's reason, BAD_STATE after `dispose`, WORKER_FAILED, BAD_VALUE. */
  do(job: Job): Promise<Answer> {
    const { signal } = job;
    return new Promise((resolve, reject) => {
      if (this.#over) return reject(this.#over);
      if (signal?.aborted) return reject(signal.reason);
      const leave = signal && onAbort(signal, () => this.#cancel(task, signal.reason));
      const settled =
        <T>(settle: (with_: T) => void) =>
        (value: T) => {
          leave?.();
          settle(value);
        };
      const task: Task = { ...job, answer: settled(resolve), fail: settled(reject) };
      this.#queue.push(task);
      this.#fill();
    });
  }

  /** Ends all workers. */
  async dispose(): Promise<void> {
    this.#over ??= new YumaError("BAD_STATE", "These workers have been disposed of.");
    for (const task of this.#queue.splice(0)) task.fail(this.#over);
    const over = this.#over;
    await Promise.all(this.#seats.map((seat) => this.#vacate(seat, over)));
  }

  /**
   * Gives every idle seat the first job it may do; seats that have a worker come first. A job whose signal is just telling those before it
   * in the line is about to leave it, and not worth a worker.
   */
  #fill(): void {
    const idle = this.#seats.filter(({ task }) => task === undefined);
    for (const seat of [...idle.filter(({ worker }) => worker), ...idle.filter(({ worker }) => !worker)]) {
      const suits = (task: Task) => !task.signal?.aborted && (task.seat === undefined || task.seat === seat);
      const next = this.#queue.findIndex(suits);
      if (next >= 0) void this.#work(seat, this.#queue.splice(next, 1)[0] as Task);
    }
  }

  async #work(seat: Seat, task: Task): Promise<void> {
    seat.task = task;
    try {
      seat.service ??= this.#start(seat);
      seat.worker?.hold(true);
      const ask = await seat.service;
      // Meanwhile it may have been cancelled or its worker have failed, and the seat may be another's already.
      if (seat.task !== task) return;
      const answer = await ask(task).catch((error: unknown) => task.fail(unsendable(error)));
      if (seat.task !== task) return;
      if (answer) task.answer(answer);
      seat.task = undefined;
      seat.worker?.hold(false);
    } catch (error) {
      if (seat.task !== task) return;
      await this.#vacate(seat, error);
    }
    this.#fill();
  }

  #start(seat: Seat): Promise<Ask> {
    const worker = this.#spawned((reason) => {
      if (seat.worker !== worker) return;
      void this.#vacate(seat, failed(reason));
      this.#fill();
    });
    seat.worker = worker;
    const service = wrap<Service>(worker.endpoint);
    const started = this.kernel().then((module) => service.start(module));
    return started.then(
      () =>
        ({ name, args, moves }) =>
          service.call(name, transfer([...args], moves ? buffersIn(args) : [])),
    );
  }

  #spawned(onFailure: (reason: string) => void): Spawned {
    try {
      return this.spawn(onFailure);
    } catch (error) {
      throw failed(error instanceof Error ? error.message : String(error));
    }
  }

  /** Ends a seat's worker and fails its job. */
  async #vacate(seat: Seat, reason: unknown): Promise<void> {
    const { task, worker } = seat;
    seat.task = seat.worker = seat.service = undefined;
    task?.fail(reason);
    await worker?.end();
  }

  #cancel(task: Task, reason: unknown): void {
    const place = this.#queue.indexOf(task);
    if (place >= 0) {
      this.#queue.splice(place, 1);
      task.fail(reason);
      return;
    }
    const seat = this.#seats.find((one) => one.task === task);
    if (seat === undefined) return;
    void this.#vacate(seat, reason);
    this.#fill();
  }
}

function failed(reason: string): YumaError {
  return new YumaError("WORKER_FAILED", `A worker failed: ${reason}.`, { reason });
}

/** What a message could not carry is the caller's value, not a defect. */
function unsendable(error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== "DataCloneError") return error;
  const reason = shown(error.message).slice(1, -1).replace(/\.$/, "");
  return new YumaError("BAD_VALUE", `An argument cannot be sent to a worker: ${reason}.`, { reason });
}
