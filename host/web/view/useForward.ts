/** The epochs to come, asked of the worker once nothing moves any more. */
import { useEffect } from "preact/hooks";
import type { RemoteEngine } from "../engine/client.js";
import type { Forward, Given } from "../engine/types.js";
import { useOwn } from "./useOwn.js";

/** A slider that was still for so long has been let go. */
const CALM_MS = 300;

/** What is asked for. */
export interface Ahead {
  readonly mechid: number;
  readonly epochs: number;
  /** Whose bonds are followed; null: the largest validator's. */
  readonly holder: number | null;
}

/** The last answer, or why there is none; what was stays until the next is there, but not over another document. */
export function useForward(
  engine: RemoteEngine,
  source: Given | null,
  version: number,
  { mechid, epochs, holder }: Ahead,
): Forward | string | null {
  const [forward, setForward] = useOwn<Forward | string>(source);
  useEffect(() => {
    if (source === null) return;
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
  }, [engine, source, version, mechid, epochs, holder, setForward]);
  return forward;
}
