/** Long work in pieces, between which everybody else has a turn: a store in memory by itself never waits for anything. */

/** The longest anybody waits for a turn, beyond the piece under way. */
const LONGEST_MS = 5;

/** What awaits a piece of work, and after some milliseconds of them the event loop, too. */
export function takingTurns(): <T>(piece: Promise<T>) => Promise<T> {
  let since = performance.now();
  return async (piece) => {
    const done = await piece;
    if (performance.now() - since > LONGEST_MS) {
      await new Promise((resolve) => setImmediate(resolve));
      since = performance.now();
    }
    return done;
  };
}
