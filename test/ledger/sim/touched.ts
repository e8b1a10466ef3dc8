/** What a block changed, decoded; and sums kept up with it, so that nobody adds up a whole state after each block. */
import type { Change } from "../../../host/ledger/state/changes.js";
import { decode } from "../../../host/ledger/state/codecs.js";
import { type AnyItem, type Item, type Key, splitKey } from "../../../host/ledger/state/item.js";
import { ITEM_BY_NAME } from "../../../host/ledger/state/items.js";
import type { ReadableState } from "../../../host/ledger/state/state.js";

/** An entry that is not what it was. */
export class Touched {
  readonly item: AnyItem;
  readonly keys: readonly Key[];

  constructor(readonly change: Change) {
    const { name, tail } = splitKey(change.key);
    this.item = ITEM_BY_NAME.get(name) as AnyItem;
    this.keys = decode(this.item.keys, tail, name);
  }

  /** What it was; undefined where there was nothing. */
  get before(): unknown {
    return this.#decoded(this.change.before);
  }

  /** What it is; undefined where there is nothing. */
  get after(): unknown {
    return this.#decoded(this.change.after);
  }

  #decoded(bytes: Uint8Array | undefined): unknown {
    return bytes && decode(this.item.value, bytes, this.item.name);
  }
}

/** The sums of an item's values over all entries of one group. */
export class Sums<K extends readonly Key[]> {
  readonly #sums = new Map<Key, bigint>();

  /** Adds up a state. `groupOf` is the group an entry belongs to. */
  constructor(
    state: ReadableState,
    readonly item: Item<K, bigint>,
    readonly groupOf: (keys: K) => Key,
  ) {
    for (const [keys, value] of state.entries(item, ...([] as unknown as Partial<K>))) this.#add(groupOf(keys), value);
  }

  /** Goes along with a change. */
  follow({ item, keys, before, after }: Touched): void {
    if (item !== this.item) return;
    this.#add(this.groupOf(keys as K), ((after as bigint) ?? 0n) - ((before as bigint) ?? 0n));
  }

  of(group: Key): bigint {
    return this.#sums.get(group) ?? 0n;
  }

  #add(group: Key, value: bigint): void {
    this.#sums.set(group, this.of(group) + value);
  }
}
