/** Who gets the emission: an area a uid, validators and miners in two colours. */
import type { RefObject } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Numbers } from "../engine/types.js";
import { exactValue } from "./format.js";
import { type Tile, tilesOf } from "./treemap.js";

/** Width over height the tiles are laid out for. */
const ASPECT = 3.4;
/** Pixels a uid takes: a digit's width, what is around it, and its height. */
const LABEL = { digit: 7.4, around: 13, height: 18 };
/** Of a frame that is not there yet. */
const USUAL = { width: 1160, height: 330 };

/** The picture; a click explains a uid. */
export function EmissionMap(props: { readonly numbers: Numbers | null; readonly onUid: (uid: number) => void }) {
  const { numbers, onUid } = props;
  const tiles = useMemo(() => tilesOf((numbers?.emission ?? []).map(Number), ASPECT), [numbers]);
  const frame = useRef<HTMLDivElement>(null);
  const size = useSize(frame);
  const hasRoom = ({ index, width, height }: Tile) =>
    (width * size.width) / 100 > LABEL.around + LABEL.digit * String(index).length &&
    (height * size.height) / 100 > LABEL.height;
  const isValidator = (uid: number) => (numbers?.dividends[uid] ?? 0) > (numbers?.incentive[uid] ?? 0);
  const paid = numbers?.emission.filter((amount) => amount > 0n).length ?? 0;
  return (
    <figure class="emission">
      <figcaption>
        <h3>Who gets the emission</h3>
        <p class="quiet">
          <span class="swatch validators" /> mostly as validator <span class="swatch miners" /> mostly as miner
        </p>
      </figcaption>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the same uids are buttons in the table */}
      <div
        class="tiles"
        ref={frame}
        role="img"
        aria-label={`The emission as areas: ${paid} uids share it, the largest is uid ${tiles[0]?.index ?? "–"}`}
        onClick={({ target }) => {
          const uid = (target as HTMLElement).closest<HTMLElement>("[data-uid]")?.dataset.uid;
          if (uid !== undefined) onUid(Number(uid));
        }}
      >
        {tiles.map((tile) => (
          <span
            key={tile.index}
            data-uid={tile.index}
            class={isValidator(tile.index) ? "validators" : "miners"}
            title={`uid ${tile.index}: ${exactValue("emission", numbers?.emission[tile.index] ?? 0n)}`}
            style={{ left: `${tile.left}%`, top: `${tile.top}%`, width: `${tile.width}%`, height: `${tile.height}%` }}
          >
            {hasRoom(tile) ? tile.index : ""}
          </span>
        ))}
      </div>
    </figure>
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
