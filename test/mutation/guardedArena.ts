/**
 * The kernel's arena for mutants: every block lies full of rubbish, is no longer than was asked for, and has a guard behind it. Giving
 * memory back traps where a guard is broken, so that whoever draws too little is caught by any question that fills what it drew.
 */
import { sourceOf } from "./source.js";

export const ARENA = "assembly/arena.ts";

/** Blocks: the one before, bytes, what was asked for, guard. Very large ones are drawn as ever; most of them are refused. */
const GUARDED = `
const GUARD: u64 = 0xdeadbeefdeadbeef;
const LARGE: u64 = 1 << 28;
let last: usize = 0;
let drawn: u32 = 0;

/** How many blocks were drawn so far. */
export function draws(): u32 {
  return drawn;
}

export function alloc(bytes: u64): usize {
  drawn++;
  if (bytes >= LARGE) return bareAlloc(bytes);
  const block = bareAlloc(bytes + 24);
  const address = block + 16;
  store<usize>(block, last);
  store<usize>(block, <usize>bytes, 8);
  memory.fill(address, 0x5a, <usize>bytes);
  store<u64>(address + <usize>bytes, GUARD);
  last = block;
  return address;
}

function leave(to: usize): void {
  while (last !== 0 && last >= to) {
    if (load<u64>(last + 16 + load<usize>(last, 8)) !== GUARD) unreachable();
    last = load<usize>(last);
  }
}

export function release(to: usize): void {
  leave(to);
  bareRelease(to);
}

export function giveBack(to: usize): void {
  leave(to);
  bareGiveBack(to);
}
`;

/** Its text, made of the arena's own. */
export function guardedArena(): string {
  let text = sourceOf(ARENA) ?? "";
  for (const [name, bare] of [
    ["alloc", "bareAlloc"],
    ["release", "bareRelease"],
    ["giveBack", "bareGiveBack"],
  ] as const) {
    if (!text.includes(`export function ${name}(`)) throw new Error(`${ARENA} has no ${name}.`);
    text = text.replace(`export function ${name}(`, `function ${bare}(`);
  }
  return text + GUARDED;
}
