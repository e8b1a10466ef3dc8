/** Batches no larger than a node takes, and single calls for a node that takes none. */
import { YumaError } from "../../errors.js";
import type { RpcCall, RpcReply, Transport } from "./transport.js";

/** Calls a batch where nothing else is said; public nodes take at least that many. */
export const MOST_CALLS = 50;

/** The same transport, which splits what is too much for one batch; parts go out side by side. */
export function batching(send: Transport, mostCalls: number = MOST_CALLS): Transport {
  let most = mostCalls;
  const sendParts = async (calls: readonly RpcCall[]): Promise<readonly RpcReply[]> => {
    if (calls.length === 0) return [];
    if (calls.length > most) return (await Promise.all(parts(calls, most).map(sendParts))).flat();
    try {
      return await send(calls);
    } catch (error) {
      const isRefused = error instanceof YumaError && error.details.batch === true && calls.length > 1;
      if (!isRefused) throw error;
      most = 1;
      return sendParts(calls);
    }
  };
  return sendParts;
}

function parts<T>(list: readonly T[], most: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / most) }, (_, i) => list.slice(i * most, (i + 1) * most));
}
