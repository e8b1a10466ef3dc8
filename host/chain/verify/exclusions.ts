/** What the block's extrinsics wrote over after the epoch: not compared, and said so. */
import type { Reconstruction } from "../inputs/reconstruct.js";

/** Reasons not to compare, by uid. */
export interface Exclusions {
  /** Everything about a uid. */
  readonly uids: ReadonlyMap<number, string>;
  /** The bonds on a uid, in every row. */
  readonly bondsOn: ReadonlyMap<number, string>;
}

/** Exclusions of a block: uids registered in it, bonds reset in it, every uid where the subnet was trimmed in it. */
export function exclusionsOf({ snapshot, events, recorded }: Reconstruction): Exclusions {
  const uids = new Map<number, string>();
  if (recorded.n < snapshot.n) {
    for (let uid = 0; uid < snapshot.n; uid++) uids.set(uid, "the subnet was trimmed in this block");
  }
  for (const uid of events.registered) uids.set(uid, "another hotkey was registered here in this block");
  const bondsOn = new Map([...uids].filter(([uid]) => uid < snapshot.n));
  if (recorded.bondsReset) {
    for (const [uid, hotkey] of (snapshot.hotkeys ?? []).entries()) {
      const reason = "the hotkey published metadata in this block, which may have reset the bonds on it";
      if (events.committed.has(hotkey)) bondsOn.set(uid, reason);
    }
  }
  return { uids, bondsOn };
}
