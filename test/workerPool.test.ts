/** Pools of workers: batches in order, nobody harmed when a job is cancelled, and workers that fail. */
import { getEventListeners } from "node:events";
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import * as inlined from "../host/index.js";
import { inlinedModule } from "../host/load/inlined.js";
import { createWorkers } from "../host/worker/node.js";
import type { BatchOptions, Progress } from "../host/worker/types.js";
import { refusalOf, rejectionOf } from "./support/refusal.js";
import { first, LONG, PROGRAM, pause, snapshots, subnet, workersOf } from "./support/workers.js";

const { workers: shared } = workersOf({ size: 2 });

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const out: T[] = [];
  for await (const item of items) out.push(item);
  return out;
}

describe("a signal", () => {
  it("drops a job that waits", async () => {
    const { workers, started } = workersOf();
    const controller = new AbortController();
    const running = workers.epoch(subnet);
    const waiting = workers.with({ signal: controller.signal }).epoch(first);
    controller.abort();
    await expect(waiting).rejects.toBe(controller.signal.reason);
    expect(await running).toEqual(inlined.epoch(subnet));
    expect(started.count).toBe(1);
  });

  it("stops a job that runs; those behind it run in the next worker", async () => {
    const { workers, started } = workersOf();
    await workers.epoch(first);
    const controller = new AbortController();
    const ours = workers.with({ signal: controller.signal });
    const cancelled = [ours.burnDecay(LONG), ours.epoch(first), ours.epoch(first)];
    const behind = workers.epoch(subnet);
    await pause(30);
    controller.abort("enough");
    expect(await Promise.allSettled(cancelled)).toEqual(
      cancelled.map(() => ({ status: "rejected", reason: "enough" })),
    );
    expect(await behind).toEqual(inlined.epoch(subnet));
    expect(started.count).toBe(2);
  });

  it("given up beforehand starts nothing; later it changes nothing", async () => {
    const { workers, started } = workersOf();
    await expect(workers.with({ signal: AbortSignal.abort("no") }).epoch(first)).rejects.toBe("no");
    expect(started.count).toBe(0);
    const controller = new AbortController();
    expect(await workers.with({ signal: controller.signal }).epoch(first)).toEqual(inlined.epoch(first));
    controller.abort();
    await workers.epoch(first);
    expect(started.count).toBe(1);
  });

  it("is listened to once, whoever waits for it, and no longer than they do", async () => {
    const { signal } = new AbortController();
    const ours = shared.with({ signal });
    const asked = Array.from({ length: 20 }, () => ours.epoch(first));
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    await Promise.all(asked);
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
    const late = new AbortController();
    const doomed = [1, 2].map(() => shared.with({ signal: late.signal }).burnDecay(LONG));
    late.abort("late");
    expect(await Promise.allSettled(doomed)).toEqual(doomed.map(() => ({ status: "rejected", reason: "late" })));
  });
});

describe("a batch", () => {
  it("answers in order, from any source, and tells how far it is", async () => {
    const wanted = snapshots.map(inlined.epoch);
    const told: Progress[] = [];
    expect(await all(shared.epochs(snapshots, { onProgress: (progress) => told.push(progress) }))).toEqual(wanted);
    expect(told).toEqual(snapshots.map((_, k) => ({ done: k + 1, total: snapshots.length })));
    async function* slowly() {
      for (const snapshot of snapshots.slice(0, 4)) {
        await pause(1);
        yield snapshot;
      }
    }
    const unbounded: Progress[] = [];
    const options: BatchOptions = { onProgress: (progress) => unbounded.push(progress) };
    expect(await all(shared.epochs(slowly(), options))).toEqual(wanted.slice(0, 4));
    expect(unbounded.at(-1)).toEqual({ done: 4 });
  });

  it("takes no more than it needs, and closes a source it leaves", async () => {
    let taken = 0;
    let isClosed = false;
    function* endless() {
      try {
        for (;;) {
          taken++;
          yield first;
        }
      } finally {
        isClosed = true;
      }
    }
    let seen = 0;
    for await (const _ of shared.epochs(endless())) if (++seen === 3) break;
    expect(taken).toBeLessThanOrEqual(3 + 2 * shared.size);
    expect(isClosed).toBe(true);
  });

  it("hands out an answer while its source is still thinking", async () => {
    let release = () => {};
    async function* source() {
      yield first;
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    }
    const batch = shared.epochs(source());
    expect((await batch.next()).value).toEqual(inlined.epoch(first));
    release();
    expect((await batch.next()).done).toBe(true);
  });

  it("ends at the first snapshot refused, and names it", async () => {
    const spoilt = snapshots.map((snapshot, k) => (k >= 7 ? { ...snapshot, kappa: -k } : snapshot));
    const answers: unknown[] = [];
    const { code, message, details } = await rejectionOf(
      (async () => {
        for await (const answer of shared.epochs(spoilt)) answers.push(answer);
      })(),
    );
    expect([code, details.index, details.value]).toEqual(["BAD_VALUE", 7, -7]);
    expect(message).toMatch(/^Snapshot 7: /);
    expect(answers).toHaveLength(7);
  });

  it("is cancelled by its signal", async () => {
    const controller = new AbortController();
    const onProgress = ({ done }: Progress) => done === 5 && controller.abort();
    await expect(all(shared.epochs(snapshots, { signal: controller.signal, onProgress }))).rejects.toThrow(/abort/);
    expect(controller.signal.aborted).toBe(true);
    expect(await shared.epoch(first)).toEqual(inlined.epoch(first));
  });
});

describe("workers", () => {
  it("share one kernel, compiled once, which may be the caller's", async () => {
    const kernel = inlinedModule();
    const posted: unknown[] = [];
    const worker = () => {
      const thread = new Worker(PROGRAM, { execArgv: [] });
      const post = thread.postMessage.bind(thread);
      thread.postMessage = (message: { argumentList?: { value: unknown }[] }, moved) => {
        const [given] = message.argumentList ?? [];
        if (given?.value instanceof WebAssembly.Module) posted.push(given.value);
        post(message, moved as never);
      };
      return thread;
    };
    const { workers } = workersOf({ size: 3, kernel, worker });
    await Promise.all([1, 2, 3].map(() => workers.epoch(subnet)));
    expect(posted).toEqual([kernel, kernel, kernel]);
    expect(posted.every((module) => module === kernel)).toBe(true);
  });

  it("take a kernel by its URL, and refuse what is none", async () => {
    const { workers } = workersOf({ kernel: new URL("../build/kernel.scalar.wasm", import.meta.url) });
    expect(await workers.epoch(subnet)).toEqual(inlined.epoch(subnet));
    for (const [kernel, code] of [
      [Uint8Array.of(1, 2), "BAD_KERNEL"],
      ["file:///nowhere/kernel.wasm", "BAD_FILE"],
      [new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)), "BAD_KERNEL"],
    ] as const) {
      expect((await rejectionOf(workersOf({ kernel }).workers.epoch(first))).code).toBe(code);
    }
  });

  it("that cannot be started say so, each to who asked", async () => {
    const dead = workersOf({ worker: () => new Worker(new URL("file:///nowhere/program.js")) }).workers;
    const asked = [dead.epoch(first), dead.epoch(first)].map((answer) => rejectionOf(answer));
    for (const { code, details } of await Promise.all(asked)) {
      expect([code, details.reason]).toEqual(["WORKER_FAILED", expect.stringContaining("nowhere")]);
    }
    const worker = () => {
      throw new Error("not here");
    };
    expect((await rejectionOf(workersOf({ worker }).workers.epoch(first))).message).toContain("not here");
  });

  it("that die are replaced", async () => {
    const threads: Worker[] = [];
    const worker = () => {
      threads.push(new Worker(PROGRAM, { execArgv: [] }));
      return threads.at(-1) as Worker;
    };
    const { workers } = workersOf({ worker });
    await workers.epoch(first);
    const asked = workers.burnDecay(LONG);
    void threads[0]?.terminate();
    expect((await rejectionOf(asked)).code).toBe("WORKER_FAILED");
    expect(await workers.epoch(first)).toEqual(inlined.epoch(first));
    expect(threads).toHaveLength(2);
  });

  it("that are sent what they cannot read are replaced", async () => {
    const bytes = new Uint8Array(8);
    structuredClone(bytes, { transfer: [bytes.buffer] });
    const { workers } = workersOf({
      worker() {
        const thread = new Worker(PROGRAM, { execArgv: [] });
        thread.postMessage(bytes, [bytes.buffer]);
        return thread;
      },
    });
    const { code, details } = await rejectionOf(workers.epoch(first));
    expect([code, details.reason]).toEqual(["WORKER_FAILED", "it cannot read what it is sent"]);
  });

  it("disposed of leave nobody waiting", async () => {
    const { workers } = workersOf();
    const asked = [workers.burnDecay(LONG), workers.epoch(first)].map((answer) => rejectionOf(answer));
    await workers.dispose();
    for (const { code } of await Promise.all(asked)) expect(code).toBe("BAD_STATE");
    expect((await rejectionOf(workers.epoch(first))).code).toBe("BAD_STATE");
  });

  it.each([
    [{ size: 0 }, "size"],
    [{ size: 1025 }, "size"],
    [{ size: 1.5 }, "size"],
    [{ worker: "yumaWorker.js" }, "worker"],
    [null, "Options"],
  ])("are not made with %j", (options, field) => {
    const { code, details } = refusalOf(() => createWorkers(options as never));
    expect([code, details.field]).toEqual(["BAD_VALUE", field]);
  });

  it("refuse options of jobs that make no sense", () => {
    expect(refusalOf(() => shared.with({ signal: 1 } as never)).details.field).toBe("signal");
    expect(refusalOf(() => shared.with({ transfer: 1 } as never)).details.field).toBe("transfer");
    expect(refusalOf(() => shared.epochs(7 as never)).details.field).toBe("Snapshots");
    expect(refusalOf(() => shared.epochs([], { onProgress: 1 } as never)).details.field).toBe("onProgress");
  });
});
