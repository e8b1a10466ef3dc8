/** How a quantity is distributed: its values from the largest down, and how few uids hold half of it. */
import { useMemo, useState } from "preact/hooks";
import { plural, shownValue } from "./format.js";

const HEIGHT = 100;

interface RankingProps {
  readonly title: string;
  readonly quantity: "incentive" | "dividends";
  readonly values: readonly number[];
  readonly onUid: (uid: number) => void;
}

/** A bar a uid that has any of it. */
export function Ranking({ title, quantity, values, onUid }: RankingProps) {
  const [at, setAt] = useState<number | null>(null);
  const ranked = useMemo(
    () =>
      values
        .map((value, uid) => ({ uid, value }))
        .filter(({ value }) => value > 0)
        .sort((a, b) => b.value - a.value || a.uid - b.uid),
    [values],
  );
  const largest = ranked[0]?.value ?? 1;
  const sum = ranked.reduce((total, { value }) => total + value, 0);
  let held = 0;
  const half = ranked.findIndex(({ value }) => {
    held += value;
    return 2 * held >= sum;
  });
  const told =
    ranked.length === 0
      ? "Nobody has any."
      : `Half of it goes to ${plural(half + 1, "uid")} of ${ranked.length} that have any.`;
  const shown = at === null ? undefined : ranked[at];
  const placeOf = (event: PointerEvent | MouseEvent) => {
    const { left, width } = (event.currentTarget as Element).getBoundingClientRect();
    const place = Math.floor(((event.clientX - left) / width) * ranked.length);
    return place >= 0 && place < ranked.length ? place : null;
  };
  return (
    <figure class="ranking">
      <figcaption>
        <h3>{title}</h3>
      </figcaption>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the same uids are buttons in the table */}
      <svg
        viewBox={`0 0 ${Math.max(ranked.length, 1)} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${title} from the largest down. ${told}`}
        onPointerMove={(event) => setAt(placeOf(event))}
        onPointerLeave={() => setAt(null)}
        onClick={(event) => {
          const uid = ranked[placeOf(event) ?? -1]?.uid;
          if (uid !== undefined) onUid(uid);
        }}
      >
        {half >= 0 && <rect class="half" x={0} y={0} width={half + 1} height={HEIGHT} />}
        {ranked.map(({ uid, value }, rank) => {
          const height = (HEIGHT * value) / largest;
          return (
            <rect
              key={uid}
              class={rank === at ? "bar at" : "bar"}
              x={rank + 0.08}
              width={0.84}
              y={HEIGHT - height}
              height={height}
            />
          );
        })}
      </svg>
      <p class="quiet readout">
        {shown === undefined ? told : `uid ${shown.uid}, number ${(at ?? 0) + 1}: ${shownValue(quantity, shown.value)}`}
      </p>
    </figure>
  );
}
