/** The uid that is explained; who asked for it gets the focus back. */
import { useCallback, useRef, useState } from "preact/hooks";

/** It, and how to choose another or none. */
export function useChosen() {
  const [uid, setUid] = useState<number | null>(null);
  const chooser = useRef<Element | null>(null);
  const choose = useCallback((next: number) => {
    if (!document.activeElement?.closest(".explain")) chooser.current = document.activeElement;
    setUid(next);
  }, []);
  const close = useCallback(() => {
    setUid(null);
    const element = chooser.current;
    if (element instanceof HTMLElement || element instanceof SVGElement) element.focus({ preventScroll: true });
  }, []);
  const forgetUid = useCallback(() => setUid(null), []);
  return { uid, choose, close, forgetUid };
}
