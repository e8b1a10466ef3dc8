/** Snapshots of mechanisms in the simplest form they have. */
import type { EpochSnapshot, MechanismsSnapshot } from "../../types.js";

/** A subnet of one mechanism as the snapshot of one epoch. */
export function plainSnapshot(snapshot: MechanismsSnapshot): EpochSnapshot | MechanismsSnapshot {
  const { mechanismCount, split: _, mechanisms, source, ...shared } = snapshot;
  const [only] = mechanisms;
  if (mechanismCount !== 1 || only === undefined) return snapshot;
  return { ...shared, ...only, source: { ...source, mechid: 0 } };
}
