/**
 * A snapshot laid out for the floating-point twin: numbers as doubles, matrices dense and column by column, so that all
 * validators' weights on one miner lie side by side. Done once; nothing is computed here.
 *
 * Rows are the uids that hold a permit or bonds, columns the uids somebody weighs or holds bonds of: where few uids are
 * weighed the others cost nothing.
 */
import type { CheckedSnapshot } from "../../host/marshal/snapshot.js";

/** No row. */
export const NO_ROW = 0xffff;

/** Everything the twin reads. R rows, C columns, n uids. */
export interface Layout {
  readonly n: number;
  readonly rows: number;
  readonly columns: number;
  /** Uid of each row and of each column. */
  readonly rowUid: Uint16Array;
  readonly columnUid: Uint16Array;
  /** The row that is the column's own uid and may not weigh itself; NO_ROW if there is none. */
  readonly selfRow: Uint16Array;
  /** C × R: stored u16, 0 where absent; rows without a permit hold no weights. */
  readonly weights: Uint16Array;
  readonly bonds: Uint16Array;
  /** C × R: 1 where a weight is stored, be it zero. Liquid alpha tells the two apart. */
  readonly present: Uint8Array;
  /** Blocks a uid; the rows' own updates and commits, absent commits infinite. */
  readonly lastUpdate: Float64Array;
  readonly registered: Float64Array;
  readonly rowUpdate: Float64Array;
  readonly rowCommit: Float64Array;
  /** Rao a uid. */
  readonly alphaStake: Float64Array;
  readonly taoStake: Float64Array;
  readonly permit: Uint8Array;
  readonly settings: Float64Settings;
}

/** The scalars as doubles; proportions in [0, 1]. */
export interface Float64Settings {
  readonly currentBlock: number;
  readonly tempo: number;
  readonly lastStep: number;
  readonly activityCutoff: number;
  readonly kappa: number;
  readonly bondsPenalty: number;
  /** 1 − moving average. */
  readonly alpha: number;
  readonly yuma3: boolean;
  readonly liquidAlpha: boolean;
  readonly alphaLow: number;
  readonly alphaHigh: number;
  readonly steepness: number;
  readonly maxAllowedValidators: number;
  readonly stakeThreshold: number;
  readonly taoWeight: number;
  readonly owner: number;
  readonly rao: number;
}

const U16 = 65535;
const NO_COMMIT = (1n << 64n) - 1n;

function settingsOf({ settings: s }: CheckedSnapshot): Float64Settings {
  return {
    currentBlock: Number(s.currentBlock),
    tempo: s.tempo,
    lastStep: Number(s.lastMechanismStepBlock),
    activityCutoff: Number(s.activityCutoff),
    kappa: s.kappa / U16,
    bondsPenalty: s.bondsPenalty / U16,
    alpha: 1 - Number(s.bondsMovingAverage) / 1e6,
    yuma3: s.yuma3,
    liquidAlpha: s.yuma3 && s.liquidAlpha,
    alphaLow: s.alphaLow / U16,
    alphaHigh: s.alphaHigh / U16,
    steepness: s.alphaSigmoidSteepness / 100,
    maxAllowedValidators: s.maxAllowedValidators,
    stakeThreshold: Number(s.stakeThreshold),
    taoWeight: Number(s.taoWeight) / 2 ** 64,
    owner: s.ownerUid ?? -1,
    rao: Number(s.raoEmission),
  };
}

/** The uids below n for which `take` holds. */
function uidsWhere(n: number, take: (uid: number) => boolean): Uint16Array {
  return Uint16Array.from(Array.from({ length: n }, (_, uid) => uid).filter(take));
}

/** Lays a checked snapshot out. Rules before spec 425, Null mode and a stored consensus are not the twin's business. */
export function layOut(snapshot: CheckedSnapshot): Layout {
  const { n } = snapshot.settings;
  if (
    snapshot.nullMode ||
    snapshot.rules.bondsMask !== "lastEpoch" ||
    snapshot.liquidAlphaConsensusMode !== "current"
  ) {
    throw new RangeError("The floating-point twin knows the rules of spec 425 only.");
  }
  const settings = settingsOf(snapshot);
  const permit = snapshot.validatorPermit.slice();
  if (settings.owner >= 0) permit[settings.owner] = 1;
  const used = new Uint8Array(65536);
  for (const uid of snapshot.weights.uids) used[uid] = 1;
  for (const uid of snapshot.bonds.uids) used[uid] = 1;
  const bondCount = (uid: number) => (snapshot.bonds.start[uid + 1] ?? 0) - (snapshot.bonds.start[uid] ?? 0);
  const rowUid = uidsWhere(n, (uid) => permit[uid] === 1 || bondCount(uid) > 0);
  const columnUid = uidsWhere(n, (uid) => used[uid] === 1);
  const doubles = (from: BigUint64Array) => Float64Array.from(from, Number);
  const registered = doubles(snapshot.blockAtRegistration);
  const lastUpdate = doubles(snapshot.lastUpdate);
  const commits = snapshot.settings.commitRevealEnabled ? snapshot.commitBlocks : null;
  const commitOf = (uid: number) => {
    const commit = commits?.[uid] ?? NO_COMMIT;
    return commit === NO_COMMIT ? Number.POSITIVE_INFINITY : Number(commit);
  };
  return {
    n,
    rows: rowUid.length,
    columns: columnUid.length,
    rowUid,
    columnUid,
    selfRow: columnUid.map((uid) => (uid === settings.owner ? NO_ROW : rowUid.indexOf(uid) & NO_ROW)),
    ...matrices(snapshot, permit, rowUid, columnUid),
    lastUpdate,
    registered,
    rowUpdate: Float64Array.from(rowUid, (uid) => lastUpdate[uid]!),
    rowCommit: Float64Array.from(rowUid, commitOf),
    alphaStake: doubles(snapshot.alphaStake),
    taoStake: doubles(snapshot.taoStake),
    permit,
    settings,
  };
}

function matrices(
  snapshot: CheckedSnapshot,
  permit: Uint8Array,
  rowUid: Uint16Array,
  columnUid: Uint16Array,
): Pick<Layout, "weights" | "bonds" | "present"> {
  const R = rowUid.length;
  const cells = R * columnUid.length;
  const columnOf = new Int32Array(65536).fill(-1);
  for (const [c, uid] of columnUid.entries()) columnOf[uid] = c;
  const weights = new Uint16Array(cells);
  const bonds = new Uint16Array(cells);
  const present = new Uint8Array(cells);
  for (const [r, uid] of rowUid.entries()) {
    const { weights: w, bonds: b } = snapshot;
    for (let e = w.start[uid]!; permit[uid] === 1 && e < w.start[uid + 1]!; e++) {
      const c = columnOf[w.uids[e]!]!;
      if (c < 0) continue;
      weights[c * R + r] = w.values[e]!;
      present[c * R + r] = 1;
    }
    for (let e = b.start[uid]!; e < b.start[uid + 1]!; e++) {
      const c = columnOf[b.uids[e]!]!;
      if (c >= 0) bonds[c * R + r] = b.values[e]!;
    }
  }
  return { weights, bonds, present };
}
