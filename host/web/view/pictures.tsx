/** Pictures, where people would rather look than read. */
import { useEffect, useMemo } from "preact/hooks";
import type { RemoteEngine } from "../engine/client.js";
import type { Given, Matrices, Opened } from "../engine/types.js";
import { EmissionMap } from "./emissionMap.js";
import { HeatMap } from "./heatMap.js";
import { Ranking } from "./ranking.js";
import { useLater } from "./useLater.js";
import { useOwn } from "./useOwn.js";

interface PicturesProps {
  readonly engine: RemoteEngine;
  readonly opened: Opened | null;
  readonly source: Given | null;
  readonly mechid: number;
  /** Changes whenever what is computed does. */
  readonly version: number;
  readonly onUid: (uid: number) => void;
}

/** Two steps of a slider that is drawn come faster. */
const CALM_MS = 100;

/** All of them, each in a place of its own size from the beginning. */
export function Pictures({ engine, mechid, onUid, ...latest }: PicturesProps) {
  // What a slider changes is seen in the table; pictures wait until it stands still for a moment.
  const later = useLater(
    useMemo(() => latest, [latest.opened, latest.source, latest.version]),
    CALM_MS,
  );
  const { source, version } = later;
  const opened = source === latest.source ? later.opened : null;
  const [matrices, setMatrices] = useOwn<Matrices>(latest.source);
  const isOpen = opened !== null;
  useEffect(() => {
    if (!isOpen) return;
    let isStale = false;
    engine.matrices(mechid).then(
      (fresh) => isStale || setMatrices(fresh),
      () => isStale || setMatrices(null),
    );
    return () => {
      isStale = true;
    };
  }, [engine, isOpen, mechid, version, setMatrices]);
  const numbers = opened?.numbers ?? null;
  return (
    <section class="pictures" aria-labelledby="pictures">
      <h2 id="pictures">In pictures</h2>
      <EmissionMap numbers={numbers} onUid={onUid} />
      <div class="pair">
        <Ranking title="Incentive" quantity="incentive" values={numbers?.incentive ?? null} onUid={onUid} />
        <Ranking title="Dividends" quantity="dividends" values={numbers?.dividends ?? null} onUid={onUid} />
      </div>
      <HeatMap matrices={matrices} onUid={onUid} />
    </section>
  );
}
