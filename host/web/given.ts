/** What is open at first. */
import type { Given } from "./engine/types.js";

/** The example that comes with the page. */
export const EXAMPLE: Given = { kind: "example", url: new URL("example.json.gz", document.baseURI).href };

/** What an address names by its fragment, or null. */
export function givenBy(hash: string): Given | null {
  const params = new URLSearchParams(hash.slice(1));
  const [url, node] = [params.get("open"), params.get("node")];
  if (node !== null) return { kind: "node", url: node, netuid: Number(params.get("netuid") ?? 1) };
  return url === null ? null : { kind: "url", url };
}
