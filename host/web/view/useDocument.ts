/** What is open: the example or what the address names at first, then whatever one opens. */
import { useCallback, useState } from "preact/hooks";
import type { RemoteEngine } from "../engine/client.js";
import type { Given, Opened } from "../engine/types.js";

/** What is told when. */
interface Listeners {
  readonly onOpened: () => void;
  readonly onFailure: (sentence: string | null) => void;
}

/** What was asked for before the page was drawn. */
export interface First {
  readonly given: Given;
  readonly opened: Promise<Opened>;
}

/** Opens one after another; whether all could be opened. */
export type Load = (all: readonly Given[], ask?: (given: Given) => Promise<Opened>) => Promise<boolean>;

/** What is open, and how to open something else. A failure changes nothing of it. */
export function useDocument(engine: RemoteEngine, first: First, { onOpened, onFailure }: Listeners) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [source, setSource] = useState<Given | null>(null);
  const [busy, setBusy] = useState<string | null>(wordsOf(first.given));
  const [version, setVersion] = useState(0);

  const load: Load = useCallback(
    async (all, ask = engine.open) => {
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
  const replace = useCallback((fresh: Opened) => {
    setOpened(fresh);
    setVersion((last) => last + 1);
  }, []);
  return { opened, source, busy, version, load, replace };
}

function wordsOf(given: Given): string {
  return given.kind === "file" ? given.name : given.kind === "example" ? "the example" : given.url;
}
