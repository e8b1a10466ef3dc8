/** Hearing of a signal: one listener a signal, however many jobs wait for it, since Node takes more than a few for a leak. */

class Waiting extends Set<() => void> {
  handleEvent(): void {
    for (const work of this) work();
  }
}

const waiting = new WeakMap<AbortSignal, Waiting>();

/** Does `work` when the signal is given up. Returns what ends that. */
export function onAbort(signal: AbortSignal, work: () => void): () => void {
  const works = waiting.get(signal) ?? new Waiting();
  waiting.set(signal, works.add(work));
  // The same listener added again is one listener.
  signal.addEventListener("abort", works);
  return () => {
    works.delete(work);
    if (works.size === 0) signal.removeEventListener("abort", works);
  };
}
