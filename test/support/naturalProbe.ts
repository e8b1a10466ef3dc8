/** A door to the pool's numbers of any length, which the kernel does not export, and what must be true behind it. */
import { wrongMantissa, wrongRounding } from "./mantissaProbe.js";
import { limbsOf, Memory, numbers, OVER_A, OVER_B, OWN, U64_MAX } from "./naturalMemory.js";
import { answeredNothing, wrongGuess, wrongQuotient } from "./naturalQuotients.js";

type Binary = (out: number, a: number, b: number) => void;
type WithWord = (out: number, a: number, word: bigint) => bigint | number | undefined;

/** What it lets one do. */
export interface NaturalProbe {
  readonly memory: WebAssembly.Memory;
  readonly add: Binary;
  readonly sub: Binary;
  readonly mul: Binary;
  readonly addSigned: Binary;
  readonly subSigned: Binary;
  readonly mulSigned: Binary;
  readonly mulSmall: WithWord;
  readonly divSmall: WithWord;
  readonly mulSmallSigned: WithWord;
  readonly divSmallSigned: WithWord;
  readonly shiftLeft: WithWord;
  readonly shiftRight: WithWord;
  readonly shiftRightSigned: WithWord;
  divide(out: number, a: number, b: number, rest: number, divisor: number): void;
  set(out: number, low: bigint, high: bigint): void;
  copy(out: number, a: number): void;
  compare(a: number, b: number): number;
  bitLength(a: number): bigint;
  /** The address of a fresh number with room for so many limbs. */
  draw(limbs: number): number;
  /** out ← a·parts / 10^18 rounded half up, a as two words, out of two. */
  mulRound(out: number, low: bigint, high: bigint, parts: bigint): void;
  mantissaOf(out: number, low: bigint, high: bigint): void;
  mantissaMul: Binary;
  mantissaPower(out: number, a: number, k: bigint): void;
  mantissaOrder(a: number, b: number): number;
  mantissaBits(a: number): bigint;
}

/** The door, in AssemblyScript; its imports start at build/. */
export const NATURAL_PROBE = `
import * as integer from "../assembly/pool/integer";
import * as natural from "../assembly/pool/natural";
import * as mantissa from "../assembly/pool/mantissa";
import * as perquintill from "../assembly/pool/perquintill";
export { divide } from "../assembly/pool/division";
export { add, bitLength, compare, copy, divSmall, draw, mul, mulSmall, set, shiftLeft, shiftRight, sub } from "../assembly/pool/natural";
export function addSigned(out: usize, a: usize, b: usize): void { integer.add(out, a, b); }
export function subSigned(out: usize, a: usize, b: usize): void { integer.sub(out, a, b); }
export function mulSigned(out: usize, a: usize, b: usize): void { integer.mul(out, a, b); }
export function mulSmallSigned(out: usize, a: usize, factor: u64): void { integer.mulSmall(out, a, factor); }
export function divSmallSigned(out: usize, a: usize, divisor: u64): void { integer.divSmall(out, a, divisor); }
export function shiftRightSigned(out: usize, a: usize, bits: u64): void { integer.shiftRight(out, a, bits); }
const operand = memory.data(16);
export function mulRound(out: usize, low: u64, high: u64, parts: u64): void {
  store<u64>(operand, low);
  store<u64>(operand, high, 8);
  perquintill.mulRound(out, operand, parts);
}
export function mantissaOf(out: usize, low: u64, high: u64): void { mantissa.set(out, low, high); }
export function mantissaMul(out: usize, a: usize, b: usize): void { mantissa.mul(out, a, b); }
export function mantissaPower(out: usize, a: usize, k: u64): void { mantissa.power(out, a, k); }
export function mantissaOrder(a: usize, b: usize): i32 { return mantissa.order(a, b); }
export function mantissaBits(a: usize): i64 { return mantissa.bitLength(a); }
`;

/** An operation: whom it is asked about, how many limbs it may write, and what comes out. */
interface Operation {
  readonly name: string;
  readonly run: (out: number, a: number, b: number) => unknown;
  readonly expected: (a: bigint, b: bigint) => bigint | null;
  /** Limbs, of a and b with n and m. */
  readonly room: (n: number, m: number) => number;
  /** Where the result may lie: in a slot of its own, over a, over b. */
  readonly places: readonly number[];
  /** What is returned, if anything is. */
  readonly returns?: (a: bigint, b: bigint) => bigint;
}

const floorDiv = (a: bigint, b: bigint) => (a < 0n && a % b !== 0n ? a / b - 1n : a / b);
const WORDS = [1n, 2n, 3n, 10n, (1n << 32n) - 1n, 1n << 32n, (1n << 63n) - 1n, 1n << 63n, U64_MAX - 1n, U64_MAX];
const SHIFTS = [0n, 1n, 31n, 63n, 64n, 65n, 127n, 128n, 129n, 191n, 192n, 256n, 320n, 321n];

function operationsOf(probe: NaturalProbe): { pairs: Operation[]; signed: Operation[] } {
  const longest = (n: number, m: number) => Math.max(n, m) + 1;
  const natural: Operation[] = [
    { name: "add", run: probe.add, expected: (a, b) => a + b, room: longest, places: [OWN, OVER_A, OVER_B] },
    {
      name: "sub",
      run: probe.sub,
      expected: (a, b) => (a < b ? null : a - b),
      room: (n) => n,
      places: [OWN, OVER_A],
    },
    { name: "mul", run: probe.mul, expected: (a, b) => a * b, room: (n, m) => n + m, places: [OWN] },
    { name: "copy", run: probe.copy, expected: (a) => a, room: (n) => n, places: [OWN] },
  ];
  const signed: Operation[] = [
    {
      name: "addSigned",
      run: probe.addSigned,
      expected: (a, b) => a + b,
      room: longest,
      places: [OWN, OVER_A, OVER_B],
    },
    {
      name: "subSigned",
      run: probe.subSigned,
      expected: (a, b) => a - b,
      room: longest,
      places: [OWN, OVER_A, OVER_B],
    },
    { name: "mulSigned", run: probe.mulSigned, expected: (a, b) => a * b, room: (n, m) => n + m, places: [OWN] },
  ];
  return { pairs: natural, signed };
}

function withWords(probe: NaturalProbe): {
  words: Operation[];
  signedWords: Operation[];
  shifts: Operation[];
  signedShifts: Operation[];
} {
  const by = (call: WithWord, word: bigint) => (out: number, a: number) => call(out, a, word);
  const places = [OWN, OVER_A];
  const whole = (bits: bigint) => Number(bits >> 6n);
  const left = (n: number, bits: bigint) => Math.max(n - whole(bits), 0);
  return {
    words: WORDS.flatMap((word): Operation[] => [
      {
        name: `mulSmall ${word}`,
        run: by(probe.mulSmall, word),
        expected: (a) => a * word,
        room: (n) => n + 1,
        places,
      },
      {
        name: `divSmall ${word}`,
        run: by(probe.divSmall, word),
        expected: (a) => a / word,
        room: (n) => n,
        places,
        returns: (a) => a % word,
      },
    ]),
    signedWords: WORDS.flatMap((word): Operation[] => [
      {
        name: `mulSmallSigned ${word}`,
        run: by(probe.mulSmallSigned, word),
        expected: (a) => a * word,
        room: (n) => n + 1,
        places,
      },
      {
        name: `divSmallSigned ${word}`,
        run: by(probe.divSmallSigned, word),
        expected: (a) => floorDiv(a, word),
        room: (n) => n + 1,
        places,
      },
    ]),
    shifts: SHIFTS.flatMap((bits): Operation[] => [
      {
        name: `shiftLeft ${bits}`,
        run: by(probe.shiftLeft, bits),
        expected: (a) => a << bits,
        room: (n) => n + whole(bits) + 1,
        places,
      },
      {
        name: `shiftRight ${bits}`,
        run: by(probe.shiftRight, bits),
        expected: (a) => a >> bits,
        room: (n) => left(n, bits),
        places,
        returns: (a) => (a === (a >> bits) << bits ? 0n : 1n),
      },
    ]),
    signedShifts: SHIFTS.map((bits) => ({
      name: `shiftRightSigned ${bits}`,
      run: by(probe.shiftRightSigned, bits),
      expected: (a: bigint) => a >> bits,
      room: (n: number) => left(n, bits) + 2,
      places,
    })),
  };
}

/** What is wrong first with the numbers of any length; undefined if nothing is. Calls `goesOn` now and then. */
export function wrongNatural(probe: NaturalProbe, goesOn: () => void = () => {}): string | undefined {
  const memory = new Memory(probe);
  const all = numbers();
  const partners = (k: number) => [1, 7, 19, 40].map((step) => all[(k * step + step) % all.length]!);
  const { pairs, signed } = operationsOf(probe);
  const { words, signedWords, shifts, signedShifts } = withWords(probe);
  for (const [k, a] of all.entries()) {
    goesOn();
    for (const b of partners(k)) {
      const signs = [[a, b], [-a, b], [a, -b], [-a, -b]] as const; // biome-ignore format: four signs
      const wrong =
        firstOf(pairs, (one) => wrongResult(memory, one, a, b)) ??
        firstOf(signed, (one) => firstOf(signs, ([x, y]) => wrongResult(memory, one, x, y))) ??
        wrongOrder(probe, memory, a, b) ??
        wrongQuotient(probe, memory, a * (b + 1n) + (k % 3 === 0 ? 0n : a - 1n), a) ??
        wrongQuotient(probe, memory, a, b) ??
        wrongQuotient(probe, memory, (a << 128n) - b, b) ??
        wrongQuotient(probe, memory, a * b - 1n, b) ??
        // What is left of a digit one too large, down to the last limb that later digits show.
        firstOf([1n, U64_MAX, 1n << 64n], (less) => wrongQuotient(probe, memory, (a * b - less) << 256n, b));
      if (wrong !== undefined) return wrong;
    }
    const wrong =
      firstOf([...words, ...shifts], (one) => wrongResult(memory, one, a, 0n)) ??
      firstOf([...signedWords, ...signedShifts], (one) => wrongResult(memory, one, -a, 0n));
    if (wrong !== undefined) return wrong;
  }
  return (
    wrongGuess(probe, memory) ??
    answeredNothing(probe, memory) ??
    wrongRounding(probe, memory) ??
    wrongMantissa(probe, memory)
  );
}

function firstOf<T>(list: readonly T[], of: (one: T) => string | undefined): string | undefined {
  for (const one of list) {
    const wrong = of(one);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function wrongResult(memory: Memory, operation: Operation, a: bigint, b: bigint): string | undefined {
  const { name, run, expected, room, places, returns } = operation;
  const right = expected(a, b);
  if (right === null) return undefined;
  for (const place of places) {
    memory.spoil(OWN);
    memory.put(OVER_A, a);
    memory.put(OVER_B, b);
    const returned = run(memory.at(place), memory.at(OVER_A), memory.at(OVER_B));
    const found = memory.take(
      place,
      Math.max(room(limbsOf(a), limbsOf(b)), place === OWN ? 0 : limbsOf(place === OVER_A ? a : b)),
    );
    const text = `${name} of ${a} and ${b} in ${place}: ${found}, not ${right}`;
    if (found !== right) return text;
    if (returns !== undefined && BigInt.asUintN(64, BigInt(returned as bigint | number)) !== returns(a, b))
      return `${text}; returned ${returned}`;
    if (place !== OVER_A && memory.take(OVER_A, limbsOf(a)) !== a) return `${text}; a is changed`;
    if (place !== OVER_B && memory.take(OVER_B, limbsOf(b)) !== b) return `${text}; b is changed`;
  }
  return undefined;
}

function wrongOrder(probe: NaturalProbe, memory: Memory, a: bigint, b: bigint): string | undefined {
  for (const [x, y] of [
    [a, b],
    [b, a],
    [a, a],
    [a, a + 1n],
  ] as const) {
    // biome-ignore format: four orders
    memory.put(OVER_A, x);
    memory.put(OVER_B, y);
    const found = probe.compare(memory.at(OVER_A), memory.at(OVER_B));
    if (found !== (x < y ? -1 : x > y ? 1 : 0)) return `compare of ${x} and ${y}: ${found}`;
    const bits = x === 0n ? 0 : x.toString(2).length;
    if (Number(probe.bitLength(memory.at(OVER_A))) !== bits) return `bitLength of ${x}`;
  }
  return undefined;
}
