/**
 * Past values of what voting power is made of. While proposals are voted on, the state keeps what an entry was at the latest
 * snapshot before its first change since: one write an entry and snapshot, whatever else happens to it, and nothing at all
 * where nothing is voted on. A block's value is the first one kept at or after it, or else the present one.
 */
import { type Codec, Option, Struct } from "scale-ts";
import { YumaError } from "../../errors.js";
import { blockNumber } from "./codecs.js";
import { Delegations, Heirs, LatestSnapshot, Snapshots } from "./governance.js";
import { type AnyItem, type Item, type Key, optionalItem } from "./item.js";
import { DecayingLock, Lock, MaturityRate, UnlockRate } from "./locks.js";
import { SubnetMovingPrice } from "./pools.js";
import { AlphaV2, StakingHotkeys, TotalHotkeyAlpha, TotalHotkeySharesV2 } from "./staking.js";
import type { ReadableState, State } from "./state.js";
import { NetworksAdded, SubnetMechanism, SubnetOwnerHotkey } from "./subnets.js";
import { BlockNumber } from "./system.js";

/** What was stored; undefined where nothing was. */
interface Kept {
  readonly was: unknown;
}

const REMEMBERED: readonly AnyItem[] = [
  NetworksAdded,
  SubnetMechanism,
  SubnetMovingPrice,
  SubnetOwnerHotkey,
  StakingHotkeys,
  AlphaV2,
  TotalHotkeyAlpha,
  TotalHotkeySharesV2,
  Lock,
  DecayingLock,
  MaturityRate,
  UnlockRate,
  Delegations,
];

type PastItem = Item<Key[], Kept | undefined>;

const PAST: ReadonlyMap<AnyItem, PastItem> = new Map(
  REMEMBERED.map((of): [AnyItem, PastItem] => {
    const keys = [blockNumber, ...(of.fixedKeys ?? [])] as Codec<Key>[];
    const kept = Struct({ was: Option(of.value) }) as Codec<Kept>;
    return [of, optionalItem(of.name.replace(/^\w+/, "Past"), keys, kept)];
  }),
);

/** The items that hold past values: snapshot, then the keys of what they remember. */
export const PAST_ITEMS: readonly AnyItem[] = [...PAST.values()];

/** To be called before every write: keeps what is stored, unless it is kept already or nobody will ask. */
export function keepPast(state: State, of: AnyItem, keys: readonly Key[]): void {
  const past = PAST.get(of);
  if (past === undefined) return;
  const snapshot = state.read(LatestSnapshot);
  if (snapshot === undefined || state.has(past, snapshot, ...keys)) return;
  state.write(past, snapshot, ...keys, { was: state.has(of, ...keys) ? state.read(of, ...keys) : undefined });
}

/** Begins to remember the state as it is now, as of the block; once more where the block is remembered already. */
export function remember(state: State, block: number): void {
  state.write(Snapshots, block, (state.read(Snapshots, block) ?? 0) + 1);
  state.write(LatestSnapshot, block);
}

/** Ends one need of a block. What no block that is still needed, and none after it, can ask for is forgotten. */
export function forget(state: State, block: number): void {
  state.write(Snapshots, block, (state.read(Snapshots, block) ?? 1) - 1);
  for (const [[oldest], needs] of state.entries(Snapshots)) {
    if (needs > 0) return;
    for (const item of PAST_ITEMS) state.clear(item, oldest);
    state.remove(Snapshots, oldest);
  }
  state.remove(LatestSnapshot);
  state.clear(Heirs);
}

/**
 * The state as it was at a snapshot that is remembered. Only the block's number and what is remembered can be read; anything else is
 * a defect of the caller.
 */
export function stateAt(state: ReadableState, block: number): ReadableState {
  const snapshots = state.entries(Snapshots).flatMap(([[one]]) => (one < block ? [] : [one]));
  const kept = (of: AnyItem, keys: readonly Key[]): Kept | undefined => {
    const past = pastOf(of);
    for (const one of snapshots) {
      const found = state.read(past, one, ...keys);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return {
    read(of, ...keys) {
      if ((of as AnyItem) === BlockNumber) return block as never;
      const found = kept(of, keys);
      return found === undefined ? state.read(of, ...keys) : ((found.was ?? of.initial) as never);
    },
    has(of, ...keys) {
      const found = kept(of, keys);
      return found === undefined ? state.has(of, ...keys) : found.was !== undefined;
    },
    entries(of, ...first) {
      const past = pastOf(of);
      const found = new Map(state.entries(of, ...first).map((entry) => [entry[0].join(), entry]));
      for (const one of [...snapshots].reverse()) {
        for (const [[, ...keys], { was }] of state.entries(past, one, ...(first as readonly Key[]))) {
          if (was === undefined) found.delete(keys.join());
          else found.set(keys.join(), [keys, was] as never);
        }
      }
      return [...found.values()].sort(([a], [b]) => byKeys(a, b));
    },
    keys(of, ...first) {
      return this.entries(of, ...(first as never)).map(([keys]) => keys[keys.length - 1]) as never;
    },
  };
}

function pastOf(of: AnyItem): PastItem {
  const past = PAST.get(of);
  if (past === undefined) throw new YumaError("INTERNAL", `The past of ${of.name} is not kept.`, { item: of.name });
  return past;
}

function byKeys(a: readonly Key[], b: readonly Key[]): number {
  const at = a.findIndex((key, k) => key !== b[k]);
  return at < 0 ? 0 : a[at]! < b[at]! ? -1 : 1;
}
