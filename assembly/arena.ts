/**
 * Memory: one bump arena above the static data. Nothing is ever freed by itself; a caller marks the top, allocates, and
 * releases back to the mark, or gives back what was wanted in passing only.
 *
 *   0 ........ __heap_base ................ top ............ memory.size()
 *   | static   | allocated, 8-byte aligned  | free           |
 */
import { ERROR_MEMORY } from "./contract";
import { check } from "./trap";

const PAGE_BITS: usize = 16;
const ALIGN_MASK: usize = 7;

let top: usize = align(__heap_base);

/** Grows whenever memory is given back: what was drawn before it grew may be gone. */
export let era: u32 = 0;

/** Grows whenever memory above the top was used in passing: what lay there, a row of weights, may be gone; what was drawn stands. */
export let passes: u32 = 0;

/** `bytes` rounded up to a multiple of 8. */
export function align(bytes: usize): usize {
  return (bytes + ALIGN_MASK) & ~ALIGN_MASK;
}

/** The present top of the arena, to be handed back to `release`. */
export function mark(): usize {
  return top;
}

/** Gives back everything allocated since `to` was marked. */
export function release(to: usize): void {
  if (to < top) era++;
  top = to;
}

/** Gives back what was drawn in passing since `to` was marked. */
export function giveBack(to: usize): void {
  if (to < top) passes++;
  top = to;
}

/** Reserves `bytes`, growing memory where needed, and returns the address (8-byte aligned, contents undefined). */
export function alloc(bytes: u64): usize {
  const end = <u64>top + <u64>align(<usize>bytes);
  check(bytes < 1 << 32 && end < 1 << 32, ERROR_MEMORY, bytes);
  const have = (<u64>memory.size()) << PAGE_BITS;
  if (end > have) {
    const pages = <i32>((end - have + 0xffff) >> PAGE_BITS);
    check(memory.grow(pages) >= 0, ERROR_MEMORY, bytes);
  }
  const address = top;
  top = <usize>end;
  return address;
}
