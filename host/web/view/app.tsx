/** The page: what is open, and everything one may do with it. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { RemoteEngine } from "../engine/client.js";
import type { Given, Opened } from "../engine/types.js";
import { DropZone } from "./dropZone.js";
import { ExplainPanel } from "./explainPanel.js";
import { Metagraph } from "./metagraph.js";
import { Notice } from "./notice.js";
import { Opener } from "./opener.js";
import { Pictures } from "./pictures.js";
import { Verdict } from "./verdict.js";

const EXAMPLE: Given = { kind: "example", url: new URL("example.json.gz", document.baseURI).href };

/** What `#open=` in the address names, else the example. */
function givenAtFirst(): Given {
  const url = new URLSearchParams(location.hash.slice(1)).get("open");
  return url === null ? EXAMPLE : { kind: "url", url };
}

/** The whole page. */
export function App({ engine }: { readonly engine: RemoteEngine }) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [busy, setBusy] = useState<string | null>("the example");
  const [failure, setFailure] = useState<string | null>(null);

  const [uid, setUid] = useState<number | null>(null);
  const [version, setVersion] = useState(0);
  const chooser = useRef<Element | null>(null);

  const choose = useCallback((next: number) => {
    if (!document.activeElement?.closest(".explain")) chooser.current = document.activeElement;
    setUid(next);
  }, []);
  const close = useCallback(() => {
    setUid(null);
    if (chooser.current instanceof HTMLElement) chooser.current.focus({ preventScroll: true });
  }, []);
  const open = useCallback(
    async (all: readonly Given[]) => {
      try {
        for (const given of all) {
          setBusy(given.kind === "file" ? given.name : given.kind === "url" ? given.url : "the example");
          setOpened(await engine.open(given));
          setVersion((last) => last + 1);
          setUid(null);
          setFailure(null);
        }
      } catch (error) {
        setFailure(error instanceof Error ? error.message : String(error));
      } finally {
        setBusy(null);
      }
    },
    [engine],
  );
  useEffect(() => void open([givenAtFirst()]), [open]);

  return (
    <DropZone onFiles={(files) => open(files.map((file) => ({ kind: "file", name: file.name, file })))}>
      <header class="top">
        <a class="brand" href="./">
          <img src={new URL("../icon.svg", import.meta.url).href} alt="" width="28" height="28" />
          <span>yuma</span>
        </a>
        <p class="claim">Bittensor’s epoch, recomputed in your browser to the last bit.</p>
        <Opener onOpen={(given) => open([given])} example={EXAMPLE} />
      </header>
      <main aria-busy={busy !== null}>
        <Notice failure={failure} kept={opened?.title ?? null} onClose={() => setFailure(null)} />
        <Verdict opened={opened} busy={busy} />
        <Metagraph opened={opened} chosen={uid} onUid={choose} />
        <Pictures engine={engine} opened={opened} mechid={0} version={version} onUid={choose} />
      </main>
      {uid !== null && (
        <ExplainPanel engine={engine} uid={uid} mechid={0} version={version} onClose={close} onUid={choose} />
      )}
      <footer class="foot">
        <p>
          Everything is computed on this machine by the same kernel as <code>yuma-kernel</code>; nothing you open leaves
          it.
        </p>
      </footer>
    </DropZone>
  );
}
