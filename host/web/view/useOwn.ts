/** State of one document: numbers of another must not stand beneath its verdict, not even until its own are there. */
import { useCallback, useState } from "preact/hooks";
import type { Given } from "../engine/types.js";

/** What was set while this source was open, or null, and how to set it. */
export function useOwn<T>(source: Given | null): readonly [T | null, (value: T | null) => void] {
  const [held, setHeld] = useState<{ readonly source: Given | null; readonly value: T | null } | null>(null);
  const set = useCallback((value: T | null) => setHeld({ source, value }), [source]);
  return [held?.source === source ? held.value : null, set];
}
