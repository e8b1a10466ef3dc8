/**
 * The ledger's state: decoded values in maps, and a journal of every write since the block began. Reading gives the item's
 * initial value where nothing is stored. Values are never changed in place; a new one is written.
 */
import { shown, YumaError } from "../../errors.js";
import { type Cell, type Change, encodedChanges, type Noted } from "./changes.js";
import { decode } from "./codecs.js";
import { type AnyItem, entryKey, type Item, type Key, splitKey } from "./item.js";
import { ITEM_BY_NAME } from "./items.js";
import { keepPast } from "./past.js";

/** Maps of maps, one level a key, the last one of cells. */
type Node = Map<Key, unknown>;

/** A single value's place in its map. */
const ONLY: readonly Key[] = [""];

/** What may be done with a state from outside the state machine. */
export type ReadableState = Pick<State, "read" | "has" | "entries" | "keys">;

type AllButLast<K> = K extends readonly [...infer First extends readonly Key[], Key] ? First : never;
type LastOf<K> = K extends readonly [...Key[], infer Last] ? Last : never;

/** A place in the journal. */
export type Mark = number;

/** The state. */
export class State {
  readonly #tables = new Map<AnyItem, Node>();
  /** The cell of each write since `settle`, and what it held before. */
  readonly #written: Cell[] = [];
  readonly #before: unknown[] = [];
  /** The cells written to since the changes were last taken, each once. */
  #noted: Noted[] = [];

  /** The value, or the item's initial one. */
  read<K extends readonly Key[], V>(item: Item<K, V>, ...keys: K): V {
    const stored = this.#find(item, keys);
    return stored === undefined ? item.initial : (stored as V);
  }

  /** Whether a value is stored. */
  has<K extends readonly Key[], V>(item: Item<K, V>, ...keys: K): boolean {
    return this.#find(item, keys) !== undefined;
  }

  /** Stores a value: `state.write(Burn, netuid, burnRao)`. */
  write<K extends readonly Key[], V>(item: Item<K, V>, ...keysAndValue: [...K, Exclude<NoInfer<V>, undefined>]): void {
    const value = keysAndValue.pop();
    this.#put(item, keysAndValue as unknown as readonly Key[], value);
  }

  /** Removes what is stored; reading gives the initial value again. */
  remove<K extends readonly Key[], V>(item: Item<K, V>, ...keys: K): void {
    if (this.#find(item, keys) !== undefined) this.#put(item, keys, undefined);
  }

  /**
   * What is stored under the first keys given, as [all keys, value], in order of the keys: accounts by their bytes, numbers
   * ascending. The list is the caller's own; writing while walking it is safe. Sorts at each call.
   */
  entries<K extends readonly Key[], V>(item: Item<K, V>, ...first: Partial<K>): [K, Exclude<V, undefined>][] {
    let node: unknown = this.#tables.get(item);
    for (const key of first as readonly Key[]) node = (node as Node | undefined)?.get(key);
    const out: [Key[], unknown][] = [];
    if (node !== undefined) collect(node, [...(first as readonly Key[])], Math.max(item.depth, 1), out);
    return (item.depth === 0 ? out.map(([, value]) => [[], value]) : out) as unknown as [K, Exclude<V, undefined>][];
  }

  /** The last keys of what is stored under the keys before them, in order. */
  keys<K extends readonly Key[], V>(item: Item<K, V>, ...first: AllButLast<K>): LastOf<K>[] {
    let level: unknown = this.#tables.get(item);
    for (const key of first as readonly Key[]) level = (level as Node | undefined)?.get(key);
    const keys: Key[] = [];
    for (const [key, cell] of (level ?? []) as Iterable<[Key, Cell]>) if (cell.value !== undefined) keys.push(key);
    return keys.sort(ascending) as LastOf<K>[];
  }

  /** Removes everything under the first keys given. */
  clear<K extends readonly Key[], V>(item: Item<K, V>, ...first: Partial<K>): void {
    for (const [keys] of this.entries(item, ...first)) this.#put(item, keys, undefined);
  }

  /** The present place in the journal, to roll back to. */
  mark(): Mark {
    return this.#written.length;
  }

  /** Undoes every write since the mark, latest first. */
  rollback(mark: Mark): void {
    for (let k = this.#written.length - 1; k >= mark; k--) this.#written[k]!.value = this.#before[k];
    this.#written.length = mark;
    this.#before.length = mark;
  }

  /** Ends the journal and all its marks: what was written until here can be undone no more but by `undoAll`. */
  settle(): void {
    this.#written.length = 0;
    this.#before.length = 0;
  }

  /** Undoes every write since the changes were last taken, settled or not. */
  undoAll(): void {
    for (const { cell, before } of this.#noted) cell.value = before;
    this.#forget();
  }

  /** What changed since a mark, encoded, in order of item and key. The journal goes on. */
  changesSince(mark: Mark): Change[] {
    const since = new Map<Cell, unknown>();
    for (let k = mark; k < this.#written.length; k++) {
      const cell = this.#written[k]!;
      if (!since.has(cell)) since.set(cell, this.#before[k]);
    }
    // A cell of the journal is noted until the journal is taken.
    return encodedChanges([...since].map(([cell, before]) => ({ ...cell.noted!, before })));
  }

  /** What changed since the changes were last taken, encoded, in order of item and key. */
  changes(): Change[] {
    return encodedChanges(this.#noted);
  }

  /** The same, and begins anew. */
  takeChanges(): Change[] {
    const changes = this.changes();
    this.#forget();
    return changes;
  }

  /** Puts in an encoded entry as a store returns it, or without a value removes it; past the journal. Throws BAD_STORE where no item reads it. */
  load(key: Uint8Array, value: Uint8Array | undefined): void {
    const { name, tail } = splitKey(key);
    const item = ITEM_BY_NAME.get(name);
    if (item === undefined)
      throw new YumaError("BAD_STORE", `The store has an unknown item, ${shown(name)}.`, { item: name });
    const path = place(decode(item.keys, tail, `A key of ${name}`));
    const leaf = this.#leaf(item, path);
    if (value === undefined) leaf.delete(lastOf(path));
    else {
      const held = decode(item.value, value, `A value of ${name}`);
      leaf.set(lastOf(path), { value: held, noted: undefined } satisfies Cell);
    }
  }

  /** Makes changes between blocks, past the journal, which begins anew. */
  put(changes: readonly Change[]): void {
    // Cells noted by writes that were rolled back would take the new ones for theirs.
    this.#forget();
    for (const { key, after } of changes) this.load(key, after);
  }

  /** Every entry, encoded, in no particular order. */
  *encoded(): Generator<readonly [key: Uint8Array, value: Uint8Array]> {
    for (const item of this.#tables.keys()) {
      for (const [keys, value] of this.entries(item)) yield [entryKey(item, keys), item.value.enc(value)];
    }
  }

  #find(item: AnyItem, keys: readonly Key[]): unknown {
    let node: unknown = this.#tables.get(item);
    if (item.depth === 0) node = (node as Node | undefined)?.get("");
    for (let k = 0; k < item.depth && node !== undefined; k++) node = (node as Node).get(keys[k]!);
    return (node as Cell | undefined)?.value;
  }

  #put(item: AnyItem, keys: readonly Key[], value: unknown): void {
    keepPast(this, item, keys);
    const path = place(keys);
    const leaf = this.#leaf(item, path);
    const last = lastOf(path);
    let cell = leaf.get(last) as Cell | undefined;
    if (cell === undefined) {
      cell = { value: undefined, noted: undefined };
      leaf.set(last, cell);
    }
    if (cell.noted === undefined) {
      cell.noted = { item, keys, cell, before: cell.value };
      this.#noted.push(cell.noted);
    }
    this.#written.push(cell);
    this.#before.push(cell.value);
    cell.value = value;
  }

  /** Ends the notes; cells that hold nothing go. */
  #forget(): void {
    for (const { item, keys, cell } of this.#noted) {
      cell.noted = undefined;
      if (cell.value !== undefined) continue;
      const path = place(keys);
      this.#leaf(item, path).delete(lastOf(path));
    }
    this.#noted = [];
    this.settle();
  }

  #leaf(item: AnyItem, path: readonly Key[]): Node {
    let node = child(this.#tables, item);
    for (let k = 0; k < path.length - 1; k++) node = child(node, path[k]!);
    return node;
  }
}

const place = (keys: readonly Key[]) => (keys.length === 0 ? ONLY : keys);
const lastOf = (path: readonly Key[]) => path[path.length - 1]!;

function child<K>(of: Map<K, unknown>, key: K): Node {
  const found = of.get(key) as Node | undefined;
  if (found !== undefined) return found;
  const made: Node = new Map();
  of.set(key, made);
  return made;
}

/** Numbers and u64s ascending, hex text by its bytes; one level has one kind of key. */
const ascending = (a: Key, b: Key) => (a < b ? -1 : a > b ? 1 : 0);

function collect(node: unknown, keys: readonly Key[], depth: number, out: [Key[], unknown][]): void {
  if (keys.length === depth) {
    const { value } = node as Cell;
    if (value !== undefined) out.push([[...keys], value]);
    return;
  }
  const level = node as Node;
  for (const key of [...level.keys()].sort(ascending)) collect(level.get(key), [...keys, key], depth, out);
}
