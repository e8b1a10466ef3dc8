/** What must be true of the pool's quotients of any length (division.ts). */
import { GUARD, limbsOf, type Memory, OVER_A, OVER_B, OWN, U64_MAX } from "./naturalMemory.js";
import type { NaturalProbe } from "./naturalProbe.js";

/** A quotient, its operands left alone, its scratch no longer than promised; undefined if all that is right, or b is 0. */
export function wrongQuotient(probe: NaturalProbe, memory: Memory, a: bigint, b: bigint): string | undefined {
  if (b === 0n || a < 0n) return undefined;
  const [REST, DIVISOR] = [3, 4];
  const [n, m] = [limbsOf(a), limbsOf(b)];
  for (const slot of [OWN, REST, DIVISOR]) memory.spoil(slot);
  memory.put(OVER_A, a);
  memory.put(OVER_B, b);
  const [out, numerator, denominator, rest, divisor] = [OWN, OVER_A, OVER_B, REST, DIVISOR].map((slot) =>
    memory.at(slot),
  );
  probe.divide(out!, numerator!, denominator!, rest!, divisor!);
  const found = memory.take(OWN, m === 1 ? Math.max(n, 2) : Math.max(n - m + 1, 2));
  if (found !== a / b) return `${a} / ${b}: ${found}, not ${a / b}`;
  if (memory.take(OVER_A, n) !== a || memory.take(OVER_B, m) !== b) return `${a} / ${b}: an operand is changed`;
  const isSpoilt = (slot: number, from: number) => memory.word(slot, 1 + from) === GUARD;
  return isSpoilt(REST, n + 1) && isSpoilt(DIVISOR, m + 1) ? undefined : `${a} / ${b}: scratch beyond its room`;
}

/** Quotients of one digit whose guess by the divisor's top limb is right, one too large or two, for tops from a half to one. */
export function wrongGuess(probe: NaturalProbe, memory: Memory): string | undefined {
  const parts = Array.from({ length: 16 }, (_, k) => (U64_MAX * BigInt(k + 1)) / 16n);
  for (const top of parts.slice(7))
    for (const digit of parts)
      for (const left of parts.filter((x) => x < top)) {
        const wrong = wrongQuotient(probe, memory, (digit * top + left) << 64n, (top << 64n) | U64_MAX);
        if (wrong !== undefined) return wrong;
      }
  return undefined;
}

/** A division by zero traps. */
export function answeredNothing(probe: NaturalProbe, memory: Memory): string | undefined {
  memory.put(OVER_A, U64_MAX);
  memory.put(OVER_B, 0n);
  const [out, numerator, denominator, rest, divisor] = [OWN, OVER_A, OVER_B, 3, 4].map((slot) => memory.at(slot));
  try {
    probe.divide(out!, numerator!, denominator!, rest!, divisor!);
  } catch {
    return undefined;
  }
  return "a division by zero is answered";
}
