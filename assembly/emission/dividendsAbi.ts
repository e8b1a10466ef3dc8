/**
 * The ABI of stake inheritance and dividends. A table of hotkeys: hotkeysBegin → fill scalars and arrays → one of the
 * operations, as often as wanted → read the arrays. It lives until memory is given back by whoever begins next.
 */
import * as arena from "../arena";
import { ERROR_FIELD, ERROR_STATE } from "../contract";
import { u32At } from "../linear/array";
import { check } from "../trap";
import * as contract from "./contract";
import * as delegateTake from "./delegateTake";
import { distribute, split } from "./dividends";
import * as inheritance from "./inheritance";
import * as keys from "./keys";
import { share } from "./parentShares";

const MAX_U16: u32 = 65535;

/** Where the table begins and the arena's era it was drawn in; nothing is held at first. */
let floor: usize = 0;
let era: u32 = 0;
let held: bool = false;

/** Draws a table, dropping the one before, clears it and returns the address of its scalars (HOTKEY_SCALAR_*). */
export function hotkeysBegin(hotkeys: u32, parents: u32, children: u32): usize {
  check(hotkeys <= <u32>contract.MAX_HOTKEYS, contract.ERROR_HOTKEYS, hotkeys);
  check(parents <= <u32>contract.MAX_LINKS, contract.ERROR_LINKS, parents);
  check(children <= <u32>contract.MAX_LINKS, contract.ERROR_LINKS, children);
  if (isHeld()) arena.release(floor);
  else floor = arena.mark();
  held = false;
  const bytes = keys.layOut(0, hotkeys, parents, children);
  const base = arena.alloc(bytes);
  keys.layOut(base, hotkeys, parents, children);
  memory.fill(base, 0, bytes);
  era = arena.era;
  held = true;
  return base;
}

/** Address of an array of the table (HOTKEY_*). */
export function hotkeysArray(id: i32): usize {
  check(isHeld(), ERROR_STATE, <u64>id);
  return keys.address(id);
}

/** Computes inherited stake and own contribution of every hotkey. */
export function inheritStake(): void {
  demandTable();
  inheritance.inheritStake();
}

/** Shares one hotkey's dividends with its parents; returns how many shares HOTKEY_SHARES holds, its own last. */
export function shareDividends(hotkey: u32, dividends: u64): u32 {
  demandTable();
  check(hotkey < keys.count, contract.ERROR_HOTKEY, hotkey);
  keys.setRecycled(share(hotkey, dividends));
  return u32At(keys.parentRows, hotkey + 1) - u32At(keys.parentRows, hotkey) + 1;
}

/** Splits given dividends (HOTKEY_DIVIDENDS where HOTKEY_EARNS) by root and alpha stake and scales them to the pots. */
export function splitDividends(): void {
  demandTable();
  split(keys.scalar(contract.HOTKEY_SCALAR_PENDING_VALIDATOR));
}

/** Distributes what the epoch gave: shared with parents, split, scaled to the pots. */
export function distributeDividends(): void {
  demandTable();
  distribute();
}

/** Address of the payout (PAYOUT_*), valid as long as the instance. */
export function payoutSlots(): usize {
  return delegateTake.slots();
}

/** Divides the payout between the delegate, whose take is a u16 over 65535, and all who stake. */
export function takePayout(take: u32): void {
  check(take <= MAX_U16, ERROR_FIELD, take);
  delegateTake.apply(take);
}

/** Whether the table is still there: nobody has given memory back since it was drawn. */
function isHeld(): bool {
  return held && arena.era === era;
}

function demandTable(): void {
  check(isHeld(), ERROR_STATE, 0);
  keys.validate();
}
