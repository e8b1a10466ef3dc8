/**
 * Children: hotkeys a parent lends parts of its stake to, over 2^64 − 1, on one subnet. A new set waits for a cooldown; a subnet
 * that has not started takes it at once. Lists are kept in order of accounts. Source: subtensor staking/set_children.rs.
 */
import { ensure } from "../errors.js";
import {
  AutoParentDelegationEnabled,
  ChildKeys,
  ParentKeys,
  PendingChildKeyCooldown,
  PendingChildKeys,
} from "../state/children.js";
import type { Account } from "../state/codecs.js";
import { StakeThreshold } from "../state/hyperparameters.js";
import type { Item } from "../state/item.js";
import { Keys } from "../state/neurons.js";
import type { State } from "../state/state.js";
import { SubnetOwnerHotkey, SubtokenEnabled } from "../state/subnets.js";
import { BlockNumber } from "../state/system.js";
import { attempt, type RuleContext } from "./context.js";
import { checkOwnsHotkey, ownerOf } from "./hotkeys.js";
import { accountLimit, ensurePasses, KIND, recordDone } from "./rateLimits.js";
import { totalStakeOfHotkey } from "./stake.js";
import { checkSubnetExists, ROOT_NETUID } from "./subnetChecks.js";

/** The most children of a hotkey on a subnet. */
export const MAX_CHILDREN = 5;

const WHOLE = (1n << 64n) - 1n;
const BLOCKS_BETWEEN = 150;

/** Errors of children. */
export const CHILDREN_ERRORS = [
  "SubtensorModule.RegistrationNotPermittedOnRootSubnet",
  "SubtensorModule.DuplicateChild",
  "SubtensorModule.InvalidChild",
  "SubtensorModule.TooManyChildren",
  "SubtensorModule.ProportionOverflow",
  "SubtensorModule.ChildParentInconsistency",
  "SubtensorModule.NotEnoughStakeToSetChildkeys",
] as const;

/** Parents or children: proportion and account. */
export type Family = readonly (readonly [proportion: bigint, account: Account])[];

/** Events of children. */
export type ChildrenEvent =
  | {
      readonly name: "SubtensorModule.SetChildrenScheduled";
      readonly hotkey: Account;
      readonly netuid: number;
      readonly cooldownBlock: number;
      readonly children: Family;
    }
  | {
      readonly name: "SubtensorModule.SetChildren";
      readonly hotkey: Account;
      readonly netuid: number;
      readonly children: Family;
    };

const LIMIT = accountLimit(KIND.SetChildren, () => BLOCKS_BETWEEN);

type Relatives = ReadonlyMap<Account, bigint>;
type FamilyItem = Item<readonly [Account, number], Family>;

/** What is checked before a coldkey's hotkey gets other children. */
export function checkChildren(
  context: RuleContext,
  coldkey: Account,
  hotkey: Account,
  netuid: number,
  children: Family,
): void {
  const { state } = context;
  ensurePasses(state, LIMIT, hotkey, netuid);
  ensure(netuid !== ROOT_NETUID, "SubtensorModule.RegistrationNotPermittedOnRootSubnet");
  checkSubnetExists(state, netuid);
  checkOwnsHotkey(state, coldkey, hotkey);
  const chosen = relativesOf(children);
  ensure(chosen.size === children.length, "SubtensorModule.DuplicateChild");
  const { parents } = relations(state, hotkey, netuid, state.read(ChildKeys, hotkey, netuid));
  ensure(!chosen.has(hotkey), "SubtensorModule.InvalidChild");
  ensure(chosen.size <= MAX_CHILDREN, "SubtensorModule.TooManyChildren");
  checkProportions(chosen);
  checkSeparate(chosen, parents);
  const isFree = children.length === 0 || totalStakeOfHotkey(context, hotkey) >= state.read(StakeThreshold);
  const isOwners = state.has(SubnetOwnerHotkey, netuid) && state.read(SubnetOwnerHotkey, netuid) === hotkey;
  ensure(isFree || isOwners, "SubtensorModule.NotEnoughStakeToSetChildkeys");
}

/** Has a hotkey's checked children wait, or sets them at once where the subnet has not started. */
export function scheduleChildren(context: RuleContext, hotkey: Account, netuid: number, children: Family): void {
  const { state, emit } = context;
  recordDone(state, LIMIT, hotkey, netuid);
  if (!state.read(SubtokenEnabled, netuid)) {
    setChildren(context, hotkey, netuid, children);
    return;
  }
  const cooldownBlock = state.read(BlockNumber) + Number(state.read(PendingChildKeyCooldown));
  state.write(PendingChildKeys, netuid, hotkey, [children, cooldownBlock]);
  emit({ name: "SubtensorModule.SetChildrenScheduled", hotkey, netuid, cooldownBlock, children });
}

/** Sets the children of a subnet whose cooldown is over, in order of hotkeys; all of them where it has not started. */
export function applyPendingChildren(context: RuleContext, netuid: number): void {
  const { state } = context;
  const now = state.read(BlockNumber);
  const isStarted = state.read(SubtokenEnabled, netuid);
  for (const [[, hotkey], [children, cooldownBlock]] of state.entries(PendingChildKeys, netuid)) {
    if (isStarted && cooldownBlock >= now) continue;
    setChildren(context, hotkey, netuid, children);
    state.remove(PendingChildKeys, netuid, hotkey);
  }
}

/** Has the root's validators that allow it lend all their stake to the owner's hotkey; what fails a check is left out. */
export function delegateRootValidators(context: RuleContext, netuid: number): void {
  const { state } = context;
  const owner = state.read(SubnetOwnerHotkey, netuid);
  for (const [, hotkey] of state.entries(Keys, ROOT_NETUID)) {
    if (hotkey === owner || !state.read(AutoParentDelegationEnabled, hotkey)) continue;
    attempt(context, (within) => {
      checkChildren(within, ownerOf(state, hotkey), hotkey, netuid, [[WHOLE, owner]]);
      scheduleChildren(within, hotkey, netuid, [[WHOLE, owner]]);
    });
  }
}

/** Gives a hotkey these children instead of those it has; nothing happens where they no longer fit its parents. */
function setChildren(context: RuleContext, hotkey: Account, netuid: number, children: Family): void {
  attempt(context, ({ state, emit }) => {
    const { children: chosen, parents } = relations(state, hotkey, netuid, children);
    const before = relativesOf(state.read(ChildKeys, hotkey, netuid));
    store(state, ChildKeys, hotkey, netuid, sorted(chosen));
    mirror(state, ParentKeys, hotkey, netuid, before, chosen);
    const parentsBefore = relativesOf(state.read(ParentKeys, hotkey, netuid));
    store(state, ParentKeys, hotkey, netuid, sorted(parents));
    mirror(state, ChildKeys, hotkey, netuid, parentsBefore, parents);
    emit({ name: "SubtensorModule.SetChildren", hotkey, netuid, children });
  });
}

/** A hotkey's children, as given, and parents, without itself. Errors: ProportionOverflow, ChildParentInconsistency. */
function relations(state: State, hotkey: Account, netuid: number, children: Family) {
  const notItself = ([, other]: Family[number]) => other !== hotkey;
  const chosen = relativesOf(children.filter(notItself));
  const parents = relativesOf(state.read(ParentKeys, hotkey, netuid).filter(notItself));
  checkProportions(chosen);
  checkSeparate(chosen, parents);
  return { children: chosen, parents };
}

/** Enters a hotkey in the lists of its relatives, and takes it out of those of former ones. */
function mirror(
  state: State,
  item: FamilyItem,
  hotkey: Account,
  netuid: number,
  before: Relatives,
  after: Relatives,
): void {
  for (const [relative, proportion] of after) {
    const list = state.read(item, relative, netuid);
    const at = list.findIndex(([, other]) => other === hotkey);
    const place = at < 0 ? list.length : at;
    store(state, item, relative, netuid, [...list.slice(0, place), [proportion, hotkey], ...list.slice(place + 1)]);
  }
  for (const relative of before.keys()) {
    if (after.has(relative)) continue;
    const list = state.read(item, relative, netuid);
    store(
      state,
      item,
      relative,
      netuid,
      list.filter(([, other]) => other !== hotkey),
    );
  }
}

function store(state: State, item: FamilyItem, hotkey: Account, netuid: number, family: Family): void {
  if (family.length === 0) state.remove(item, hotkey, netuid);
  else state.write(item, hotkey, netuid, family);
}

const relativesOf = (family: Family): Relatives => new Map(family.map(([proportion, other]) => [other, proportion]));

const sorted = (relatives: Relatives): Family =>
  [...relatives].sort(([a], [b]) => (a < b ? -1 : 1)).map(([other, proportion]) => [proportion, other] as const);

function checkProportions(children: Relatives): void {
  const sum = [...children.values()].reduce((total, proportion) => total + proportion, 0n);
  ensure(sum <= WHOLE, "SubtensorModule.ProportionOverflow");
}

function checkSeparate(children: Relatives, parents: Relatives): void {
  ensure(![...children.keys()].some((child) => parents.has(child)), "SubtensorModule.ChildParentInconsistency");
}
