/** Trying again: bounded, with growing pauses that are spread at random, so that many clients do not return at once. */
import { YumaError } from "../../errors.js";
import { isPassing, type Transport } from "./transport.js";

/** How to try again. Pause before attempt k (from 1): base · 2^(k−1), at most `most`, times a number in [½, 1). */
export interface Retries {
  /** Attempts after the first. */
  readonly attempts: number;
  readonly baseMilliseconds: number;
  readonly mostMilliseconds: number;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Three more attempts, after about 0.4, 0.8 and 1.6 seconds. Only pauses depend on the random numbers. */
export const DEFAULT_RETRIES: Retries = {
  attempts: 3,
  baseMilliseconds: 500,
  mostMilliseconds: 8_000,
  random: Math.random,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** The same transport, which tries again where that may help: after NETWORK and TIMEOUT. */
export function retrying(send: Transport, retries: Retries = DEFAULT_RETRIES): Transport {
  return async (calls) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await send(calls);
      } catch (error) {
        if (!isPassing(error)) throw error;
        if (attempt > retries.attempts) throw tried(error as YumaError, attempt);
        await retries.sleep(pauseBefore(attempt, retries));
      }
    }
  };
}

/** The last attempt's error, with how many there were. */
function tried(error: YumaError, attempts: number): YumaError {
  if (attempts === 1) return error;
  const text = `${error.message.replace(/\.$/, "")}, ${attempts} times over.`;
  return new YumaError(error.code, text, { ...error.details, attempts });
}

/** Milliseconds to wait before an attempt. */
export function pauseBefore(attempt: number, retries: Retries): number {
  const full = Math.min(retries.baseMilliseconds * 2 ** (attempt - 1), retries.mostMilliseconds);
  return Math.floor(full * (0.5 + retries.random() / 2));
}
