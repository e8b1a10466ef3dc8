/**
 * The hotkeys of a subnet and all that dividends depend on, as one table in memory; contract.ts (HOTKEY_*) names the
 * arrays. Hotkeys are numbered in the order of their bytes: the host knows their names, the kernel only their places.
 * A hotkey may have any parents, itself among them, and the same one more than once; the chain takes links as they come.
 */
import { align } from "../arena";
import { ERROR_FIELD, ERROR_ROWS } from "../contract";
import { u16At, u32At, u64At } from "../linear/array";
import { check } from "../trap";
import * as abi from "./contract";

const WIDE_SHIFT: usize = 4;

/** Hotkeys in the table. */
export let count: u32 = 0;
let parentCount: u32 = 0;
let childCount: u32 = 0;

let scalars: usize = 0;
// U96F32, and I64F64 for the total, a hotkey
export let dividends: usize = 0;
export let alphaDividends: usize = 0;
export let rootDividends: usize = 0;
export let totalStake: usize = 0;
/** Scratch, U96F32 a link: what each parent of one hotkey contributes. */
export let contributions: usize = 0;
// u64 a hotkey, rao
export let alpha: usize = 0;
export let rootTao: usize = 0;
export let server: usize = 0;
export let validator: usize = 0;
export let inheritedAlpha: usize = 0;
export let inheritedTao: usize = 0;
export let ownContribution: usize = 0;
/** u64, alpha-rao: room for every parent link and one more. */
export let shares: usize = 0;
// u64 a link, over 2^64 − 1
export let parentProportions: usize = 0;
export let childProportions: usize = 0;
// u32: row starts, places, coldkeys
export let parentRows: usize = 0;
export let parents: usize = 0;
export let childRows: usize = 0;
export let owner: usize = 0;
/** u16 a hotkey, over 65535. */
export let childkeyTake: usize = 0;
// u8 a hotkey, 0 or 1
export let emitted: usize = 0;
export let earns: usize = 0;

/** Lays the table out from `address` on, every array aligned to 8 bytes, and returns where it ends. */
export function layOut(address: usize, hotkeys: u32, parentLinks: u32, childLinks: u32): usize {
  count = hotkeys;
  parentCount = parentLinks;
  childCount = childLinks;
  const wide = (<usize>hotkeys) << WIDE_SHIFT;
  const column = (<usize>hotkeys) << 3;
  const rows = align((<usize>hotkeys + 1) << 2);
  scalars = address;
  dividends = scalars + (abi.HOTKEY_SCALARS << 3);
  alphaDividends = dividends + wide;
  rootDividends = alphaDividends + wide;
  totalStake = rootDividends + wide;
  contributions = totalStake + wide;
  alpha = contributions + ((<usize>parentLinks) << WIDE_SHIFT);
  rootTao = alpha + column;
  server = rootTao + column;
  validator = server + column;
  inheritedAlpha = validator + column;
  inheritedTao = inheritedAlpha + column;
  ownContribution = inheritedTao + column;
  shares = ownContribution + column;
  parentProportions = shares + ((<usize>parentLinks + 1) << 3);
  childProportions = parentProportions + ((<usize>parentLinks) << 3);
  parentRows = childProportions + ((<usize>childLinks) << 3);
  childRows = parentRows + rows;
  parents = childRows + rows;
  owner = parents + align((<usize>parentLinks) << 2);
  childkeyTake = owner + align((<usize>hotkeys) << 2);
  emitted = childkeyTake + align((<usize>hotkeys) << 1);
  earns = emitted + align(<usize>hotkeys);
  return earns + align(<usize>hotkeys);
}

/** Address of an array by its number (HOTKEY_*). */
export function address(id: i32): usize {
  check(id >= 0 && id < abi.HOTKEY_ARRAYS, ERROR_FIELD, <u64>id);
  if (id >= abi.HOTKEY_INHERITED_ALPHA) return resultAddress(id);
  switch (id) {
    case abi.HOTKEY_ALPHA:
      return alpha;
    case abi.HOTKEY_ROOT_TAO:
      return rootTao;
    case abi.HOTKEY_SERVER:
      return server;
    case abi.HOTKEY_VALIDATOR:
      return validator;
    case abi.HOTKEY_OWNER:
      return owner;
    case abi.HOTKEY_CHILDKEY_TAKE:
      return childkeyTake;
    case abi.HOTKEY_EMITTED:
      return emitted;
    case abi.HOTKEY_PARENT_ROWS:
      return parentRows;
    case abi.HOTKEY_PARENT_PROPORTIONS:
      return parentProportions;
    case abi.HOTKEY_PARENTS:
      return parents;
    case abi.HOTKEY_CHILD_ROWS:
      return childRows;
    default:
      return childProportions;
  }
}

function resultAddress(id: i32): usize {
  switch (id) {
    case abi.HOTKEY_INHERITED_ALPHA:
      return inheritedAlpha;
    case abi.HOTKEY_INHERITED_TAO:
      return inheritedTao;
    case abi.HOTKEY_TOTAL_STAKE:
      return totalStake;
    case abi.HOTKEY_OWN_CONTRIBUTION:
      return ownContribution;
    case abi.HOTKEY_SHARES:
      return shares;
    case abi.HOTKEY_DIVIDENDS:
      return dividends;
    case abi.HOTKEY_EARNS:
      return earns;
    case abi.HOTKEY_ALPHA_DIVIDENDS:
      return alphaDividends;
    default:
      return rootDividends;
  }
}

/** Scalar k of the table (HOTKEY_SCALAR_*). */
export function scalar(k: u32): u64 {
  return u64At(scalars, k);
}

/** The alpha-rao recycled so far. */
export function setRecycled(alphaRao: u64): void {
  store<u64>(scalars + (abi.HOTKEY_SCALAR_RECYCLED << 3), alphaRao);
}

/** Address of entry i of a vector of 16-byte numbers. */
export function wide(vector: usize, i: u32): usize {
  return vector + ((<usize>i) << WIDE_SHIFT);
}

/** u16 over 65535: what hotkey i keeps of its parents' dividends. */
export function takeOf(i: u32): u32 {
  return u16At(childkeyTake, i);
}

/** Traps unless both sets of rows are well formed and every parent is in the table. */
export function validate(): void {
  checkRows(parentRows, parentCount);
  checkRows(childRows, childCount);
  for (let k: u32 = 0; k < parentCount; k++) check(u32At(parents, k) < count, abi.ERROR_HOTKEY, u32At(parents, k));
}

function checkRows(starts: usize, links: u32): void {
  check(u32At(starts, 0) === 0, ERROR_ROWS, 0);
  for (let i: u32 = 0; i < count; i++) check(u32At(starts, i) <= u32At(starts, i + 1), ERROR_ROWS, i);
  check(u32At(starts, count) === links, ERROR_ROWS, count);
}
