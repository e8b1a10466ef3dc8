/** Who gets the emission: an area a uid, validators and miners in two colours. */
import { useMemo } from "preact/hooks";
import type { Numbers } from "../engine/types.js";
import { exactValue } from "./format.js";
import { tilesOf } from "./treemap.js";

/** Width over height the tiles are laid out for. */
const ASPECT = 3.4;
/** Percent of the whole below which a tile has no room for its uid. */
const LEAST_LABELLED = { width: 2.2, height: 6 };

/** The picture; a click explains a uid. */
export function EmissionMap(props: { readonly numbers: Numbers | null; readonly onUid: (uid: number) => void }) {
  const { numbers, onUid } = props;
  const tiles = useMemo(() => tilesOf((numbers?.emission ?? []).map(Number), ASPECT), [numbers]);
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
        role="img"
        aria-label={`The emission as areas: ${paid} uids share it, the largest is uid ${tiles[0]?.index ?? "–"}`}
        onClick={({ target }) => {
          const uid = (target as HTMLElement).closest<HTMLElement>("[data-uid]")?.dataset.uid;
          if (uid !== undefined) onUid(Number(uid));
        }}
      >
        {tiles.map(({ index, left, top, width, height }) => (
          <span
            key={index}
            data-uid={index}
            class={isValidator(index) ? "validators" : "miners"}
            title={`uid ${index}: ${exactValue("emission", numbers?.emission[index] ?? 0n)}`}
            style={{ left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` }}
          >
            {width > LEAST_LABELLED.width && height > LEAST_LABELLED.height ? index : ""}
          </span>
        ))}
      </div>
    </figure>
  );
}
