/** Which node to connect to, and which of its subnets to follow. */
import type { RefObject } from "preact";
import { useState } from "preact/hooks";
import type { GivenNode } from "../engine/types.js";

/** What one is likely to mean. */
const KNOWN = [
  ["ws://127.0.0.1:9955", "yuma devnet on this machine"],
  ["ws://127.0.0.1:9944", "a Subtensor node on this machine"],
  ["wss://entrypoint-finney.opentensor.ai:443", "Bittensor’s mainnet"],
  ["wss://archive.chain.opentensor.ai:443", "mainnet, an archive"],
  ["wss://test.finney.opentensor.ai:443", "Bittensor’s testnet"],
] as const;

/** The form. */
export function NodeDialog(props: {
  readonly dialog: RefObject<HTMLDialogElement | null>;
  readonly onNode: (node: GivenNode) => void;
}) {
  const { dialog, onNode } = props;
  const [url, setUrl] = useState("");
  const [netuid, setNetuid] = useState("1");
  return (
    <dialog ref={dialog} class="ask" aria-label="Connect to a node">
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          dialog.current?.close();
          onNode({ kind: "node", url: url.trim(), netuid: Number(netuid) });
        }}
      >
        <label>
          Address of a node
          <input
            type="url"
            required
            list="nodes"
            pattern="(wss?|https?)://.+"
            placeholder="ws://127.0.0.1:9955"
            value={url}
            onInput={({ currentTarget }) => setUrl(currentTarget.value)}
          />
          <datalist id="nodes">
            {KNOWN.map(([at, what]) => (
              <option key={at} value={at}>
                {what}
              </option>
            ))}
          </datalist>
        </label>
        <label>
          Netuid
          <input
            type="number"
            required
            min={0}
            max={65535}
            step={1}
            value={netuid}
            onInput={({ currentTarget }) => setNetuid(currentTarget.value)}
          />
        </label>
        <p class="quiet">
          A Bittensor node’s last epoch is verified, then each new one; a devnet’s is followed block by block. A devnet
          answers pages it was told of: <code>yuma devnet --allow-origin {location.origin}</code>
        </p>
        <div class="buttons">
          <button type="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" class="main">
            Connect
          </button>
        </div>
      </form>
    </dialog>
  );
}
