/** The node that is followed: what it brings is asked for as long as it is. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { RemoteEngine } from "../engine/client.js";
import type { Given, GivenNode, Opened } from "../engine/types.js";
import type { Changing } from "./useChange.js";

/** It, as the page shows it. */
export interface LiveState {
  readonly node: GivenNode;
  /** The last block heard of; null before the first news. */
  readonly block: number | null;
  readonly told: string | null;
  readonly isOn: boolean;
}

/** Follows what is open where that is a node. A change in force is made to what it brings, too. */
export function useLive(
  engine: RemoteEngine,
  source: Given | null,
  onOpened: (opened: Opened) => void,
  changing: Pick<Changing, "change" | "apply">,
) {
  const inForce = useRef(changing);
  inForce.current = changing;
  const [live, setLive] = useState<LiveState | null>(null);
  useEffect(() => {
    if (source?.kind !== "node") return setLive(null);
    let isStale = false;
    const set = (change: Partial<LiveState>) =>
      isStale || setLive((last) => ({ node: source, block: null, told: null, isOn: true, ...last, ...change }));
    const follow = async () => {
      set({ node: source, block: null, told: null, isOn: true });
      for (let news = await engine.next(); news !== null && !isStale; news = await engine.next()) {
        set({ block: news.block, ...(news.told === null ? {} : { told: news.told }) });
        if (news.opened === null) continue;
        onOpened(news.opened);
        const { change, apply } = inForce.current;
        if (change !== null) apply(change);
      }
    };
    follow().then(
      () => set({ isOn: false }),
      (error: Error) => set({ isOn: false, told: error.message }),
    );
    return () => {
      isStale = true;
    };
  }, [engine, source, onOpened]);
  const stop = useCallback(() => void engine.stop(), [engine]);
  return { live, stop };
}
