/** The change in force: asked of the worker one at a time, the latest wins; one that is refused leaves that before it. */
import { useCallback, useRef, useState } from "preact/hooks";
import { type Change, changeToParams } from "../engine/change.js";
import type { RemoteEngine } from "../engine/client.js";
import type { Given, Numbers } from "../engine/types.js";

/** The address of what is open under a change, or null where it is a file's. */
export function linkOf(source: Given | null, change: Change | null): string | null {
  if (source === null || source.kind === "file") return null;
  const params = new URLSearchParams(wordsOf(source));
  if (change !== null) for (const [word, value] of changeToParams(change)) params.set(word, value);
  // Colons, commas and slashes may stand in a fragment, and are easier to read there.
  const fragment = params.toString().replaceAll("%3A", ":").replaceAll("%2C", ",").replaceAll("%2F", "/");
  return `${location.href.split("#")[0]}${fragment === "" ? "" : `#${fragment}`}`;
}

function wordsOf(source: Given): Record<string, string> {
  if (source.kind === "node") return { node: source.url, netuid: String(source.netuid) };
  return source.kind === "url" ? { open: source.url } : {};
}

/** A change, its numbers, and how to change it. */
export interface Changing {
  readonly change: Change | null;
  /** Null without a change. */
  readonly numbers: Numbers | null;
  /** Grows with every answer. */
  readonly answers: number;
  readonly apply: (change: Change | null) => void;
  /** Forgets the change without asking, since something else was opened. */
  readonly forget: () => void;
}

/** Changes what the engine has open. */
export function useChange(engine: RemoteEngine, onFailure: (sentence: string | null) => void): Changing {
  const [change, setChange] = useState<Change | null>(null);
  const [answer, setAnswer] = useState<{ numbers: Numbers | null; answers: number }>({ numbers: null, answers: 0 });
  const wanted = useRef<{ change: Change | null } | null>(null);
  const isAsking = useRef(false);
  const accepted = useRef<Change | null>(null);
  const apply = useCallback(
    async (next: Change | null) => {
      setChange(next);
      wanted.current = { change: next };
      if (isAsking.current) return;
      isAsking.current = true;
      while (wanted.current !== null) {
        const { change: asked } = wanted.current;
        wanted.current = null;
        try {
          const numbers = await engine.change(asked);
          accepted.current = asked;
          setAnswer((last) => ({ numbers: asked === null ? null : numbers, answers: last.answers + 1 }));
          onFailure(null);
        } catch (error) {
          if (wanted.current === null) setChange(accepted.current);
          onFailure((error as Error).message);
        }
      }
      isAsking.current = false;
    },
    [engine, onFailure],
  );
  const forget = useCallback(() => {
    wanted.current = null;
    accepted.current = null;
    setChange(null);
    setAnswer((last) => ({ numbers: null, answers: last.answers + 1 }));
  }, []);
  return { change, numbers: answer.numbers, answers: answer.answers, apply, forget };
}
