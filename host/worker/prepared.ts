/** A prepared epoch in a worker. Should its worker be replaced, it is prepared anew, as it was. */
import { YumaError } from "../errors.js";
import type { EpochChanges, EpochResult, EpochSnapshot, EpochTrace } from "../types.js";
import { type Answer, opened } from "./answer.js";
import type { Pool } from "./pool.js";
import type { RemotePreparedEpoch } from "./types.js";

let lastNumber = 0;

/** Prepares a snapshot in one of the pool's workers; the signal cancels this, not what is asked of the epoch later. */
export async function prepareRemotely(
  pool: Pool,
  given: EpochSnapshot,
  signal: AbortSignal | undefined,
): Promise<RemotePreparedEpoch> {
  const number = ++lastNumber;
  const seat = pool.leastBusy();
  let snapshot = given;
  let hasRun = false;
  let isOver = false;

  const send = (name: string, args: readonly unknown[], cancel?: AbortSignal): Promise<Answer> =>
    pool.do({ name: `prepared.${name}`, args: [number, ...args], moves: false, signal: cancel, seat });
  const open = async (cancel?: AbortSignal) => opened(await send("open", [snapshot, hasRun], cancel));

  const ask = async (name: string, ...args: readonly unknown[]): Promise<unknown> => {
    if (isOver) throw new YumaError("BAD_STATE", "This epoch has been disposed of.");
    let answer = await send(name, args);
    // The worker was replaced; who replaces that one too meets the next call.
    if ("lost" in answer) {
      await open();
      answer = await send(name, args);
    }
    return opened(answer);
  };
  const inTurn = turns();

  const run = async () => {
    await ask("run");
    hasRun = true;
  };
  const update = async (changes: EpochChanges) => {
    await ask("update", changes);
    snapshot = { ...snapshot, ...changes, n: snapshot.n };
    hasRun = false;
  };
  const result = async () => (await ask("result")) as EpochResult;

  seat.tenants++;
  try {
    await open(signal);
  } catch (refused) {
    seat.tenants--;
    throw refused;
  }
  return {
    run: () => inTurn(run),
    result: () => inTurn(result),
    trace: () => inTurn(async () => (await ask("trace")) as EpochTrace),
    update: (changes) => inTurn(() => update(changes)),
    recompute: (changes = {}) =>
      inTurn(async () => {
        await update(changes);
        await run();
        return result();
      }),
    dispose: () =>
      inTurn(async () => {
        if (isOver) return;
        isOver = true;
        seat.tenants--;
        await send("close", []);
      }),
  };
}

/** Calls take their turn, so that an epoch prepared anew is where it was when it is asked. */
function turns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work, work);
    last = turn;
    return turn;
  };
}
