/** Arrow keys over a picture: how far each moves a cursor, and Enter. */

/** Steps down and right; Home and End go as far as there is. */
export interface CursorMove {
  readonly down: number;
  readonly right: number;
}

const FAR = 1e6;
const MOVES: Readonly<Record<string, CursorMove>> = {
  ArrowLeft: { down: 0, right: -1 },
  ArrowRight: { down: 0, right: 1 },
  ArrowUp: { down: -1, right: 0 },
  ArrowDown: { down: 1, right: 0 },
  PageUp: { down: -10, right: 0 },
  PageDown: { down: 10, right: 0 },
  Home: { down: 0, right: -FAR },
  End: { down: 0, right: FAR },
};

/** A listener for keys on a picture. */
export function cursorKeys(onMove: (move: CursorMove) => void, onEnter: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    const move = MOVES[event.key];
    if (move === undefined && event.key !== "Enter") return;
    event.preventDefault();
    if (move === undefined) onEnter();
    else onMove(move);
  };
}

/** A place after a move, kept from 0 to below `length`. */
export function movedTo(at: number | null, by: number, length: number): number {
  return Math.min(Math.max((at ?? (by > 0 ? -1 : 0)) + by, 0), Math.max(length - 1, 0));
}
