/**
 * Epochs for the fused path, and what it may fall back on in each: a kernel that refuses it, or does by hand what eight lanes could do, gives the
 * right result and is wrong all the same. What is expected follows from the input: how it says so stands beside each.
 */
import { REFUSED_ROWS, REFUSED_SPARSE, REFUSED_STAKE } from "../../assembly/contract.js";
import {
  alone,
  type Change,
  every,
  type FusedEdge,
  handed,
  type Kind,
  likeUids,
  naming,
  only,
  refused,
  type Shape,
  SMALL,
  SPARSE,
  silentMinority,
  unlessLiquid,
} from "./fusedEdge.js";
import type { StoredRow } from "./types.js";

/** Which columns are laid out. */
function columns(): FusedEdge[] {
  return [
    // As wide as blocks are, and as the uids; and not.
    ...[8, 9, 15, 16, 17, 24, 64].flatMap((n) => every(`${n} uids`, { n, validators: 5 }, () => ({}))),
    ...[8, 16, 17].flatMap(
      (count) =>
      every(`${count} columns of 150 uids`, SPARSE, naming((uid) => uid % 5 === 2 && uid < 5 * count)), // biome-ignore format: a call
    ),
    // So few that all uids would not fit where these do.
    ...every("16 columns of 500 uids", { n: 500, validators: 9 }, naming((uid) => uid > 90 && uid < 107)), // biome-ignore format: a call
    ...every("16 columns of 500 uids, by more rows", { n: 500, validators: 40 }, naming((uid) => uid > 90 && uid < 107)), // biome-ignore format: a call
    ...every("more bonds than weights", { n: 500, validators: 40 }, ({ weights, bonds }) => ({
      weights: only(weights, (uid) => uid > 90 && uid < 106),
      bonds: only(bonds, (uid) => uid > 90 && uid < 107),
    })), // biome-ignore format: a call
    // Whoever reads beyond a row finds values that might be uids.
    ...every("values that might be uids", { n: 500, validators: 40 }, ({ weights, bonds }) => ({
      weights: likeUids(only(weights, (uid) => uid > 90 && uid < 107)),
      bonds: likeUids(only(bonds, (uid) => uid > 90 && uid < 107)),
    }), alone), // biome-ignore format: a call
    // The first row there is has a single uid, and nobody else has that one.
    ...every("uid 0 in the first row alone", SPARSE, (s) => ({
      validatorPermit: s.validatorPermit.map((permit, uid) => permit && uid !== 0),
      weights: only(s.weights, (uid, row) => row > 0 && (row === 1 ? uid === 0 : uid > 130)),
      bonds: only(s.bonds, (uid, row) => row > 1 && uid > 130),
    }), handed(1)), // biome-ignore format: a call
    ...every("every uid weighed by one validator each", SPARSE, naming((uid, row) => uid % 9 === row), alone), // biome-ignore format: a call
    // Rows as long as the one before, which go on as it does and end elsewhere: whoever takes them for the same misses columns.
    ...[4, 7, 8, 12, 15, 16, 20, 23].flatMap(
      (same) =>
      every(`rows that part after ${same} uids`, SPARSE, naming((uid, row) => {
        const first = 40 + 10 * row;
        return uid < same || (uid >= first && uid < first + 24 - same);
      }), alone), // biome-ignore format: a call
    ),
    ...[0, 7, 8, 9, 15, 16].flatMap(
      (at) =>
      every(`rows that differ in their uid ${at}`, SPARSE, naming((uid, row) => {
        const isOther = uid === 41 + 2 * at;
        return row % 2 === 0 || uid >> 1 !== 20 + at ? !isOther && uid % 2 === 0 && uid > 38 && uid < 74 : isOther;
      }), alone), // biome-ignore format: a call
    ),
    // A row ends, and the next goes on where it would have gone on.
    ...every("rows that go on where the one before ends", SPARSE, ({ weights, bonds }) => ({
      weights: only(weights, (uid, row) => Math.floor(uid / 12) === row && (row % 2 === 1 || uid !== 12 * row + 1)),
      bonds: only(bonds, (uid) => uid < 108),
    }), alone), // biome-ignore format: a call
    ...every("rows of sixteen that part after eight", SPARSE, naming((uid, row) => uid < 8 || uid >> 3 === 3 + row), alone), // biome-ignore format: a call
    // Nothing is stored but bonds, in as much room as they take.
    ...[57, 64].flatMap((n) => every(`bonds of all ${n} uids, and no weights`, { n, validators: 8 }, ({ weights }) => ({ weights: weights.map(() => []) }))), // biome-ignore format: a call
    ...every("nobody weighs or holds anything", SPARSE, naming(() => false), refused(REFUSED_SPARSE)), // biome-ignore format: a call
  ];
}

const sawNothing: Change = ({ n }) => ({
  rules: 446,
  liquidAlphaConsensusMode: "previous",
  previousConsensus: Array.from({ length: n }, () => 0),
});
const pairs = ({ n, validators }: Shape, kind: Kind) => (kind.liquidAlpha ? { alphas: n * validators } : {});

/** Stakes of 2^-32 buy nothing under Yuma 2, so that one validator has all of every column. */
const barely = (shape: Shape, kind: Kind) => (kind.yuma3 ? handed(1)(shape) : alone(shape));

/** Columns by hand: those with a weight of one, in Yuma 2 those one validator has all of, under liquid alpha all if α may be zero. */
function byHand(): FusedEdge[] {
  const column = (_: Shape, kind: Kind) => ({ columns: kind.yuma3 ? 0 : 1 });
  return [
    ...every("a row of one weight", SMALL, ({ weights }) => ({ weights: only(weights, (uid, row) => row !== 2 || uid === 20) }), handed(1)), // biome-ignore format: a call
    // Those who do not weigh it hold what kappa leaves of all stake to the last bit, one less, and one more.
    ...[-1n, 0n, 1n].flatMap(
      (more) =>
      every(`a row of one weight, silent stake of the minority and ${more}`, SMALL, ({ n, weights }) => ({
        alphaStake: silentMinority(n, more),
        weights: only(weights, (uid, row) => (row === 2 ? uid === 20 : row !== 0 || uid !== 20)),
      }), barely), // biome-ignore format: a call
    ),
    ...every("rows of one weight", SMALL, ({ weights }) => ({ weights: only(weights, (uid, row) => row % 2 === 0 || uid === 12 + row) }), handed(4)), // biome-ignore format: a call
    ...every("a bond nobody else holds", SMALL, ({ bonds }) => ({ bonds: only(bonds, (uid, row) => uid !== 20 || row === 3) }), column), // biome-ignore format: a call
    ...every("a weight nobody else gives", SMALL, ({ weights }) => ({ kappa: 0, weights: only(weights, (uid, row) => uid !== 20 || row === 3) }), column), // biome-ignore format: a call
    ...every("α from 0", SMALL, () => ({ alphaLow: 0 }), ({ n, validators }, kind) => kind.liquidAlpha ? { columns: n, alphas: n * validators } : {}), // biome-ignore format: a call
    ...every("α from 65535", SMALL, () => ({ alphaLow: 65535 }), ({ n, validators }, kind) => kind.liquidAlpha ? { columns: n, alphas: n * validators } : {}), // biome-ignore format: a call
    // Liquid alpha wants some consensus. That there is none is seen at the end, and all is done again without it.
    ...every("a last consensus of none", SMALL, sawNothing),
    ...every("a last consensus of none, α from 0", SMALL, (s) => ({ ...sawNothing(s), alphaLow: 0 }), pairs), // biome-ignore format: a call
    ...every("one column", SPARSE, naming((uid) => uid === 77), handed(1)), // biome-ignore format: a call
    ...every("flat α", SMALL, () => ({ alphaLow: 50000, alphaHigh: 50000 }), () => ({ alphas: 0 })), // biome-ignore format: a call
  ];
}

/**
 * Averages of Yuma 2 that sum to exactly one, as halves and quarters do: in every other column, that it is seen in what the rows earn; and their
 * codes, of which some are the largest.
 */
function sums(): FusedEdge[] {
  const weighed = (uid: number) => uid >= 16 && uid < 48;
  const parts = (uid: number, row: number) =>
    (uid % 2 === 0 ? [16384, 16384, 32768] : [30000, 20000, 500 * uid])[row] ?? 0;
  return every("averages that sum to one", { n: 64, validators: 3 }, ({ alphaStake, weights, bonds }) => ({
    bondsMovingAverage: 500_000,
    alphaStake: alphaStake.map((_, uid) => ["2000000", "1000000", "1000000"][uid] ?? "0"),
    weights: weights.map((row) => row.filter(([uid]) => weighed(uid)).map(([uid]) => [uid, 16384] as const)),
    bonds: bonds.map((row, i) => row.filter(([uid]) => weighed(uid)).map(([uid]) => [uid, parts(uid, i)] as const)),
  }), ({ n, validators }) => ({ quotients: n * validators, shares: n * validators })); // biome-ignore format: a call
}

/**
 * Weights that consensus cuts by d with d·(65537·penalty) one more than a multiple of 2^32: what is left of the cut is rounded up for the last
 * bit's sake. With all incentive on one column and nearly nothing kept of old bonds it is seen in what the rows earn.
 */
function cuts(): FusedEdge[] {
  const found = [
    { bondsPenalty: 59895, more: [32397, 866], less: [37364, 3002] },
    { bondsPenalty: 26247, more: [48770, 1113], less: [61836, 1813] },
  ];
  return found.flatMap(
    ({ bondsPenalty, more, less }) =>
    every(`a cut rounded for its last bit, of a penalty of ${bondsPenalty}`, { n: 32, validators: 3 }, ({ weights }) => ({
      bondsPenalty,
      bondsMovingAverage: 1,
      weights: weights.map((row, i) => row.slice(0, 2).map((_, k) => [20 + k, (i === 1 ? more : less)[k]!] as const)),
    }), (shape) => ({ ...alone(shape), alphas: shape.n * shape.validators })), // biome-ignore format: a call
  );
}

/** What it refuses. */
function refusals(): FusedEdge[] {
  const stakes = (stakeOf: (uid: number) => string): Change => {
    return ({ alphaStake }) => ({ alphaStake: alphaStake.map((_, uid) => stakeOf(uid)) });
  };
  const zero = (weights: readonly StoredRow[], at: number): StoredRow[] =>
    weights.map((row) => row.map(([uid, value]) => [uid, uid === at ? 0 : value] as const));
  return [
    ...every("all stake with one", SMALL, stakes((uid) => (uid === 4 ? "7" : "0")), refused(REFUSED_STAKE)), // biome-ignore format: a call
    ...every("halves of the stake", SMALL, stakes((uid) => (uid < 2 ? "7" : "0")), alone), // biome-ignore format: a call
    ...[3, 8, 16, 17, 35, 36].flatMap(
      (at) =>
      every(`a zero on uid ${at}`, SMALL, ({ weights }) => ({ weights: zero(weights, at) }), unlessLiquid), // biome-ignore format: a call
    ),
  ];
}

/** Rows as they are spread out: who has one, where their entries lie, and what they sum to. */
function spread(): FusedEdge[] {
  // Twelve uids a row, which all have a column; of every other row one is left out.
  const twelves =
    (leftOut: number): Change =>
    ({ weights, bonds }) => ({
      weights: only(
        weights,
        (uid, row) => Math.floor(uid / 12) === row && (row % 2 === 1 || uid !== 12 * row + leftOut),
      ),
      bonds: only(bonds, (uid) => uid < 108),
    });
  return [
    ...every("a single row, without stake", SMALL, ({ alphaStake, weights, bonds }) => ({
      validatorPermit: alphaStake.map((_, uid) => uid === 4),
      alphaStake: alphaStake.map((_, uid) => (uid === 4 ? "0" : "7")),
      weights: only(weights, (_, row) => row === 4),
      bonds: only(bonds, (_, row) => row === 4),
    }), alone), // biome-ignore format: a call
    // Of bonds, the weights before them are looked at; whoever goes backwards comes to what one without a permit weighs.
    ...every("bonds that go on as the weights two rows before", SPARSE, ({ validatorPermit, weights, bonds }) => ({
      validatorPermit: validatorPermit.map((permit, uid) => permit && uid !== 0),
      weights: only(weights, (uid, row) => uid < 8 || uid >> 3 === (row === 0 ? 4 : 5)),
      bonds: only(bonds, (uid, row) => row > 0 && (uid < 8 || (row === 1 && uid >> 3 === 4))),
    }), alone), // biome-ignore format: a call
    ...every("a row that names the uid there would be next", SMALL, ({ n, weights }) => ({
      weights: weights.map((row, i) => (i === 2 ? [[n, 9] as const] : row)),
    }), refused(REFUSED_ROWS)), // biome-ignore format: a call
    ...every("rows of which each goes on where the one before ends", SPARSE, twelves(-1), alone),
    ...every("rows whose last seven go on in the next one", SPARSE, twelves(4), alone),
    // Whoever goes backwards from where bonds begin comes to the weights, and of row 56 to eight uids that its own would be without a gap.
    ...every("bonds with a gap, of those weights have none", { n: 150, validators: 64 }, ({ weights, bonds }) => ({
      weights: only(weights, (uid) => uid >= 40 && uid < 48),
      bonds: only(bonds, (uid) => uid === 40 || (uid > 41 && uid < 56)),
    })), // biome-ignore format: a call
    ...every("no row at all", SMALL, ({ n, bonds }) => ({ validatorPermit: Array(n).fill(false), bonds: only(bonds, () => false) }), refused(REFUSED_SPARSE)), // biome-ignore format: a call
    // Its row lies behind all that anybody has written: whoever looks for its first weight comes to the end of memory.
    ...every("a last row that weighs nothing", { n: 64, validators: 64 }, ({ weights, bonds }) => ({
      weights: only(weights, (uid, row) => row !== 63 && uid >> 3 === 5 && (uid + row) % 2 === 0),
      bonds: only(bonds, () => false),
    })), // biome-ignore format: a call
    ...every("rows that sum to 2^23 and more", SPARSE, ({ weights }) => ({
      weights: weights.map((row, i) => row.map(([uid]) => [uid, 65535 - ((7 * uid + 3 * i) % 1000)] as const)),
    })), // biome-ignore format: a call
    ...every("a row of one weight, an even number of rows", { n: 37, validators: 8 }, ({ weights }) => ({
      weights: only(weights, (uid, row) => row !== 2 || uid === 20),
    }), handed(1)), // biome-ignore format: a call
    // A weight of a half or more has its quantile by hand: silent stake as for columns by hand.
    ...[-1n, 0n, 1n].flatMap(
      (more) =>
      every(`a row of two weights, silent stake of the minority and ${more}`, SMALL, ({ n, weights }) => ({
        alphaStake: silentMinority(n, more),
        weights: only(weights, (uid, row) => (row === 2 ? uid === 20 || uid === 21 : row !== 0 || uid !== 20)),
      }), alone), // biome-ignore format: a call
    ),
  ];
}

/** What the α of liquid alpha asks of consensus: whether there is any, to the last bit of the stake that has none of it, and what one is. */
function liquidAlpha(): FusedEdge[] {
  const even = (shape: Shape, kind: Kind) => (kind.yuma3 ? {} : alone(shape));
  return [
    // Of every column the minority holds back its stake, to the last bit, one less, and one more, and then there is no consensus.
    ...[-1n, 0n, 1n].flatMap(
      (more) =>
      every(`everybody but the minority and ${more} weighs`, SMALL, ({ n, weights }) => ({
        alphaStake: silentMinority(n, more),
        weights: only(weights, (_, row) => row !== 0),
      }), even), // biome-ignore format: a call
    ),
    ...every("a last consensus of one", SMALL, ({ n }) => ({
      rules: 446,
      liquidAlphaConsensusMode: "previous",
      previousConsensus: Array.from({ length: n }, (_, uid) => (uid % 3 === 0 ? 65535 : 100 * uid)),
    })), // biome-ignore format: a call
  ];
}

/** All of them. */
export function fusedEdges(): FusedEdge[] {
  return [...columns(), ...byHand(), ...sums(), ...cuts(), ...spread(), ...refusals(), ...liquidAlpha()];
}
