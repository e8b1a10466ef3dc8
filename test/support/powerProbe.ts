/**
 * What the pool's power costs, seen at the blocks of memory it draws: a root that truncated powers find draws none, and a series draws
 * fewer once ln 2 is known; a whole exponent is written out, as is whatever is asked for so. The long ways give the same
 * answers, so that nothing else tells whether a short one is taken.
 */
import * as abi from "../../assembly/pool/contract.js";

/** The pool's exports, over an arena that counts. */
export interface PowerProbe {
  readonly memory: WebAssembly.Memory;
  poolSlots(): number;
  poolApply(operation: number): number;
  poolPower(path: number): number;
  draws(): number;
}

/** The door, in AssemblyScript; its imports start at build/. */
export const POWER_PROBE = `
export * from "../assembly/pool/abi";
export { draws } from "../assembly/arena";
`;

const WHOLE = 10n ** 18n;
const U64_MAX = (1n << 64n) - 1n;
const PRICE_ONE = 1n << 64n;

type Slots = Readonly<Record<number, bigint>>;

/** Something asked of the pool. */
interface Question {
  readonly name: string;
  readonly slots: Slots;
  readonly ask: (probe: PowerProbe) => void;
}

const operation =
  (id: number) =>
  ({ poolApply }: PowerProbe) => {
    poolApply(id);
  };

const power = ({ poolPower }: PowerProbe) => {
  poolPower(abi.POWER_QUICK);
};

const AMOUNTS = [1_000n, 1_234_567n, 500_000_000_000n, 700_000_000_000_000n];

/** Swaps of pools whose weights are so many thousandths, small and large, either way. */
function swaps(weights: readonly bigint[]): Question[] {
  return weights.flatMap((mille) =>
    AMOUNTS.flatMap((amount) =>
      [abi.POOL_OPERATION_BUY, abi.POOL_OPERATION_SELL].map((id): Question => {
        const slots = {
          [abi.POOL_ALPHA_RESERVE]: 1_700_000_000_003n,
          [abi.POOL_TAO_RESERVE]: 900_000_000_001n,
          [abi.POOL_QUOTE_WEIGHT]: (mille * WHOLE) / 1000n,
          [abi.POOL_FEE_RATE]: 33n,
          [abi.POOL_AMOUNT]: amount,
          [abi.POOL_PRICE_LIMIT]: id === abi.POOL_OPERATION_BUY ? (1n << 128n) - 1n : 0n,
        };
        return { name: `swap ${id} of ${amount} at a weight of ${mille} thousandths`, slots, ask: operation(id) };
      }),
    ),
  );
}

/** Ways to a limit so far that the power is no u64: a little so, and by far. */
function limits(): Question[] {
  return [600n, 1000n, 5000n, 1n << 40n].map((times) => ({
    name: `the way to ${times} times the price`,
    slots: {
      [abi.POOL_TAO_RESERVE]: 5_000_000n,
      [abi.POOL_QUOTE_WEIGHT]: (501n * WHOLE) / 1000n,
      [abi.POOL_PRICE_NOW]: PRICE_ONE,
      [abi.POOL_PRICE_LIMIT]: times * PRICE_ONE,
    },
    ask: operation(abi.POOL_OPERATION_QUOTE_DELTA_IN),
  }));
}

/** Equal weights, and those whose exponent is no whole number either way. */
const FRACTIONAL = [12n, 333n, 499n, 500n, 501n, 988n];

const bare = (n: bigint, d: bigint, p: bigint, q: bigint, precision: bigint, scale: bigint): Question => ({
  name: `(${n}/${d})^(${p}/${q})·${scale} to ${precision} bits`,
  slots: {
    [abi.POWER_BASE_NUMERATOR]: n,
    [abi.POWER_BASE_DENOMINATOR]: d,
    [abi.POWER_EXPONENT_NUMERATOR]: p,
    [abi.POWER_EXPONENT_DENOMINATOR]: q,
    [abi.POOL_FEE_RATE]: precision,
    [abi.POOL_AMOUNT]: scale,
  },
  ask: power,
});

/** Answers of every length up to 63 bits, and none at all. Of 64 bits, few can be told from one more. */
function roots(): Question[] {
  const lengths = Array.from({ length: 63 }, (_, k) => bare(11n, 13n, 3n, 2n, 0n, U64_MAX >> BigInt(k + 1)));
  return [
    ...lengths,
    bare(7n, 9n, 1n, 1n, 0n, WHOLE),
    bare(1n, 1n, 1n, 1n, 0n, WHOLE),
    bare(1n, 1n << 100n, 7n, 3n, 0n, 5n),
    bare(9n, 9n, 2n, 3n, 0n, 5n),
  ];
}

/** Series to working bits on either side of where one ln 2 is kept and where the other; each is asked about in turn. */
const SERIES = [
  [488n, 1024n],
  [489n, 256n],
  [300n, 1000n],
] as const;

/** What is wrong first with the ways that are taken; undefined if nothing is. */
export function wrongWay(probe: PowerProbe): string | undefined {
  const drawn = ({ slots, ask }: Question): number => {
    const view = new BigUint64Array(probe.memory.buffer, probe.poolSlots(), 2 * abi.POOL_SLOTS).fill(0n);
    for (const [slot, value] of Object.entries(slots)) {
      view[2 * Number(slot)] = value & U64_MAX;
      view[2 * Number(slot) + 1] = value >> 64n;
    }
    const before = probe.draws();
    ask(probe);
    return probe.draws() - before;
  };
  for (const question of [...swaps(FRACTIONAL), ...limits(), ...roots()]) {
    const blocks = drawn(question);
    if (blocks > 0) return `${question.name} draws ${blocks} blocks`;
  }
  // A cube, which a single division gives sooner than a root's bits one by one.
  if (drawn(bare(2n, 3n, 3n, 1n, 0n, WHOLE)) === 0) return "a whole exponent is not written out";
  const writtenOut = { ...bare(7n, 9n, 3n, 2n, 0n, WHOLE), ask: () => probe.poolPower(abi.POWER_WRITTEN_OUT) };
  if (drawn(writtenOut) === 0) return "what is to be written out is not";
  for (const precisions of SERIES) {
    const round = () => precisions.map((bits) => drawn(bare(2n, 3n, 1n, 1n << 60n, bits, WHOLE)));
    const [first, again] = [round(), round()];
    if (again.some((blocks, k) => blocks >= first[k]!)) return `ln 2 to ${precisions.join(" and ")} bits is not kept`;
  }
  return undefined;
}
