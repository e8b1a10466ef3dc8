/** What is seen in the address bar, once it has stood for a moment. */
import { useEffect } from "preact/hooks";
import type { Change } from "../engine/change.js";
import type { Given } from "../engine/types.js";
import { linkOf } from "./useChange.js";

/** The browser's own process is asked to write an address; a slider that moves would wait for that. */
const ADDRESS_MS = 150;

/**
 * Keeps the address in step; returns the link to what is seen, or null where there is none. A failure has it written anew: what a link
 * asked for and was refused does not stay.
 */
export function useAddress(source: Given | null, change: Change | null, failure: string | null): string | null {
  const link = linkOf(source, change);
  useEffect(() => {
    if (source === null) return;
    const write = () => history.replaceState(null, "", link ?? location.href.split("#")[0]);
    const timer = setTimeout(write, ADDRESS_MS);
    return () => clearTimeout(timer);
  }, [source, link, failure]);
  return link;
}
