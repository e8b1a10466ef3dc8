/**
 * What a pool of workers must do in a browser, each as a function that tells what it saw. In a page they are called by `check(name)`; the
 * same program as a worker answers its page, so that pools are also tried where they are made in a worker.
 */
import { expose, wrap } from "comlink";
import { inlinedModule } from "../../../host/load/inlined.js";
import type { EpochSnapshot } from "../../../host/types.js";
import {
  createWorkers,
  type Progress,
  type Workers,
  type WorkersOptions,
  YumaError,
} from "../../../host/worker/index.js";
import { checksumOf, linesAt } from "./subsets.js";

const json = (value: unknown) =>
  JSON.stringify(value, (_key, inner) => (typeof inner === "bigint" ? `${inner}` : inner));
const snapshots = async (set: string) =>
  (await linesAt(new URL(`vectors/${set}.cases.jsonl.gz`, location.href))).map(
    (line) => JSON.parse(line) as EpochSnapshot,
  );
const bytesAt = async (path: string) => new Uint8Array(await (await fetch(path)).arrayBuffer());

/** A second of work, or more. */
const LONG = {
  burn: 10n ** 18n,
  minBurn: 1n,
  maxBurn: 10n ** 18n,
  halfLife: 65535,
  currentBlock: 5n,
  blocks: 1_000_000,
};

/** A pool, the workers it started, and the modules it posted to them; it ends with the work. */
async function using<T>(
  options: WorkersOptions<Worker>,
  work: (workers: Workers, seen: { started: Worker[]; modules: WebAssembly.Module[] }) => Promise<T>,
): Promise<T> {
  const seen = { started: [] as Worker[], modules: [] as WebAssembly.Module[] };
  const worker = () => {
    const one = new Worker(new URL("yumaWorker.js", import.meta.url), { type: "module" });
    const post = one.postMessage.bind(one) as (message: unknown, moved: Transferable[]) => void;
    one.postMessage = (message: { argumentList?: { value: unknown }[] }, moved: never) => {
      for (const { value } of message.argumentList ?? [])
        if (value instanceof WebAssembly.Module) seen.modules.push(value);
      post(message, moved);
    };
    seen.started.push(one);
    return one;
  };
  const workers = createWorkers({ worker, ...options });
  try {
    return await work(workers, seen);
  } finally {
    await workers.dispose();
  }
}

const CHECKS = {
  /** Many epochs over three workers, in order, with progress; and the module they share. */
  async batch() {
    return using({ size: 3 }, async (workers, { started, modules }) => {
      const told: Progress[] = [];
      const answers: string[] = [];
      for await (const result of workers.epochs((await snapshots("epoch-small")).slice(0, 300), {
        onProgress: (progress) => told.push(progress),
      })) {
        answers.push(json(result));
      }
      const isInOrder = told.every(({ done, total }, k) => done === k + 1 && total === 300);
      const isShared = modules.every((module) => module === inlinedModule());
      return {
        checksum: await checksumOf(answers),
        told: told.length,
        isInOrder,
        started: started.length,
        modules: modules.length,
        isShared,
      };
    });
  },

  /** Matrices and a subnet of 256 uids, by the workers the package starts itself. */
  async subnets() {
    const workers = createWorkers();
    const [subnet, traced] = await Promise.all([snapshots("epoch-subnet"), snapshots("epoch-traced")]);
    const answers = await Promise.all([
      ...subnet.map((snapshot) => workers.epoch(snapshot)),
      ...traced.map((snapshot) => workers.tracedEpoch(snapshot)),
    ]);
    await workers.dispose();
    return { checksum: await checksumOf(answers.map(json)), size: workers.size };
  },

  /** Records moved to a worker and back. */
  async records() {
    return using({ size: 1 }, async (workers) => {
      const [copied, moved] = await Promise.all([bytesAt("records"), bytesAt("records")]);
      const one = await workers.epochRecords(copied);
      const other = await workers.with({ transfer: true }).epochRecords(moved);
      const digests = await Promise.all([one, other].map((bytes) => checksumOf([bytes.join()])));
      return { digests, left: [copied.length > 0, moved.length] };
    });
  },

  /** A job stopped while it runs, one dropped while it waits, one behind them that is answered, a prepared epoch that outlives it all. */
  async cancelled() {
    return using({ size: 1 }, async (workers, { started }) => {
      const [snapshot] = (await snapshots("epoch-subnet")) as [EpochSnapshot];
      const prepared = await workers.prepareEpoch(snapshot);
      await prepared.recompute({ kappa: 1 });
      const controller = new AbortController();
      const ours = workers.with({ signal: controller.signal });
      const reasons = [ours.burnDecay(LONG), ours.epoch(snapshot)].map((job) => job.catch((reason: unknown) => reason));
      const behind = workers.epoch(snapshot);
      await new Promise((resolve) => setTimeout(resolve, 10));
      controller.abort("enough");
      const answers = [await behind, await prepared.recompute({ kappa: snapshot.kappa })];
      return {
        reasons: await Promise.all(reasons),
        checksums: await Promise.all(answers.map((one) => checksumOf([json(one)]))),
        started: started.length,
      };
    });
  },

  /** What is refused, and workers that cannot be had. */
  async refused() {
    const failure = async (job: Promise<unknown>) =>
      job.then(
        () => "no",
        (error: unknown) => (error instanceof YumaError ? error.toJSON() : `${error}`),
      );
    const bad = { ...(await snapshots("epoch-small"))[0], kappa: 65536 } as EpochSnapshot;
    const program = (path: string) => () => new Worker(new URL(path, import.meta.url), { type: "module" });
    return [
      await using({ size: 1 }, (workers) => failure(workers.epoch(bad))),
      await using({ worker: program("nowhere.js"), size: 1 }, (workers) => failure(workers.epoch(bad))),
      await using({ worker: program("broken.js"), size: 1 }, (workers) => failure(workers.epoch(bad))),
      await using({ worker: program("strictWorker.js"), size: 1 }, (workers) => failure(workers.epoch(bad))),
    ];
  },
};

const check = (name: keyof typeof CHECKS) => CHECKS[name]();

if ("document" in globalThis) {
  const inWorker = wrap<typeof check>(new Worker(new URL("workersPage.js", import.meta.url), { type: "module" }));
  Object.assign(globalThis, {
    check: (place: string, name: keyof typeof CHECKS) => (place === "page" ? check(name) : inWorker(name)),
  });
} else {
  expose(check);
}
