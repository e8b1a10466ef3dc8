/** A validator's stored weights, asked for when they are to be seen. */
import { useEffect, useState } from "preact/hooks";
import type { Pair } from "../../types.js";
import type { RemoteEngine } from "../engine/client.js";
import type { Opened } from "../engine/types.js";

const NONE: readonly Pair[] = [];

/** Those of `uid` in what is open; what was there before stays until they are. */
export function useRow(engine: RemoteEngine, opened: Opened | null, uid: number | undefined, mechid: number) {
  const [row, setRow] = useState(NONE);
  useEffect(() => {
    if (opened === null || uid === undefined) return setRow(NONE);
    let isStale = false;
    engine.weightsOf(uid, mechid).then(
      (fresh) => isStale || setRow(fresh),
      () => {},
    );
    return () => {
      isStale = true;
    };
  }, [engine, opened, uid, mechid]);
  return row;
}
