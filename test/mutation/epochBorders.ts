/** The border of the kernel's epoch, asked as emissionBorders.ts asks: rows that fall, paths and counters there are not, what lies in memory before an epoch. */
import * as abi from "../../assembly/contract.js";
import { makeSubnet } from "../../bench/subnet.js";
import { runEpoch } from "../../host/api/epoch.js";
import type { Kernel, KernelExports } from "../../host/load/kernel.js";
import { checkSnapshot } from "../../host/marshal/snapshot.js";
import { beginEpoch } from "../../host/marshal/write.js";
import { fusedEdges } from "../oracle/fusedEdges.js";
import { counters } from "../support/counters.js";
import { fresh, traps, words } from "./fresh.js";

const MOST_ROWS = 20;
const ROWS = [abi.INPUT_WEIGHT_ROWS, abi.INPUT_BOND_ROWS] as const;
/** Every row whose start may lie above the next one's, by number of uids: the first starts at 0. */
const FALLS = Array.from({ length: MOST_ROWS + 1 }, (_, n) =>
  Array.from({ length: Math.max(n - 1, 0) }, (_, k) => k + 1),
);

/** Rows of which one ends before it starts, wherever that may be; the one before it is empty, or is not. */
const rowsFall = (kernel: Kernel) => {
  const exports = fresh(kernel);
  const broken = (id: number, n: number, row: number, empty: boolean) => () => {
    exports.epochBegin(n, 2 * n, 2 * n);
    for (const rows of ROWS) {
      // What lies behind them is no smaller.
      const starts = words(exports, exports.epochInput(rows), n + 3).fill(0xffffffff);
      for (let i = 0; i <= n; i++) starts[i] = 2 * i;
      if (rows === id && empty && row > 1) starts[row] = starts[row - 1]!;
      if (rows === id) starts[row + 1] = starts[row]! - 1;
    }
    exports.epochRun();
  };
  return ROWS.map((id) =>
    FALLS.map((falls, n) =>
      traps(
        exports,
        falls.flatMap((row) => [broken(id, n, row, true), broken(id, n, row, false)]),
      ),
    ).join("; "),
  ).join("; ");
};

const SHAPE = { n: 20, validators: 4, density: 1, seed: 1, yuma3: true, liquidAlpha: true, bondsPenalty: 32768 };

/** A kernel of its own with an epoch run by a path. */
function ranBy(kernel: Kernel, path: number, yuma3 = true): KernelExports {
  const exports = fresh(kernel);
  const own = { module: kernel.module, exports, memory: exports.memory };
  beginEpoch(own, checkSnapshot(makeSubnet({ ...SHAPE, yuma3, liquidAlpha: yuma3 })));
  exports.epochPath(path);
  exports.epochRun();
  return exports;
}

/** Paths there are not; which was taken and what was counted; counters there are not. */
const paths = (kernel: Kernel) => {
  const exports = fresh(kernel);
  const refused = traps(
    exports,
    [-1, abi.PATH_CHOOSE, abi.PATH_FUSED, abi.PATH_FUSED + 1].map((path) => () => exports.epochPath(path)),
  );
  const taken = [abi.PATH_CHOOSE, abi.PATH_GENERAL, abi.PATH_FUSED].map((path) => {
    const ran = ranBy(kernel, path);
    return `${ran.epochPathTaken()} ${ran.epochCounter(abi.COUNTER_REFUSAL)}`;
  });
  const ids = [-1, 0, abi.COUNTERS - 1, abi.COUNTERS];
  return `${refused}; ${taken.join(", ")}; ${traps(
    exports,
    ids.map((id) => () => exports.epochCounter(id)),
  )}`;
};

/** Matrices behind a result that the fused path made, each asked for before anything else: those of the general path. */
const matricesFirst = (kernel: Kernel) => {
  const ids = Array.from({ length: abi.FIELD_WEIGHT_MASKS - abi.FIELD_WEIGHTS + 1 }, (_, k) => abi.FIELD_WEIGHTS + k);
  const read = (path: number, id: number, yuma3: boolean) => {
    const ran = ranBy(kernel, path, yuma3);
    return words(ran, ran.epochField(id), 60).join();
  };
  const differs = (id: number, yuma3: boolean) => read(abi.PATH_FUSED, id, yuma3) !== read(abi.PATH_GENERAL, id, yuma3);
  const wrong = [...ids.filter((id) => differs(id, true)), ...(differs(abi.FIELD_BONDS_DELTA, false) ? ["delta"] : [])];
  return wrong.join(" ") || "same";
};

/** A run in Null mode over the memory of ordinary ones, by the path that fills all of it, leaves nothing of them behind. */
const nullAfterYuma = (kernel: Kernel) => {
  const liquid = abi.FLAG_YUMA3 | abi.FLAG_LIQUID_ALPHA;
  return `${leftAfter(kernel, [liquid, 0, abi.FLAG_NULL_MODE])}; ${leftAfter(kernel, [0, liquid, abi.FLAG_NULL_MODE])}`;
};

/** What is in memory after runs under these flags, one after the other. */
function leftAfter(kernel: Kernel, runs: readonly number[]): string {
  beginEpoch(kernel, checkSnapshot(makeSubnet({ ...SHAPE, n: 5, validators: 2, bondsPenalty: 65535 })));
  const inputs = kernel.exports.epochInput(abi.INPUT_LAST_UPDATE);
  const scalars = new BigUint64Array(kernel.memory.buffer, inputs - 8 * abi.SCALARS, abi.SCALARS);
  kernel.exports.epochPath(abi.PATH_GENERAL);
  for (const flags of runs) {
    scalars[abi.SCALAR_FLAGS] = BigInt(flags);
    kernel.exports.epochRun();
  }
  kernel.exports.epochPath(abi.PATH_CHOOSE);
  const matrices = [
    abi.FIELD_CLIPPED_WEIGHTS,
    abi.FIELD_WEIGHTS_FOR_BONDS,
    abi.FIELD_OLD_BONDS,
    abi.FIELD_EMA_BONDS,
    abi.FIELD_BONDS_DELTA,
  ];
  const vectors = [
    abi.FIELD_CONSENSUS_BITS,
    abi.FIELD_LIQUID_CONSENSUS,
    abi.FIELD_VALIDATOR_TRUST_BITS,
    abi.FIELD_MEDIAN_STAKE,
    abi.FIELD_RANKS,
    abi.FIELD_BOND_TOTALS,
  ];
  const { buffer } = kernel.memory;
  const field = (id: number) => kernel.exports.epochField(id);
  const entries = matrices.map((id) => new Uint32Array(buffer, field(id) + 8, 6).at(-1));
  const zero = vectors.map((id) => Number(new BigInt64Array(buffer, field(id), 5).some((bits) => bits !== 0n)));
  const weights = new Uint32Array(buffer, field(abi.FIELD_WEIGHTS), 8);
  const first = new BigInt64Array(buffer, field(abi.FIELD_WEIGHTS) + 32, weights[3]).reduce((sum, w) => sum + w, 0n);
  const stake = [...new BigInt64Array(buffer, field(abi.FIELD_ACTIVE_STAKE_BITS), 5)];
  return `${entries.join("")} ${zero.join("")} ${weights[3]} ${first >> 24n} ${stake.join(",")}`;
}

const EDGES = new Map(fusedEdges().map(({ name, snapshot }) => [name, snapshot]));
const handed = (kind: number) => EDGES.get(`a row of one weight, silent stake of the minority and -1, kind ${kind}`);

/**
 * Whether there are rows divided exactly, columns by hand, exact α and exact shares, one epoch after the other: of columns with one holder,
 * whose quotients are whole and so never proved in doubles, under Yuma 2, and with α of their own, which are exact by hand; by the general path none.
 */
const counts = (kernel: Kernel) => {
  const exports = fresh(kernel);
  const own = { module: kernel.module, exports, memory: exports.memory };
  const told = (snapshot: unknown, path: number) => {
    exports.epochPath(path);
    runEpoch(own, snapshot as never);
    const { quotients, columns, alphas, shares } = counters(own);
    return [quotients, columns, alphas, shares].map((count) => Number(count > 0)).join("");
  };
  const [yuma2, liquid] = [handed(0), handed(4)];
  return [told(yuma2, abi.PATH_FUSED), told(liquid, abi.PATH_FUSED), told(yuma2, abi.PATH_GENERAL)].join(" ");
};

/** By name; each returns text. */
export const epochBorders = { rowsFall, paths, matricesFirst, nullAfterYuma, counts } as const satisfies Record<
  string,
  (kernel: Kernel) => string
>;

const fall = FALLS.map((rows) => rows.flatMap((row) => Array(2).fill(`${abi.ERROR_ROWS} ${row}`)).join(", ")).join(
  "; ",
);

/** What is right: codes by the contract's names. */
export const EXPECTED_EPOCHS: Readonly<Record<keyof typeof epochBorders, string>> = {
  rowsFall: `${fall}; ${fall}`,
  paths: `7 -1, fine, fine, 7 3; 2 0, 1 1, 2 0; 7 -1, fine, fine, 7 5`,
  matricesFirst: "same",
  nullAfterYuma: "00000 000000 4 255 4294967296,0,0,0,0; 00000 000000 4 255 4294967296,0,0,0,0",
  counts: "1101 0111 0000",
};
