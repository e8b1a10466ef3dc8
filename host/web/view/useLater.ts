/** Values one need not see in the very frame in which they change. */
import { useEffect, useState } from "preact/hooks";

/** The value as it was, until a frame with everything else has been drawn and it has stood for `calmMs`. */
export function useLater<T>(value: T, calmMs = 0): T {
  const [later, setLater] = useState(value);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => setLater(() => value), calmMs);
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [value, calmMs]);
  return later;
}
