/**
 * The way back to a block: what it changes, and the state there. Where the changes of the blocks between are at hand they are undone; else
 * every block up to there is applied again.
 */
import type { CheckedGenesis } from "../genesis.js";
import type { Change } from "../state/changes.js";
import { moved } from "../state/checksum.js";
import { toHex } from "../state/codecs.js";
import { changesBetween } from "../state/compare.js";
import type { RecentChanges } from "../state/recentChanges.js";
import type { State } from "../state/state.js";
import { replay } from "../store/replay.js";
import { type Database, readRecord } from "../store/store.js";
import { type Head, headOf } from "./head.js";

/** Where a ledger is, and what it has at hand. */
export interface Here {
  readonly store: Database;
  readonly genesis: CheckedGenesis;
  readonly state: State;
  readonly head: Head;
  readonly recent: RecentChanges;
}

/** The way: nothing is changed before `arrive`, which gives the state there. */
export interface WayBack {
  readonly head: Head;
  readonly changes: readonly Change[];
  readonly arrive: () => State;
}

/** Finds the way back to a height that was reached. Throws BAD_STORE where a block, applied again, comes out otherwise. */
export async function wayBack(here: Here, height: number): Promise<WayBack> {
  return (await undone(here, height)) ?? (await replayed(here, height));
}

/** Undoes the blocks after it, if all are at hand, and if what comes out has the block's checksum. */
async function undone({ store, state, head: from, recent }: Here, height: number): Promise<WayBack | undefined> {
  const changes = changesBack(recent, from.height, height);
  const record = changes && (await readRecord(store, height));
  if (changes === undefined || record === undefined) return undefined;
  const { low, high } = moved(from.stateChecksum, changes);
  if (low !== record.stateChecksum.low || high !== record.stateChecksum.high) return undefined;
  const arrive = () => {
    state.put(changes);
    return state;
  };
  return { head: headOf(record), changes, arrive };
}

/** What leads from one block back to another, an entry once; undefined where a block between is not at hand. */
function changesBack(recent: RecentChanges, from: number, to: number): readonly Change[] | undefined {
  const back = new Map<string, Change>();
  for (let at = from; at > to; at--) {
    const changes = recent.of(at);
    if (changes === undefined) return undefined;
    for (const { key, before, after } of changes) {
      const name = toHex(key);
      const later = back.get(name);
      back.set(name, { key, before: later === undefined ? after : later.before, after: before });
    }
  }
  return [...back.values()];
}

async function replayed({ store, genesis, state: from }: Here, height: number): Promise<WayBack> {
  const { state, head } = await replay(store, genesis, () => true, height);
  return { head, changes: changesBetween(from, state), arrive: () => state };
}
