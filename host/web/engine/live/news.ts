/** What following a node brings, whatever the node. */
import type { Subject } from "../subject.js";

/** Something happened: a block, an epoch, or a failure that may pass. */
export interface News {
  /** The last block heard of. */
  readonly block: number;
  /** A sentence on what happened, where there is one. */
  readonly told: string | null;
  /** What is to be looked at from now on; null where that is what it was. */
  readonly subject: Subject | null;
}

/** A node and the subnet that is followed on it. */
export interface Followed {
  readonly url: string;
  readonly netuid: number;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Between two looks at a chain, by default the time of a block. */
  readonly everyMilliseconds?: number;
}

/** Resolves after so long, or once `signal` is aborted, or once `ring` is called on what `onBell` was given. */
export function pause(milliseconds: number, signal: AbortSignal, onBell?: (ring: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener("abort", end);
    onBell?.(end);
    if (signal.aborted) end();
  });
}
