/** Giving the parents and children of one hotkey to another. Source: subtensor staking/set_children.rs, parent_child_swap_hotkey. */
import { ensure } from "../errors.js";
import { ChildKeys, ParentKeys, PendingChildKeys } from "../state/children.js";
import type { Account } from "../state/codecs.js";
import type { Item } from "../state/item.js";
import type { State } from "../state/state.js";

/** Errors of families that would not be sound. */
export const FAMILY_ERRORS = [
  "SubtensorModule.InvalidChild",
  "SubtensorModule.TooManyChildren",
  "SubtensorModule.ProportionOverflow",
  "SubtensorModule.ChildParentInconsistency",
] as const;

const MOST_CHILDREN = 5;
const MAX_U64 = (1n << 64n) - 1n;

/** Proportion over 2^64 - 1, and account. */
type Edge = readonly [proportion: bigint, account: Account];
type FamilyItem = Item<readonly [Account, number], readonly Edge[]>;

/** Relatives in order of their accounts. */
type Relatives = ReadonlyMap<Account, bigint>;

/**
 * Moves relatives and pending children on a subnet, in both directions. Errors: InvalidChild where the new hotkey is a relative
 * of the old one; ChildParentInconsistency where somebody would be parent and child; ProportionOverflow, TooManyChildren.
 */
export function moveFamily(state: State, from: Account, to: Account, netuid: number): void {
  const children = relatives(state.read(ChildKeys, from, netuid), from);
  const parents = relatives(state.read(ParentKeys, from, netuid), from);
  checkTotal(children);
  checkApart(children, parents);
  for (const child of children.keys()) unlink(state, ParentKeys, child, netuid, from);
  for (const parent of parents.keys()) unlink(state, ChildKeys, parent, netuid, from);
  state.remove(ChildKeys, from, netuid);
  state.remove(ParentKeys, from, netuid);
  ensure(!children.has(to) && !parents.has(to), "SubtensorModule.InvalidChild", { hotkey: to });
  movePending(state, from, to, netuid, parents);
  replaceEdges(state, ChildKeys, ParentKeys, to, netuid, children);
  replaceEdges(state, ParentKeys, ChildKeys, to, netuid, parents);
}

/** Puts a hotkey in the place of another in what parents have pending; a renamed child goes last. */
export function renamePendingChild(state: State, from: Account, to: Account, netuid: number): void {
  for (const [keys, [children, block]] of state.entries(PendingChildKeys, netuid)) {
    const at = children.findIndex(([, child]) => child === from);
    if (at < 0) continue;
    const others = children.filter((_, k) => k !== at);
    state.write(PendingChildKeys, ...keys, [[...others, [children[at]![0], to]], block]);
  }
}

function movePending(state: State, from: Account, to: Account, netuid: number, parents: Relatives): void {
  if (!state.has(PendingChildKeys, netuid, from)) return;
  const pending = state.read(PendingChildKeys, netuid, from);
  const children = new Map(pending[0].map(([proportion, child]) => [child, proportion]));
  ensure(!children.has(to), "SubtensorModule.InvalidChild", { hotkey: to });
  ensure(children.size <= MOST_CHILDREN, "SubtensorModule.TooManyChildren");
  checkTotal(children);
  checkApart(children, parents);
  state.remove(PendingChildKeys, netuid, from);
  state.write(PendingChildKeys, netuid, to, pending);
}

/** Writes the hotkey's edges, and the edges back: those of relatives that are none any more go. */
function replaceEdges(
  state: State,
  forth: FamilyItem,
  back: FamilyItem,
  hotkey: Account,
  netuid: number,
  after: Relatives,
): void {
  const before = state.read(forth, hotkey, netuid).map(([, relative]) => relative);
  const edges = [...after].map(([relative, proportion]): Edge => [proportion, relative]);
  writeEdges(state, forth, hotkey, netuid, edges);
  for (const [relative, proportion] of after) {
    const known = state.read(back, relative, netuid);
    const at = known.findIndex(([, account]) => account === hotkey);
    const edge: Edge = [proportion, hotkey];
    writeEdges(
      state,
      back,
      relative,
      netuid,
      at < 0 ? [...known, edge] : known.map((one, k) => (k === at ? edge : one)),
    );
  }
  for (const relative of before) if (!after.has(relative)) unlink(state, back, relative, netuid, hotkey);
}

function unlink(state: State, item: FamilyItem, of: Account, netuid: number, relative: Account): void {
  const kept = state.read(item, of, netuid).filter(([, account]) => account !== relative);
  writeEdges(state, item, of, netuid, kept);
}

function writeEdges(state: State, item: FamilyItem, of: Account, netuid: number, edges: readonly Edge[]): void {
  if (edges.length > 0) state.write(item, of, netuid, edges);
  else state.remove(item, of, netuid);
}

/** By account, ascending, without the hotkey itself; the last of two edges to one account counts. */
function relatives(edges: readonly Edge[], self: Account): Relatives {
  const found = new Map(edges.map(([proportion, account]) => [account, proportion]));
  found.delete(self);
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function checkTotal(children: Relatives): void {
  const total = [...children.values()].reduce((sum, proportion) => sum + proportion, 0n);
  ensure(total <= MAX_U64, "SubtensorModule.ProportionOverflow");
}

function checkApart(children: Relatives, parents: Relatives): void {
  ensure(![...children.keys()].some((child) => parents.has(child)), "SubtensorModule.ChildParentInconsistency");
}
