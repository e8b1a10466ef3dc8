/** Which node is followed, how far it is, and what its last epoch came to. */
import { grouped } from "./format.js";
import type { LiveState } from "./useLive.js";

/** The bar, where a node is followed or was. */
export function LiveBar({ live, onStop }: { readonly live: LiveState | null; readonly onStop: () => void }) {
  if (live === null) return null;
  const { node, block, told, isOn } = live;
  return (
    <section class={`live ${isOn ? "on" : ""}`} aria-label="Node">
      <p>
        <span class="dot" aria-hidden="true" /> {isOn ? "Following" : "Followed"} subnet {node.netuid} on {node.url}
        {block !== null && <span class="block">, block {grouped(block)}</span>}
      </p>
      <p class="quiet" role="status">
        {told ?? (isOn ? "Waiting for its next epoch." : "")}
      </p>
      {isOn && (
        <button type="button" onClick={onStop}>
          Stop
        </button>
      )}
    </section>
  );
}
