/** Snapshots the fused path can take. */

type Row = readonly (readonly [number, number])[];
interface Rows {
  readonly n: number;
  readonly weights: readonly Row[];
  readonly bonds: readonly Row[];
}

/** The same snapshot with rows the fused path asks for: ascending, uids below n, no explicit zeros. */
export function wellFormed<T extends Rows>(snapshot: T): T {
  const tidy = (rows: readonly Row[]) =>
    rows.map((row) => row.filter(([uid, value]) => uid < snapshot.n && value > 0).sort(([a], [b]) => a - b));
  return { ...snapshot, weights: tidy(snapshot.weights), bonds: tidy(snapshot.bonds) };
}
