/** A table of hotkeys: unknown input → sorted, packed arrays → the kernel's table. */
import * as abi from "../../assembly/emission/contract.js";
import { shown, YumaError } from "../errors.js";
import { guarded, type Kernel } from "../load/kernel.js";
import type { U64 } from "../types.js";
import { type AccountId, account, duplicate, ZERO_ACCOUNT } from "./accounts.js";
import { amount } from "./amounts.js";
import { listed } from "./listed.js";
import { array, present, record, refuse, u16, u64 } from "./values.js";

/** An amount in rao: a bigint, or a decimal string. */
export type Rao = bigint | string;

/** A share of stake, u64 over 2^64 − 1, and the hotkey at the other end. */
export type Link = readonly [proportion: U64, hotkey: AccountId];

/** One hotkey as the dividends of a subnet see it: raw chain storage, absent fields being the chain's defaults. */
export interface HotkeyState {
  readonly hotkey: AccountId;
  /** Its stake on the subnet, own and delegated (TotalHotkeyAlpha), alpha-rao. Default 0. */
  readonly alphaStake?: Rao;
  /** Its stake on the root, own and delegated, rao. Default 0. */
  readonly taoStake?: Rao;
  /** Its coldkey. Default: the account of 32 zero bytes. */
  readonly owner?: AccountId | undefined;
  /** What it keeps of parents' dividends: the effective take, u16 over 65535. Default 0. */
  readonly childkeyTake?: number;
  /** In stored order. Default none. */
  readonly parents?: readonly Link[];
  /** In stored order. Default none. */
  readonly children?: readonly Link[];
}

/** The hotkeys of a subnet. A parent that is not among them has no stake and no owner. */
export interface HotkeyTable {
  /** What root TAO counts beside alpha, u64 over 2^64 − 1. */
  readonly taoWeight: U64;
  /** In any order, each hotkey once. */
  readonly hotkeys: readonly HotkeyState[];
}

/** Rows of links, compressed: row i is links start[i] .. start[i + 1]. */
interface Links {
  readonly start: Uint32Array;
  readonly proportions: BigUint64Array;
}

/** A table whose hotkeys are numbered in the order of their bytes. */
export interface CheckedHotkeys {
  readonly names: readonly AccountId[];
  /** The place of each name. */
  readonly places: ReadonlyMap<AccountId, number>;
  readonly taoWeight: bigint;
  readonly alpha: BigUint64Array;
  readonly rootTao: BigUint64Array;
  readonly owners: Uint32Array;
  readonly takes: Uint16Array;
  readonly parents: Links;
  /** A parent link's place in the table; what children are called does not matter. */
  readonly parentPlaces: Uint32Array;
  readonly children: Links;
}

/** One hotkey's record after reading. */
export interface CheckedHotkey {
  readonly alpha: bigint;
  readonly tao: bigint;
  readonly owner: AccountId;
  readonly take: number;
  readonly parents: readonly (readonly [bigint, AccountId])[];
  readonly children: readonly (readonly [bigint, AccountId])[];
}

const FIELDS: readonly string[] = [
  ...["hotkey", "alphaStake", "taoStake", "owner", "childkeyTake", "parents", "children"],
];

/** A hotkey of which nothing is recorded. */
export const STRANGER: CheckedHotkey = { alpha: 0n, tao: 0n, owner: ZERO_ACCOUNT, take: 0, parents: [], children: [] };

/** Reads a table; `others` are accounts that must have a place in it, recorded or not. */
export function checkHotkeys(table: Record<string, unknown>, others: Iterable<AccountId> = []): CheckedHotkeys {
  const taoWeight = u64("taoWeight", present("taoWeight", table.taoWeight));
  const given = array("hotkeys", present("hotkeys", table.hotkeys));
  const known = new Map<AccountId, CheckedHotkey>();
  for (let i = 0; i < given.length; i++) {
    const where = `hotkeys[${i}]`;
    const one = record(where, given[i]);
    const name = account(`${where}.hotkey`, present(`${where}.hotkey`, one.hotkey));
    if (known.has(name)) duplicate(where, name);
    known.set(name, readHotkey(where, one));
  }
  for (const name of others) if (!known.has(name)) known.set(name, STRANGER);
  for (const { parents } of [...known.values()]) {
    for (const [, parent] of parents) if (!known.has(parent)) known.set(parent, STRANGER);
  }
  return packHotkeys(taoWeight, known);
}

function readHotkey(where: string, one: Record<string, unknown>): CheckedHotkey {
  for (const field of Object.keys(one)) {
    if (FIELDS.includes(field)) continue;
    const text = `${where} holds ${shown(field)}; a hotkey has ${FIELDS.join(", ")}.`;
    throw new YumaError("UNKNOWN_FIELD", text, { field: `${where}.${shown(field).slice(1, -1)}` });
  }
  const optional = <T>(field: string, read: (at: string, value: unknown) => T, absent: T) =>
    one[field] === undefined ? absent : read(`${where}.${field}`, one[field]);
  return {
    alpha: optional("alphaStake", amount, 0n),
    tao: optional("taoStake", amount, 0n),
    owner: optional("owner", account, ZERO_ACCOUNT),
    take: optional("childkeyTake", u16, 0),
    parents: optional("parents", readLinks, []),
    children: optional("children", readLinks, []),
  };
}

function readLinks(where: string, value: unknown): (readonly [bigint, AccountId])[] {
  const links = array(where, value);
  if (links.length > abi.MAX_LINKS) {
    const text = `${where} has ${links.length} links; a table takes at most ${abi.MAX_LINKS}.`;
    throw new YumaError("TOO_LARGE", text, { field: where, links: links.length });
  }
  return Array.from(links, (link, k) => {
    const at = `${where}[${k}]`;
    if (!Array.isArray(link) || link.length !== 2) return refuse(at, "a pair [proportion, hotkey]", link);
    return [u64(`${at}[0]`, link[0]), account(`${at}[1]`, link[1])] as const;
  });
}

/** The table of these hotkeys; every parent must be among them. */
export function packHotkeys(taoWeight: bigint, known: ReadonlyMap<AccountId, CheckedHotkey>): CheckedHotkeys {
  const names = [...known.keys()].sort();
  const places = new Map(names.map((name, i) => [name, i]));
  const rows = names.map((name) => known.get(name) as CheckedHotkey);
  const coldkeys = new Map([...new Set(rows.map(({ owner }) => owner))].map((owner, i) => [owner, i]));
  return {
    names,
    places,
    taoWeight,
    alpha: BigUint64Array.from(rows, ({ alpha }) => alpha),
    rootTao: BigUint64Array.from(rows, ({ tao }) => tao),
    owners: Uint32Array.from(rows, ({ owner }) => coldkeys.get(owner) as number),
    takes: Uint16Array.from(rows, ({ take }) => take),
    parents: packLinks(rows.map(({ parents }) => parents)),
    parentPlaces: Uint32Array.from(
      rows.flatMap(({ parents }) => parents),
      ([, name]) => places.get(name) as number,
    ),
    children: packLinks(rows.map(({ children }) => children)),
  };
}

function packLinks(rows: readonly (readonly (readonly [bigint, AccountId])[])[]): Links {
  const start = new Uint32Array(rows.length + 1);
  for (const [i, row] of rows.entries()) start[i + 1] = (start[i] as number) + row.length;
  return { start, proportions: BigUint64Array.from(rows.flat(), ([proportion]) => proportion) };
}

/** Scalars by their numbers (HOTKEY_SCALAR_*). */
export type HotkeyScalars = Readonly<Record<number, bigint>>;

/** Draws a table in the kernel, fills it and returns its scalars. Throws TOO_LARGE. */
export function beginHotkeys(kernel: Kernel, table: CheckedHotkeys, scalars: HotkeyScalars = {}): BigUint64Array {
  return guarded(kernel, () => {
    const { parents, children } = table;
    const [up, down] = [parents.proportions.length, children.proportions.length];
    const base = kernel.exports.hotkeysBegin(table.names.length, up, down) >>> 0;
    const slots = new BigUint64Array(kernel.memory.buffer, base, abi.HOTKEY_SCALARS);
    slots[abi.HOTKEY_SCALAR_TAO_WEIGHT] = table.taoWeight;
    for (const [k, value] of Object.entries(scalars)) slots[Number(k)] = value;
    putHotkeys(kernel, abi.HOTKEY_ALPHA, table.alpha);
    putHotkeys(kernel, abi.HOTKEY_ROOT_TAO, table.rootTao);
    putHotkeys(kernel, abi.HOTKEY_OWNER, table.owners);
    putHotkeys(kernel, abi.HOTKEY_CHILDKEY_TAKE, table.takes);
    putHotkeys(kernel, abi.HOTKEY_PARENT_ROWS, parents.start);
    putHotkeys(kernel, abi.HOTKEY_PARENT_PROPORTIONS, parents.proportions);
    putHotkeys(kernel, abi.HOTKEY_PARENTS, table.parentPlaces);
    putHotkeys(kernel, abi.HOTKEY_CHILD_ROWS, children.start);
    putHotkeys(kernel, abi.HOTKEY_CHILD_PROPORTIONS, children.proportions);
    return slots;
  });
}

/** Copies an array of the table byte for byte: memory and hosts are little-endian. */
export function putHotkeys(kernel: Kernel, id: number, from: ArrayBufferView): void {
  const bytes = new Uint8Array(from.buffer, from.byteOffset, from.byteLength);
  new Uint8Array(kernel.memory.buffer, kernel.exports.hotkeysArray(id) >>> 0, bytes.length).set(bytes);
}

/** `count` u64 of an array of the table. */
export function hotkeyAmounts(kernel: Kernel, id: number, count: number): bigint[] {
  return listed(hotkeyWords(kernel, id, count));
}

/** `count` 128-bit numbers of an array of the table, unsigned. */
export function hotkeyBits(kernel: Kernel, id: number, count: number): bigint[] {
  const words = hotkeyWords(kernel, id, 2 * count);
  return Array.from({ length: count }, (_, i) => {
    const high = words[2 * i + 1]!;
    return high === 0n ? words[2 * i]! : (high << 64n) | words[2 * i]!;
  });
}

function hotkeyWords(kernel: Kernel, id: number, count: number): BigUint64Array {
  const at = guarded(kernel, () => kernel.exports.hotkeysArray(id)) >>> 0;
  return new BigUint64Array(kernel.memory.buffer, at, count);
}
