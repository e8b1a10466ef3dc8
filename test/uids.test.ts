/** What an epoch computes once a uid, at its borders: the kernel with lanes, the one without, and the BigInt twin agree on every number. */
import { expect, test } from "vitest";
import { ERROR_ROWS, INPUT_BOND_ROWS, INPUT_WEIGHT_ROWS } from "../assembly/contract.js";
import { runTracedEpoch } from "../host/api/epoch.js";
import { inlinedModule } from "../host/load/inlined.js";
import { compile, instantiate } from "../host/load/kernel.js";
import { checkSnapshot } from "../host/marshal/snapshot.js";
import { beginEpoch } from "../host/marshal/write.js";
import { oracleEpoch } from "./oracle/epoch.js";
import type { EpochSnapshot, StoredRow } from "./oracle/types.js";
import { plain } from "./support/plain.js";
import { artefact } from "./support/streams.js";

const kernels = [instantiate(inlinedModule()), instantiate(compile(artefact("kernel.scalar.wasm")))];

const SIZES = [1, 2, 3, 7, 8, 9, 16, 17] as const;
const MOST_RAO = String(2n ** 64n - 1n);

/** A subnet of n uids in which everyone has a permit and all but what is given is nothing. */
function subnet(n: number, given: Partial<EpochSnapshot>): EpochSnapshot {
  const all = <T>(value: T) => Array.from({ length: n }, () => value);
  return {
    n,
    currentBlock: 1000,
    tempo: 100,
    lastMechanismStepBlock: 900,
    activityCutoff: 500,
    kappa: 32767,
    bondsPenalty: 65535,
    bondsMovingAverage: 900_000,
    yuma3: true,
    liquidAlpha: false,
    alphaLow: 45875,
    alphaHigh: 58982,
    alphaSigmoidSteepness: 1000,
    maxAllowedValidators: 64,
    stakeThreshold: 0,
    ownerUid: null,
    commitRevealEnabled: false,
    commitBlocks: null,
    raoEmission: "361000000000",
    lastUpdate: all(950),
    blockAtRegistration: all(0),
    validatorPermit: all(true),
    alphaStake: all("0"),
    taoStake: all("0"),
    taoWeight: "0",
    weights: all<StoredRow>([]),
    bonds: all<StoredRow>([]),
    ...given,
  };
}

function agrees(snapshot: EpochSnapshot): void {
  const expected = oracleEpoch(snapshot);
  for (const kernel of kernels) expect(plain(runTracedEpoch(kernel, snapshot))).toStrictEqual(expected);
}

/** Each size with each of its uids, under Yuma 2 and 3. */
const sizes = SIZES.flatMap((n) => Array.from({ length: n }, (_, uid) => ({ n, uid })));
const only = <T>(n: number, uid: number, value: T, rest: T) =>
  Array.from({ length: n }, (_, i) => (i === uid ? value : rest));

test("one uid is validator and miner, and is paid everything", () => {
  for (const { n, uid } of sizes) {
    for (const raoEmission of ["1", "4294967296", "361000000000", MOST_RAO]) {
      agrees(
        subnet(n, {
          yuma3: uid % 2 === 0,
          ownerUid: uid,
          raoEmission,
          alphaStake: only(n, uid, "1000", "0"),
          weights: only<StoredRow>(n, uid, [[uid, 7]], []),
        }),
      );
    }
  }
});

test("all have the same, so that shares are whole or nearly so", () => {
  for (const n of SIZES) {
    for (const raoEmission of ["0", "65535", "4294967295", MOST_RAO]) {
      const weights = Array.from(
        { length: n },
        (_, i): StoredRow =>
          Array.from({ length: n }, (_, j) => [j, j === i ? 0 : 1] as const).filter(([, value]) => value > 0),
      );
      agrees(subnet(n, { raoEmission, alphaStake: only(n, -1, "", String(n)), weights }));
    }
  }
});

test("one miner is paid by all, and where nobody votes stake is", () => {
  for (const { n, uid } of sizes) {
    const alphaStake = Array.from({ length: n }, (_, i) => String(10 ** (i % 12) + i));
    const weights = Array.from({ length: n }, (_, i): StoredRow => (i === uid ? [] : [[uid, 1 + i]]));
    agrees(subnet(n, { alphaStake, weights }));
    agrees(subnet(n, { alphaStake, raoEmission: MOST_RAO }));
    agrees(subnet(n, { alphaStake, lastUpdate: only(n, uid, 0, 10), weights }));
  }
});

test("rows that descend are refused, by the number of the first", () => {
  for (const kernel of kernels) {
    const { exports } = kernel;
    for (const { n, uid } of sizes.filter(({ uid }) => uid > 0)) {
      for (const rows of [INPUT_WEIGHT_ROWS, INPUT_BOND_ROWS]) {
        beginEpoch(kernel, checkSnapshot(subnet(n, {})));
        exports.epochRun();
        const starts = new Uint32Array(kernel.memory.buffer, exports.epochInput(rows), n + 1);
        starts[uid] = 2 ** 31;
        starts[n] = uid < n - 1 ? 2 ** 31 - 1 : 0;
        expect(exports.epochRun).toThrow(WebAssembly.RuntimeError);
        expect([exports.errorCode.value, exports.errorValue.value]).toEqual([ERROR_ROWS, BigInt(uid)]);
      }
    }
  }
});
