/** Ways to open something: a file, an address, a node, the example. */
import { useRef, useState } from "preact/hooks";
import type { Given } from "../engine/types.js";
import { NodeDialog } from "./nodeDialog.js";

/** The buttons of the page's head. */
export function Opener(props: { readonly onOpen: (given: Given) => void; readonly example: Given }) {
  const picker = useRef<HTMLInputElement>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  const nodes = useRef<HTMLDialogElement>(null);
  const [url, setUrl] = useState("");
  return (
    <nav class="opener" aria-label="Open">
      <button type="button" class="main" onClick={() => picker.current?.click()}>
        Open a file
      </button>
      <button type="button" onClick={() => dialog.current?.showModal()}>
        From a URL
      </button>
      <button type="button" onClick={() => nodes.current?.showModal()}>
        Connect
      </button>
      <button type="button" onClick={() => props.onOpen(props.example)}>
        Example
      </button>
      <input
        ref={picker}
        type="file"
        hidden
        aria-label="File to open"
        accept=".json,.gz,.bin,application/json,application/gzip,application/octet-stream"
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file) props.onOpen({ kind: "file", name: file.name, file });
          currentTarget.value = "";
        }}
      />
      <dialog ref={dialog} class="ask" aria-label="Open from a URL">
        <form
          method="dialog"
          onSubmit={(event) => {
            event.preventDefault();
            dialog.current?.close();
            props.onOpen({ kind: "url", url });
          }}
        >
          <label>
            Address of a snapshot or a bundle
            <input
              type="url"
              required
              placeholder="https://…/epoch.json.gz"
              value={url}
              onInput={({ currentTarget }) => setUrl(currentTarget.value)}
            />
          </label>
          <p class="quiet">Its server must let pages read it (CORS).</p>
          <div class="buttons">
            <button type="button" onClick={() => dialog.current?.close()}>
              Cancel
            </button>
            <button type="submit" class="main">
              Open
            </button>
          </div>
        </form>
      </dialog>
      <NodeDialog dialog={nodes} onNode={props.onOpen} />
    </nav>
  );
}
