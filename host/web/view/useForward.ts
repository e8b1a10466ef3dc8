/** The epochs to come, asked of the worker once nothing moves any more. */
import { useEffect, useState } from "preact/hooks";
import type { RemoteEngine } from "../engine/client.js";
import type { Forward } from "../engine/types.js";

/** A slider that was still for so long has been let go. */
const CALM_MS = 300;

/** What is asked for. */
export interface Ahead {
  readonly mechid: number;
  readonly epochs: number;
  /** Whose bonds are followed; null: the largest validator's. */
  readonly holder: number | null;
}

/** The last answer, or why there is none; what was stays until the next is there. */
export function useForward(
  engine: RemoteEngine,
  isOpen: boolean,
  version: number,
  { mechid, epochs, holder }: Ahead,
): Forward | string | null {
  const [forward, setForward] = useState<Forward | string | null>(null);
  useEffect(() => {
    if (!isOpen) return;
    let isStale = false;
    const timer = setTimeout(() => {
      engine.forward(mechid, epochs, holder).then(
        (fresh) => isStale || fresh === null || setForward(fresh),
        (error: Error) => isStale || setForward(error.message),
      );
    }, CALM_MS);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [engine, isOpen, version, mechid, epochs, holder]);
  return forward;
}
