/** What is open: the example or what the address names at first, then whatever one opens. */
import { useCallback, useEffect, useState } from "preact/hooks";
import { type Change, changeFromParams } from "../engine/change.js";
import type { RemoteEngine } from "../engine/client.js";
import type { Given, Opened } from "../engine/types.js";
import { linkOf } from "./useChange.js";

/** What is told when. */
interface Listeners {
  readonly onOpened: () => void;
  readonly onFailure: (sentence: string | null) => void;
  readonly apply: (change: Change | null) => void;
}

/** What was asked for before the page was drawn. */
export interface First {
  readonly given: Given;
  readonly opened: Promise<Opened>;
}

/** What is open, and how to open something else. A failure changes nothing of it. */
export function useDocument(engine: RemoteEngine, first: First, { onOpened, onFailure, apply }: Listeners) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [source, setSource] = useState<Given | null>(null);
  const [busy, setBusy] = useState<string | null>(wordsOf(first.given));
  const [version, setVersion] = useState(0);

  const load = useCallback(
    async (all: readonly Given[], ask = engine.open): Promise<boolean> => {
      try {
        for (const given of all) {
          setBusy(wordsOf(given));
          setOpened(await ask(given));
          setSource(given);
          setVersion((last) => last + 1);
          onOpened();
          onFailure(null);
        }
        return true;
      } catch (error) {
        onFailure(error instanceof Error ? error.message : String(error));
        return false;
      } finally {
        setBusy(null);
      }
    },
    [engine, onOpened, onFailure],
  );
  useEffect(() => {
    load([first.given], () => first.opened).then((isOpen) => {
      try {
        const asked = changeFromParams(new URLSearchParams(location.hash.slice(1)));
        if (isOpen && asked !== null) apply(asked);
      } catch (error) {
        onFailure((error as Error).message);
      }
    });
  }, [load, apply, onFailure, first]);
  const open = useCallback(
    async (all: readonly Given[]) => {
      const last = all.at(-1);
      if (last === undefined || !(await load(all))) return;
      history.replaceState(null, "", linkOf(last, null) ?? location.href.split("#")[0]);
    },
    [load],
  );
  const replace = useCallback((fresh: Opened) => {
    setOpened(fresh);
    setVersion((last) => last + 1);
  }, []);
  return { opened, source, busy, version, open, replace };
}

function wordsOf(given: Given): string {
  return given.kind === "file" ? given.name : given.kind === "example" ? "the example" : given.url;
}
