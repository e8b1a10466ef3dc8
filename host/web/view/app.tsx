/** The page: what is open, and everything one may do with it. */
import { useCallback, useMemo, useState } from "preact/hooks";
import type { RemoteEngine } from "../engine/client.js";
import { EXAMPLE } from "../given.js";
import { DropZone } from "./dropZone.js";
import { ExplainPanel } from "./explainPanel.js";
import { ForwardSection } from "./forward.js";
import { LiveBar } from "./liveBar.js";
import { Metagraph } from "./metagraph.js";
import { Notice } from "./notice.js";
import { Opener } from "./opener.js";
import { Pictures } from "./pictures.js";
import { ThemeChoice } from "./theme.js";
import { useAddress } from "./useAddress.js";
import { useChange } from "./useChange.js";
import { useChosen } from "./useChosen.js";
import { type First, useDocument } from "./useDocument.js";
import { useLater } from "./useLater.js";
import { useLinks } from "./useLinks.js";
import { useLive } from "./useLive.js";
import { useMechanism } from "./useMechanism.js";
import { Verdict } from "./verdict.js";
import { WhatIf } from "./whatIf.js";

/** The whole page. */
export function App({ engine, first }: { readonly engine: RemoteEngine; readonly first: First }) {
  const [failure, setFailure] = useState<string | null>(null);
  const { uid, choose, close, forgetUid } = useChosen();
  const { change, numbers, answers, apply, forget } = useChange(engine, setFailure);
  const onOpened = useCallback(() => {
    forget();
    forgetUid();
  }, [forget, forgetUid]);
  const { opened, source, busy, version, load, replace } = useDocument(engine, first, {
    onOpened,
    onFailure: setFailure,
  });
  useLinks(first, { source, change, load, apply, onFailure: setFailure });
  const { live, stop } = useLive(engine, source, replace, { change, apply });
  const link = useAddress(source, change, failure);
  const { mechid, setMechid, shown, before } = useMechanism(opened, numbers);
  const asked = useMemo(
    () => ({ engine, opened: shown, source, mechid, version: version + answers, onUid: choose }),
    [engine, shown, source, mechid, version, answers, choose],
  );
  // The verdict and the table come first.
  const isDrawn = useLater(opened !== null);
  // What a slider does not change is not compared anew at each of its steps.
  const table = useMemo(
    () => <Metagraph {...asked} onMechid={setMechid} before={before} chosen={uid} />,
    [asked, setMechid, before, uid],
  );
  const pictures = useMemo(() => <Pictures {...asked} />, [asked]);
  const ahead = useMemo(() => <ForwardSection {...asked} />, [asked]);

  return (
    <DropZone onFiles={(files) => load(files.map((file) => ({ kind: "file", name: file.name, file })))}>
      <header class="top">
        <a class="brand" href="./">
          <img src={new URL("../icon.svg", import.meta.url).href} alt="" width="28" height="28" />
          <span>yuma</span>
        </a>
        <p class="claim">Bittensor’s epoch, recomputed to the last bit.</p>
        <ThemeChoice />
        <Opener onOpen={(given) => load([given])} example={EXAMPLE} />
      </header>
      <main aria-busy={busy !== null}>
        <Notice failure={failure} kept={opened?.title ?? null} onClose={() => setFailure(null)} />
        <LiveBar live={live} onStop={stop} />
        <Verdict opened={opened} busy={busy} isChanged={change !== null} />
        <WhatIf
          engine={engine}
          opened={opened}
          mechid={mechid}
          change={change}
          onChange={apply}
          link={link}
          onSave={() => save(engine, setFailure)}
        />
        {table}
        {isDrawn && pictures}
        {isDrawn && ahead}
      </main>
      {uid !== null && <ExplainPanel {...asked} uid={uid} onClose={close} />}
      <Foot />
    </DropZone>
  );
}

function Foot() {
  return (
    <footer class="foot">
      <p>
        Everything is computed on this machine by the same kernel as <code>yuma-kernel</code>; nothing you open leaves
        it.
      </p>
    </footer>
  );
}

/** Saves what is open, under its change, as a snapshot. */
async function save(engine: RemoteEngine, onFailure: (sentence: string) => void): Promise<void> {
  try {
    const address = URL.createObjectURL(new Blob([await engine.saved()], { type: "application/json" }));
    const anchor = Object.assign(document.createElement("a"), { href: address, download: "epoch.json" });
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  } catch (error) {
    onFailure((error as Error).message);
  }
}
