/** Who gets the emission: an area a uid, validators and miners in two colours. */
import type { RefObject } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Numbers } from "../engine/types.js";
import { type CursorMove, cursorKeys, movedTo } from "./cursorKeys.js";
import { COMPUTING, grouped, shownValue } from "./format.js";
import { type Tile, tilesOf } from "./treemap.js";

/** Width over height the tiles are laid out for. */
const ASPECT = 3.4;
/** Pixels a uid takes: a digit's width, what is around it, and its height. */
const LABEL = { digit: 7.4, around: 13, height: 18 };
/** Of a frame that is not there yet. */
const USUAL = { width: 1160, height: 330 };

/** The picture, largest areas first, with a line that reads out the one the pointer or the arrow keys are on. */
export function EmissionMap(props: { readonly numbers: Numbers | null; readonly onUid: (uid: number) => void }) {
  const { numbers, onUid } = props;
  const [place, setPlace] = useState<number | null>(null);
  const tiles = useMemo(() => tilesOf((numbers?.emission ?? []).map(Number), ASPECT), [numbers]);
  const frame = useRef<HTMLDivElement>(null);
  const size = useSize(frame);
  const areas = useMemo(() => <Areas tiles={tiles} size={size} numbers={numbers} />, [tiles, size, numbers]);
  const at = place === null ? undefined : tiles[place];
  const told = numbers === null ? COMPUTING : toldOf(tiles);
  const placeOf = ({ target }: Event) => {
    const under = (target as HTMLElement).dataset.place;
    return under === undefined ? null : Number(under);
  };
  const explain = (which: number | null) => {
    const uid = tiles[which ?? -1]?.index;
    if (uid !== undefined) onUid(uid);
  };
  // Areas stand in order of size, so that is the way through them, whichever arrow it is.
  const move = ({ down, right }: CursorMove) => setPlace((last) => movedTo(last, down + right, tiles.length));
  return (
    <figure class="emission">
      <figcaption>
        <h3>Who gets the emission</h3>
        <p class="quiet">
          <span class="swatch validators" /> mostly as validator <span class="swatch miners" /> mostly as miner
        </p>
      </figcaption>
      <div
        class="tiles"
        ref={frame}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes keys
        tabIndex={0}
        aria-label={`The emission as areas. ${told} Arrow keys read areas by size, Enter explains a uid.`}
        onKeyDown={cursorKeys(move, () => explain(place))}
        onBlur={() => setPlace(null)}
        onPointerMove={(event) => setPlace(placeOf(event))}
        onPointerLeave={() => setPlace(null)}
        onClick={(event) => explain(placeOf(event))}
      >
        {areas}
        {at !== undefined && <span class="cell" style={boxOf(at)} />}
      </div>
      <p class="quiet readout" aria-live="polite">
        {at === undefined ? told : `uid ${at.index}, number ${(place ?? 0) + 1}: ${readingOf(numbers, at.index)}`}
      </p>
    </figure>
  );
}

function toldOf(tiles: readonly Tile[]): string {
  const [largest] = tiles;
  if (largest === undefined) return "Nobody gets any.";
  if (tiles.length === 1) return `uid ${largest.index} gets all of it.`;
  return `${grouped(tiles.length)} uids share it, the largest part is uid ${largest.index}’s.`;
}

const boxOf = ({ left, top, width, height }: Tile) => ({
  left: `${left}%`,
  top: `${top}%`,
  width: `${width}%`,
  height: `${height}%`,
});

/** By what was paid: where no weight survived the clip, stake is, and there are no dividends. */
const isValidator = (numbers: Numbers | null, uid: number) =>
  (numbers?.validatorEmission[uid] ?? 0n) > (numbers?.serverEmission[uid] ?? 0n);

function readingOf(numbers: Numbers | null, uid: number): string {
  const part = isValidator(numbers, uid) ? "validator" : "miner";
  return `${shownValue("emission", numbers?.emission[uid] ?? 0n)} α, mostly as ${part}`;
}

/** The areas themselves, each with its uid where that has room. */
function Areas(props: {
  readonly tiles: readonly Tile[];
  readonly size: typeof USUAL;
  readonly numbers: Numbers | null;
}) {
  const { tiles, size, numbers } = props;
  const hasRoom = ({ index, width, height }: Tile) =>
    (width * size.width) / 100 > LABEL.around + LABEL.digit * String(index).length &&
    (height * size.height) / 100 > LABEL.height;
  return (
    <>
      {tiles.map((tile, place) => (
        <span
          key={tile.index}
          data-place={place}
          class={isValidator(numbers, tile.index) ? "validators" : "miners"}
          style={boxOf(tile)}
        >
          {hasRoom(tile) ? tile.index : ""}
        </span>
      ))}
    </>
  );
}

/** The size of an element, told by the browser when it changes and never asked for. */
function useSize(element: RefObject<HTMLElement | null>) {
  const [size, setSize] = useState(USUAL);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    if (element.current !== null) observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
