/** Links: what the address names is opened at first, and again whenever another is put into it. */
import { useEffect, useRef } from "preact/hooks";
import { type Change, changeFromParams } from "../engine/change.js";
import type { Given } from "../engine/types.js";
import { EXAMPLE, givenBy } from "../given.js";
import { linkOf } from "./useChange.js";
import type { First, Load } from "./useDocument.js";

/** What is open, and how to open and change it. */
interface Linked {
  readonly source: Given | null;
  readonly change: Change | null;
  readonly load: Load;
  readonly apply: (change: Change | null) => void;
  readonly onFailure: (sentence: string | null) => void;
}

/** Follows links. What is open already is not opened again; what the page writes into the address itself makes no event. */
export function useLinks(first: First, linked: Linked): void {
  const latest = useRef(linked);
  latest.current = linked;
  useEffect(() => {
    const follow = async (hash: string, opening: Promise<boolean>) => {
      if (!(await opening)) return;
      const { change, apply, onFailure } = latest.current;
      try {
        const asked = changeFromParams(new URLSearchParams(hash.slice(1)));
        if (asked !== null || change !== null) apply(asked);
      } catch (error) {
        onFailure((error as Error).message);
      }
    };
    const onLink = () => {
      const { source, load, onFailure } = latest.current;
      const { hash } = location;
      const given = givenBy(hash) ?? EXAMPLE;
      const isOpen = linkOf(given, null) === linkOf(source, null);
      onFailure(null);
      follow(hash, isOpen ? Promise.resolve(true) : load([given]));
    };
    follow(
      location.hash,
      latest.current.load([first.given], () => first.opened),
    );
    // Not hashchange, which does not come for a way back to the same words: the page may have written them over others a moment ago.
    addEventListener("popstate", onLink);
    return () => removeEventListener("popstate", onLink);
  }, [first]);
}
