/**
 * Inputs at single points where the arithmetic turns and which random input does not hit: each stands here because a wrong
 * kernel once passed without it (test/mutation). Answers come from the BigInt twin.
 */
import { FORMATS } from "./fixed.js";
import { E_23 } from "./real.js";
import type { EpochSnapshot, StoredRow } from "./types.js";

const ONE = 1n << 32n;
/** What kappa 32767 leaves of a whole: 2^32 − 2147450879. */
const MINORITY = 2147516417n;

/** Powers of two and their neighbours, whole and as halves of the last step: conversions of integers and doubles. */
function conversions(): string[] {
  const powers = Array.from({ length: 64 }, (_, k) => 1n << BigInt(k));
  const integers = powers.flatMap((power) => [power - 1n, power, power + 1n]);
  return FORMATS.flatMap(({ name, fraction }) => {
    const step = 2 ** -Number(fraction);
    const ties = [0.5, 1, 1.5, 2.5, 3.5, 4.5, 0.25, 0.75, 2 ** 52 - 0.5].map((halves) => String(halves * step));
    const large = Array.from({ length: 130 }, (_, k) => [String(2 ** k), String(1.75 * 2 ** k)]).flat();
    const doubles = [...ties, ...large].flatMap((text) => [text, `-${text}`]);
    return [
      ...integers.filter((n) => n < 1n << 64n).map((n) => `${name}.fromu64 ${n}`),
      ...integers.filter((n) => n < 1n << 63n).flatMap((n) => [`${name}.fromi64 ${n}`, `${name}.fromi64 -${n}`]),
      ...doubles.map((text) => `${name}.fromf64 ${text}`),
    ];
  });
}

/** Exponents up to and across the point where the series no longer fits, in eighths; and logarithms around e. */
function functions(): string[] {
  const signed = FORMATS.filter((format) => format.signed);
  const exponents = Array.from({ length: 700 }, (_, k) => BigInt(k));
  const near = Array.from({ length: 81 }, (_, k) => BigInt(k - 20));
  return signed.flatMap(({ name, one, fraction }) => [
    ...exponents.flatMap((eighths) => [`${name}.exp ${(eighths * one) / 8n}`, `${name}.exp ${(-eighths * one) / 8n}`]),
    ...near.map((offset) => `${name}.ln ${(E_23 << (fraction - 23n)) + 180n + offset}`),
  ]);
}

/** The sigmoid where weight and bond are the same, and a step apart. */
function sigmoids(): string[] {
  const levels = [0n, 1n, ONE / 4n, ONE / 2n, ONE - 1n, ONE];
  const rest = `${(45875n * ONE) / 65535n} ${(58982n * ONE) / 65535n} ${1000n << 32n}`;
  return levels.flatMap((weight) =>
    levels.flatMap((consensus) =>
      [-1n, 0n, 1n].map((offset) => `i32f32.alpha_sigmoid ${consensus} ${weight} ${weight + offset} ${rest}`),
    ),
  );
}

/** Zero to the power of zero and its neighbours; roots at which Newton's steps end in two turns that never meet. */
function powers(): string[] {
  const turning = [1n, 2n, 3n, 5n].flatMap((k) => [k << 32n, k << 31n]).flatMap((m) => [m - 1n, m + 1n]);
  return FORMATS.flatMap(({ name }) => [
    ...["0 0", "0 1", "0 -1", "0 -2147483648"].map((operands) => `${name}.checked_pow ${operands}`),
    ...turning.map((m) => `${name}.sqrt ${(m * m - 1n) >> 32n}`),
  ]);
}

/** Quotients whose first digit is guessed as large as a digit can be, and guesses with nothing left over. */
function quotients(): string[] {
  const low = [1n, 1n << 32n, (1n << 63n) + 1n, (1n << 64n) - 1n];
  return FORMATS.filter((format) => format.bits === 128n).flatMap(({ name, signed }) =>
    [1n << 62n, (1n << 62n) + 1n, 1n << 63n, (1n << 63n) + 1n].flatMap((d1) => {
      const divisorHigh = signed ? d1 >> 1n : d1;
      return low.flatMap((d0) => {
        const divisor = (divisorHigh << 64n) | d0;
        const dividends = [divisor - 1n, divisor - d0, divisor - d0 + 1n, divisorHigh * 12345n, divisorHigh << 40n];
        return dividends.map((dividend) => `${name}.div ${dividend} ${divisor}`);
      });
    }),
  );
}

/** Lines of fixed point. */
export function edgeLines(): string[] {
  return [...conversions(), ...functions(), ...sigmoids(), ...powers(), ...quotients()];
}

const PLAIN: EpochSnapshot = {
  n: 4,
  currentBlock: 1000,
  tempo: 360,
  lastMechanismStepBlock: 640,
  activityCutoff: 5000,
  kappa: 32767,
  bondsPenalty: 65535,
  bondsMovingAverage: "900000",
  yuma3: true,
  liquidAlpha: false,
  alphaLow: 45875,
  alphaHigh: 58982,
  alphaSigmoidSteepness: 1000,
  maxAllowedValidators: 64,
  stakeThreshold: "0",
  ownerUid: null,
  commitRevealEnabled: false,
  commitBlocks: null,
  raoEmission: "1000000000",
  taoWeight: "0",
  lastUpdate: [900, 900, 900, 900],
  blockAtRegistration: [1, 2, 3, 4],
  validatorPermit: [true, true, false, false],
  alphaStake: [String(MINORITY), String(ONE - MINORITY), "0", "0"],
  taoStake: ["0", "0", "0", "0"],
  weights: rows([[2, 3], [3, 1]], [[2, 1], [3, 3]]), // biome-ignore format: a matrix
  bonds: rows([[2, 9000], [3, 1]], [[2, 700], [3, 65535]]), // biome-ignore format: a matrix
};

function rows(...first: [number, number][][]): StoredRow[] {
  return Array.from({ length: 4 }, (_, uid) => first[uid] ?? []);
}

/** Snapshots: stake equal to the minority, averages at the edge of their range, bonds onto uids that are not there. */
export function edgeSnapshots(): EpochSnapshot[] {
  const averages = [
    "2147483647999999",
    "2147483648000000",
    "2147483648000001",
    "1073741824000000",
    "0",
    "1000000",
    "18446744073709551615",
    "18446744073708551616",
  ];
  const far: Partial<EpochSnapshot> = { liquidAlpha: true, lastMechanismStepBlock: 0, currentBlock: 2, tempo: 1 };
  const young = { lastUpdate: [2, 2, 2, 2], blockAtRegistration: [0, 0, 0, 0] };
  const stakes = (...rao: bigint[]) => ({ alphaStake: [...rao.map(String), "0", "0"] });
  return [
    PLAIN,
    { ...PLAIN, ...stakes(MINORITY + 1n, ONE - MINORITY - 1n) },
    { ...PLAIN, weights: rows([[2, 1]], [[2, 1], [3, 3]]) }, // biome-ignore format: a matrix
    { ...PLAIN, ...stakes(MINORITY + 1n, ONE - MINORITY - 1n), weights: rows([[2, 1]], [[2, 1], [3, 3]]) }, // biome-ignore format: a matrix
    // Those who do not weigh a uid hold the minority of stake to the last bit, one less, and one more.
    ...[-1n, 0n, 1n].flatMap((more) => {
      const stake = stakes(ONE - MINORITY - more, MINORITY + more);
      return [
        { ...PLAIN, ...stake, weights: rows([[2, 1]], [[3, 1]]) }, // biome-ignore format: a matrix
        { ...PLAIN, ...stake, weights: rows([[2, 9], [3, 1]], [[3, 1]]) }, // biome-ignore format: a matrix
        { ...PLAIN, ...stake, weights: rows([[2, 9], [3, 1], [1, 2]], [[3, 1], [0, 5]]) }, // biome-ignore format: a matrix
      ];
    }),
    ...averages.flatMap((bondsMovingAverage) =>
      [false, true].map((yuma3) => ({ ...PLAIN, bondsMovingAverage, yuma3, bondsPenalty: 32768 })),
    ),
    { ...PLAIN, ...far, ...young, bonds: rows([[9, 5], [2, 60000]], [[65535, 1], [3, 400]]) }, // biome-ignore format: a matrix
    // A bond onto the first uid that is not there, before one that liquid alpha therefore does not see.
    { ...PLAIN, liquidAlpha: true, bonds: rows([[4, 5], [2, 60000]]) }, // biome-ignore format: a matrix
    // A zero weight beside an old bond that liquid alpha does not see, after a row in which it sees the same one: on
    // slopes at which a single bit shows.
    ...[200, 300, 350, 400, 450, 500, -300, -400].map((alphaSigmoidSteepness) => ({
      ...PLAIN,
      liquidAlpha: true,
      bondsPenalty: 0,
      alphaLow: 0,
      alphaHigh: 65535,
      alphaSigmoidSteepness,
      weights: rows([[2, 5]], [[2, 0], [3, 5]]), // biome-ignore format: a matrix
      bonds: rows([[2, 60000]], [[3, 9000], [2, 60000]]), // biome-ignore format: a matrix
    })),
    // Three thirds are less than a whole, which is what a full kappa asks for: the minority is negative.
    {
      ...PLAIN,
      kappa: 65535,
      validatorPermit: [true, true, true, false],
      alphaStake: ["5", "5", "5", "0"],
      weights: rows([[3, 1], [1, 1]], [[3, 1]], [[3, 1], [1, 7]]), // biome-ignore format: a matrix
    },
    { ...PLAIN, liquidAlpha: true, weights: rows([[2, 7]], [[3, 1]]), bonds: rows([[2, 65535]], [[3, 65535]]) },
    {
      ...PLAIN,
      liquidAlpha: true,
      kappa: 65535,
      weights: rows([[2, 7]], [[3, 1]]),
      bonds: rows([[2, 65535]], [[3, 65535]]),
    },
  ];
}
