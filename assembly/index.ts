/**
 * The ABI: everything the kernel exports, grouped by layer. Raw numbers and linear memory only, no imports.
 *
 * An epoch:  epochBegin → fill the input → epochRun → read epochField(…), or all of it at once by epochResult.
 * Several mechanisms:  mechanismsBegin, then for each an epoch and mechanismsAdd, then read aggregateField(…).
 */
import * as arena from "./arena";
import * as result from "./binary/result";
import { checkInput } from "./binary/snapshot";
import { counter } from "./consensus/counters";
import { choosePath, pathTaken, runEpoch, runGeneral } from "./consensus/epoch";
import { fieldAddress, isMatrixField } from "./consensus/fields";
import * as frame from "./consensus/frame";
import * as input from "./consensus/input";
import * as mechanisms from "./consensus/mechanisms";
import * as abi from "./contract";
import { check } from "./trap";

export { splitEmission, splitInput, weigh, weighingSlot } from "./consensus/mechanisms";
export { alphaSigmoid, sigmoidSlope } from "./consensus/sigmoid";
export * from "./emission/abi";
export * from "./emission/dividendsAbi";
export * from "./emission/registrationAbi";
export { fixedApply, fixedSlots } from "./fixed/apply";
export * from "./linear/abi";
export * from "./pool/abi";
export * from "./pool/sharesAbi";
export { errorCode, errorValue } from "./trap";

/** Where the arena is empty, and where it is empty but for an aggregate under way. */
const bottom: usize = arena.mark();
let floor: usize = bottom;
let aggregateUids: u32 = 0;
let inputBase: usize = 0;
/** Where the arena stands with nothing but the epoch in it; packed results lie above. */
let epochTop: usize = 0;
let hasRun: bool = false;
let hasMatrices: bool = false;

/** ABI_VERSION of the contract this kernel was built with. */
export function abiVersion(): i32 {
  return abi.ABI_VERSION;
}

/** Bytes an epoch of n uids with the given numbers of stored weights and bonds takes, beyond the empty kernel. */
export function epochBytes(n: u32, weights: u32, bonds: u32): u64 {
  check(n > 0 && n <= <u32>abi.MAX_UIDS, abi.ERROR_UIDS, n);
  check(weights <= <u32>abi.MAX_ENTRIES, abi.ERROR_ENTRIES, weights);
  check(bonds <= <u32>abi.MAX_ENTRIES, abi.ERROR_ENTRIES, bonds);
  return input.bytes(n, weights, bonds) + frame.bytes(n, weights, bonds);
}

/** Draws the memory of an epoch, dropping the one before, and returns the address of its scalars. */
export function epochBegin(n: u32, weights: u32, bonds: u32): usize {
  const bytes = epochBytes(n, weights, bonds);
  inputBase = 0;
  hasRun = false;
  arena.release(floor);
  const base = arena.alloc(bytes);
  input.draw(base, n, weights, bonds);
  const top = frame.draw(base + <usize>input.bytes(n, weights, bonds), n, weights, bonds);
  check(top === base + <usize>bytes, abi.ERROR_INTERNAL, top);
  inputBase = base;
  epochTop = arena.mark();
  return base;
}

/**
 * Refuses an input that did not come from a trusted host: all that `epochRun` checks, and what would merely give a result
 * nobody means, such as a uid twice in one row. Like `epochRun`, a refusal ends the epoch.
 */
export function epochCheck(): void {
  check(inputBase !== 0, abi.ERROR_STATE, 0);
  const base = inputBase;
  inputBase = 0;
  checkInput();
  inputBase = base;
}

/** Address of an input array (INPUT_*), valid until the next `epochBegin` or `mechanismsBegin`. */
export function epochInput(id: i32): usize {
  check(inputBase !== 0, abi.ERROR_STATE, <u64>id);
  return input.address(id);
}

/**
 * Runs the epoch over the filled input, which it does not change; may be called again after changing the input. A run that
 * traps ends the epoch: begin anew.
 */
export function epochRun(): void {
  check(inputBase !== 0, abi.ERROR_STATE, 0);
  const base = inputBase;
  inputBase = 0;
  hasRun = false;
  hasMatrices = false;
  runEpoch();
  inputBase = base;
  hasRun = true;
}

/**
 * Address of a result (FIELD_*), valid until the next `epochBegin` or `mechanismsBegin`. After a fused run the matrices are
 * computed when they are first asked for.
 */
export function epochField(id: i32): usize {
  check(hasRun, abi.ERROR_STATE, <u64>id);
  if (isMatrixField(id)) bringMatrices();
  return fieldAddress(id);
}

/** After a fused run, lets the general path fill the matrices behind the result, once. */
function bringMatrices(): void {
  if (pathTaken !== abi.PATH_FUSED || hasMatrices) return;
  runGeneral();
  hasMatrices = true;
}

/**
 * Packs the results of the epoch just run into one record of the binary format and returns its address, valid until the
 * next `epochResult`, `epochBegin` or `mechanismsBegin`; its length is the u64 at address + 8. Flags: RECORD_*.
 */
export function epochResult(flags: u32): usize {
  check(hasRun, abi.ERROR_STATE, 0);
  check((flags & ~abi.RECORD_MATRICES) === 0, abi.ERROR_VERSION, flags);
  if ((flags & abi.RECORD_MATRICES) !== 0) bringMatrices();
  arena.release(epochTop);
  const size = result.bytes(flags);
  const address = arena.alloc(size);
  result.write(address, size, flags);
  return address;
}

/** Which path the epochs to come take (PATH_*): to compare them, or to measure one. */
export function epochPath(path: i32): void {
  choosePath(path);
}

/** The path the last epoch took. */
export function epochPathTaken(): i32 {
  return pathTaken;
}

/** How the last epoch went (COUNTER_*): how often the fused path had to be exact the slow way, or why it was refused. */
export function epochCounter(id: i32): u32 {
  return counter(id);
}

/** Starts an aggregate of n uids; epochs begun after it do not touch it. 0 ends it and frees its memory. */
export function mechanismsBegin(n: u32): void {
  check(n <= <u32>abi.MAX_UIDS, abi.ERROR_UIDS, n);
  inputBase = 0;
  hasRun = false;
  arena.release(bottom);
  if (n > 0) mechanisms.start(arena.alloc(mechanisms.bytes(n)), n);
  aggregateUids = n;
  floor = arena.mark();
}

/** Adds the epoch just run, which was given `part` of `total` rao; `first` is 1 for mechanism 0. */
export function mechanismsAdd(part: u64, total: u64, first: i32): void {
  check(hasRun && input.n === aggregateUids, abi.ERROR_STATE, input.n);
  mechanisms.add(part, total, first !== 0);
}

/** Address of an aggregate array (AGGREGATE_*): u64 a uid. */
export function aggregateField(id: i32): usize {
  check(aggregateUids > 0, abi.ERROR_STATE, <u64>id);
  return mechanisms.array(id);
}
