/** How a quantity is distributed: its values from the largest down, and how few uids hold half of it. */
import { useMemo, useState } from "preact/hooks";
import { cursorKeys, movedTo } from "./cursorKeys.js";
import { COMPUTING, plural, shownValue } from "./format.js";

const HEIGHT = 100;

interface RankingProps {
  readonly title: string;
  readonly quantity: "incentive" | "dividends";
  /** Null until they are there. */
  readonly values: readonly number[] | null;
  readonly onUid: (uid: number) => void;
}

/** A bar a uid that has any of it. */
export function Ranking({ title, quantity, values, onUid }: RankingProps) {
  const [at, setAt] = useState<number | null>(null);
  const ranked = useMemo(
    () =>
      (values ?? [])
        .map((value, uid) => ({ uid, value }))
        .filter(({ value }) => value > 0)
        .sort((a, b) => b.value - a.value || a.uid - b.uid),
    [values],
  );
  const bars = useMemo(() => pathOf(ranked), [ranked]);
  const half = halfOf(ranked);
  const told = values === null ? COMPUTING : toldOf(ranked, half);
  const shown = at === null ? undefined : ranked[at];
  const placeOf = (event: PointerEvent | MouseEvent) => {
    const { left, width } = (event.currentTarget as Element).getBoundingClientRect();
    const place = Math.floor(((event.clientX - left) / width) * ranked.length);
    return place >= 0 && place < ranked.length ? place : null;
  };
  const explain = (place: number | null) => {
    const uid = ranked[place ?? -1]?.uid;
    if (uid !== undefined) onUid(uid);
  };
  return (
    <figure class="ranking">
      <figcaption>
        <h3>{title}</h3>
      </figcaption>
      <svg
        viewBox={`0 0 ${Math.max(ranked.length, 1)} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes keys
        tabIndex={0}
        aria-label={`${title} from the largest down. ${told} Arrow keys read bars, Enter explains a uid.`}
        onKeyDown={cursorKeys(
          ({ right }) => setAt((last) => movedTo(last, right, ranked.length)),
          () => explain(at),
        )}
        onBlur={() => setAt(null)}
        onPointerMove={(event) => setAt(placeOf(event))}
        onPointerLeave={() => setAt(null)}
        onClick={(event) => explain(placeOf(event))}
      >
        {half >= 0 && <rect class="half" x={0} y={0} width={half + 1} height={HEIGHT} />}
        <path class="bar" d={bars} />
        {shown !== undefined && <path class="bar at" d={barOf(shown.value, at ?? 0, ranked)} />}
      </svg>
      <p class="quiet readout" aria-live="polite">
        {shown === undefined ? told : `uid ${shown.uid}, number ${(at ?? 0) + 1}: ${shownValue(quantity, shown.value)}`}
      </p>
    </figure>
  );
}

function toldOf(ranked: Ranked, half: number): string {
  const [largest] = ranked;
  if (largest === undefined) return "Nobody has any.";
  if (ranked.length === 1) return `All of it goes to uid ${largest.uid}.`;
  return `Half of it goes to ${plural(half + 1, "uid")} of ${ranked.length} that have any.`;
}

type Ranked = readonly { readonly uid: number; readonly value: number }[];

/** All bars as one path: one element to draw anew, however many uids there are. */
function pathOf(ranked: Ranked): string {
  return ranked.map(({ value }, rank) => barOf(value, rank, ranked)).join("");
}

function barOf(value: number, rank: number, ranked: Ranked): string {
  const height = (HEIGHT * value) / (ranked[0]?.value ?? 1);
  return `M${(rank + 0.08).toFixed(2)} ${HEIGHT}v${(-height).toFixed(3)}h0.84V${HEIGHT}z`;
}

/** The place of the uid with which half of all is reached; −1 where there is none. */
function halfOf(ranked: Ranked): number {
  const sum = ranked.reduce((total, { value }) => total + value, 0);
  let held = 0;
  return ranked.findIndex(({ value }) => {
    held += value;
    return 2 * held >= sum;
  });
}
