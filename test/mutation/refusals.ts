/** What the kernel must refuse, and with which code: asked of a kernel directly, answered as text. */
import * as abi from "../../assembly/contract.js";
import * as emission from "../../assembly/emission/contract.js";
import { makeSubnet } from "../../bench/subnet.js";
import { guarded, type Kernel } from "../../host/load/kernel.js";
import { checkSnapshot } from "../../host/marshal/snapshot.js";
import { beginEpoch } from "../../host/marshal/write.js";
import { EXPECTED_BORDERS, emissionBorders } from "./emissionBorders.js";
import { EXPECTED_EPOCHS, epochBorders } from "./epochBorders.js";
import { EXPECTED_POOL, poolBorders } from "./poolBorders.js";
import { EXPECTED_ROWS, rowBorders } from "./rowBorders.js";

const TWO_POWER_63 = (1n << 63n).toString();

/** Draws a small good epoch and returns the address of its scalars. */
function begin(kernel: Kernel): number {
  const kind = { yuma3: true, liquidAlpha: true, bondsPenalty: 65535 };
  const snapshot = makeSubnet({ n: 5, validators: 2, density: 1, seed: 1, ...kind });
  beginEpoch(kernel, checkSnapshot(snapshot));
  return kernel.exports.epochInput(abi.INPUT_LAST_UPDATE) - 8 * abi.SCALARS;
}

/** Overwrites one scalar of a good epoch and runs it. */
const scalar = (k: number, value: bigint) => (kernel: Kernel) => {
  new BigUint64Array(kernel.memory.buffer, begin(kernel), abi.SCALARS)[k] = value;
  return run(kernel);
};

/** Overwrites one row start of a good epoch and runs it. */
const start = (id: number, k: number, value: number) => (kernel: Kernel) => {
  begin(kernel);
  new Uint32Array(kernel.memory.buffer, kernel.exports.epochInput(id), 6)[k] = value;
  return run(kernel);
};

const call = (work: (exports: Kernel["exports"]) => unknown) => (kernel: Kernel) => {
  begin(kernel);
  return guarded(kernel, () => String(work(kernel.exports)));
};

/** Stakes that sum to 2^63 rao, in Yuma Consensus and in Null mode. */
const stakes = (nullMode: boolean) => (kernel: Kernel) => {
  const kind = { yuma3: true, liquidAlpha: false, bondsPenalty: 65535 };
  const made = makeSubnet({ n: 3, validators: 2, density: 1, seed: 1, ...kind });
  const alphaStake = [TWO_POWER_63, TWO_POWER_63, "0"];
  const rules = nullMode ? ({ rules: 474, epochConsensus: "null" } as const) : {};
  beginEpoch(kernel, checkSnapshot({ ...made, alphaStake, ...rules }));
  return run(kernel);
};

function run(kernel: Kernel): string {
  guarded(kernel, kernel.exports.epochRun);
  return "accepted";
}

/** A fresh epoch reads as zeros, whatever lay in its memory before; the counts are written already. */
const cleared = (kernel: Kernel) => {
  const at = begin(kernel);
  const { exports, memory } = kernel;
  new Uint8Array(memory.buffer, at, 2000).fill(0xff);
  exports.epochBegin(5, 10, 10);
  return new Uint8Array(memory.buffer, at + 24, 500).every((byte) => byte === 0) ? "zeros" : "leftovers";
};

/** Flags are 0 or 1 as bytes: other hosts may not ask for "not zero". */
const flagBytes = (kernel: Kernel) => {
  const at = begin(kernel);
  new BigUint64Array(kernel.memory.buffer, at, abi.SCALARS)[abi.SCALAR_OWNER_UID] = 4n;
  run(kernel);
  const fields = [abi.FIELD_ACTIVE, abi.FIELD_PERMIT, abi.FIELD_VALIDATOR_PERMIT];
  const read = (id: number) => [...new Uint8Array(kernel.memory.buffer, kernel.exports.epochField(id), 5)].join("");
  const yuma = fields.map(read);
  new BigUint64Array(kernel.memory.buffer, at, abi.SCALARS)[abi.SCALAR_FLAGS] = BigInt(abi.FLAG_NULL_MODE);
  run(kernel);
  return [...yuma, ...fields.map(read)].join(" ");
};

/** Of five columns, in a block of eight, each is averaged by hand where α may be zero; the three beyond them are not. */
const columnsByHand = (kernel: Kernel) => {
  const scalars = new BigUint64Array(kernel.memory.buffer, begin(kernel), abi.SCALARS);
  scalars[abi.SCALAR_FLAGS] = BigInt(abi.FLAG_YUMA3 | abi.FLAG_LIQUID_ALPHA);
  scalars[abi.SCALAR_ALPHA_LOW] = 0n;
  kernel.exports.epochPath(abi.PATH_FUSED);
  try {
    kernel.exports.epochRun();
    return `${kernel.exports.epochPathTaken()} ${kernel.exports.epochCounter(abi.COUNTER_COLUMNS_BY_HAND)}`;
  } finally {
    kernel.exports.epochPath(abi.PATH_CHOOSE);
  }
};

/** Whether rows in which a uid stands twice are taken: after a uid of its own, and after eight that were copied at once. */
const repeats = (kernel: Kernel) => {
  const kind = { yuma3: true, liquidAlpha: false, bondsPenalty: 65535 };
  const snapshot = checkSnapshot(makeSubnet({ n: 24, validators: 8, density: 1, seed: 1, ...kind }));
  const told = [
    [0, 2, 3, 3],
    [0, 2, 3, 4, 5, 6, 7, 8, 9, 9],
  ].map((uids) => {
    beginEpoch(kernel, snapshot);
    new Uint16Array(kernel.memory.buffer, kernel.exports.epochInput(abi.INPUT_WEIGHT_UIDS), 24).set(uids);
    kernel.exports.epochRun();
    return kernel.exports.epochCounter(abi.COUNTER_REFUSAL);
  });
  return told.join(" ");
};

/** As many rows that vote as rows that do not, of dense weights: the fused path takes them like any others. */
const evenRows = (kernel: Kernel) => {
  const kind = { yuma3: true, liquidAlpha: false, bondsPenalty: 65535 };
  const made = makeSubnet({ n: 16, validators: 8, density: 1, seed: 1, ...kind });
  const without = made.validatorPermit.flatMap((permit, uid) => (permit ? [uid] : [])).slice(0, 4);
  const cut = (stake: readonly (string | number | bigint)[]) =>
    stake.map((rao, uid) => (without.includes(uid) ? "0" : rao));
  beginEpoch(kernel, checkSnapshot({ ...made, alphaStake: cut(made.alphaStake), taoStake: cut(made.taoStake) }));
  kernel.exports.epochRun();
  return String(kernel.exports.epochPathTaken());
};

/** What each phase of a block's emission writes of a table of one subnet, every field of which holds a number of its own: ids by phase. */
const phases = (kernel: Kernel) => {
  const { exports } = kernel;
  const written = (phase: number) => {
    const base = exports.emissionBegin(1);
    const at = Array.from({ length: emission.SUBNET_RECYCLED + 1 }, (_, id) => exports.emissionField(id));
    const wordAt = (id: number, word: number) => (at[id]! - base) / 4 + word;
    const words = new Uint32Array(kernel.memory.buffer, base, wordAt(emission.SUBNET_RECYCLED, 2));
    for (const id of at.keys()) words[wordAt(id, id < emission.SUBNET_WIDE_FIELDS ? 1 : 0)] = 40 + id;
    const before = words.slice();
    exports.emissionRun(phase);
    const size = (id: number) => (id < emission.SUBNET_WIDE_FIELDS ? 4 : 2);
    const changed = (id: number) =>
      Array.from({ length: size(id) }, (_, word) => wordAt(id, word)).some((k) => words[k] !== before[k]);
    return [...at.keys()].filter(changed).join(",");
  };
  return [1, 2, 4, 8, 16].map(written).join(" ");
};

/** By name; each returns text or throws the kernel's refusal. */
export const refusals = {
  uids: scalar(abi.SCALAR_UIDS, 6n),
  weights: scalar(abi.SCALAR_WEIGHTS, 9n),
  bonds: scalar(abi.SCALAR_BONDS, 9n),
  kappa: scalar(abi.SCALAR_KAPPA, 65536n),
  fullKappa: scalar(abi.SCALAR_KAPPA, 65535n),
  penalty: scalar(abi.SCALAR_BONDS_PENALTY, 65536n),
  alphaLow: scalar(abi.SCALAR_ALPHA_LOW, 65536n),
  alphaHigh: scalar(abi.SCALAR_ALPHA_HIGH, 65536n),
  tempo: scalar(abi.SCALAR_TEMPO, 65536n),
  fullTempo: scalar(abi.SCALAR_TEMPO, 65535n),
  steepness: scalar(abi.SCALAR_ALPHA_SIGMOID_STEEPNESS, 32768n),
  negativeSteepness: scalar(abi.SCALAR_ALPHA_SIGMOID_STEEPNESS, BigInt.asUintN(64, -32769n)),
  mostSteepness: scalar(abi.SCALAR_ALPHA_SIGMOID_STEEPNESS, 32767n),
  leastSteepness: scalar(abi.SCALAR_ALPHA_SIGMOID_STEEPNESS, BigInt.asUintN(64, -32768n)),
  validators: scalar(abi.SCALAR_MAX_ALLOWED_VALIDATORS, 65536n),
  owner: scalar(abi.SCALAR_OWNER_UID, 5n),
  lastOwner: scalar(abi.SCALAR_OWNER_UID, 4n),
  flags: scalar(abi.SCALAR_FLAGS, 64n),
  liquid: scalar(abi.SCALAR_LIQUID_CONSENSUS, 3n),
  bondsMask: scalar(abi.SCALAR_BONDS_MASK, 3n),
  firstWeightRow: start(abi.INPUT_WEIGHT_ROWS, 0, 1),
  middleWeightRow: start(abi.INPUT_WEIGHT_ROWS, 1, 11),
  lastWeightRow: start(abi.INPUT_WEIGHT_ROWS, 5, 11),
  firstBondRow: start(abi.INPUT_BOND_ROWS, 0, 1),
  middleBondRow: start(abi.INPUT_BOND_ROWS, 1, 11),
  lastBondRow: start(abi.INPUT_BOND_ROWS, 5, 11),
  inputBelow: call((exports) => exports.epochInput(-1)),
  inputAbove: call((exports) => exports.epochInput(abi.INPUTS)),
  fieldBelow: call((exports) => [exports.epochRun(), exports.epochField(-1)]),
  fieldAbove: call((exports) => [exports.epochRun(), exports.epochField(abi.FIELDS)]),
  aggregateBelow: call((exports) => [exports.mechanismsBegin(3), exports.aggregateField(-1)]),
  aggregateAbove: call((exports) => [exports.mechanismsBegin(3), exports.aggregateField(abi.AGGREGATES)]),
  noSplit: call((exports) => exports.splitEmission(1n, 0, 0)),
  tooManyParts: call((exports) => exports.splitEmission(1n, 256, 0)),
  mostParts: call((exports) => exports.splitEmission(1n, 255, 0) > 0),
  longSplit: call((exports) => exports.splitEmission(1n, 2, 3)),
  operation: call((exports) => exports.fixedApply(0, 99)),
  operationOfOthers: call((exports) => exports.fixedApply(1, 33)),
  powerOfOthers: call((exports) => exports.fixedApply(4, 35)),
  signedPower: call((exports) => exports.fixedApply(1, 35)),
  format: call((exports) => exports.fixedApply(5, 0)),
  cleared,
  flagBytes,
  columnsByHand,
  repeats,
  evenRows,
  phases,
  stake: stakes(false),
  nullStake: stakes(true),
  ...epochBorders,
  ...rowBorders,
  ...emissionBorders,
  ...poolBorders,
} as const satisfies Record<string, (kernel: Kernel) => string>;

/** The name of a refusal. */
export type RefusalName = keyof typeof refusals;

/** Those that ask nothing of epochs. */
export const OF_EMISSION: readonly RefusalName[] = ["phases", ...(Object.keys(emissionBorders) as RefusalName[])];

/** Those that ask the pool alone. */
export const OF_POOL = Object.keys(poolBorders) as RefusalName[];

/** Those that ask rows of weights alone. */
export const OF_ROWS = Object.keys(rowBorders) as RefusalName[];

/** The refusals and what each is refused with, as the host names it with the kernel's code and value. */
export const REFUSED: Readonly<Record<RefusalName, string>> = {
  uids: "BAD_VALUE 7 0",
  weights: "BAD_VALUE 7 1",
  bonds: "BAD_VALUE 7 2",
  kappa: "BAD_VALUE 7 7",
  fullKappa: "accepted",
  penalty: "BAD_VALUE 7 8",
  alphaLow: "BAD_VALUE 7 10",
  alphaHigh: "BAD_VALUE 7 11",
  tempo: "BAD_VALUE 7 4",
  fullTempo: "accepted",
  steepness: "BAD_VALUE 7 12",
  negativeSteepness: "BAD_VALUE 7 12",
  mostSteepness: "accepted",
  leastSteepness: "accepted",
  validators: "BAD_VALUE 7 13",
  owner: "BAD_UID 6 5",
  lastOwner: "accepted",
  flags: "UNKNOWN_RULES 10 64",
  liquid: "UNKNOWN_RULES 10 3",
  bondsMask: "UNKNOWN_RULES 10 3",
  firstWeightRow: "BAD_VALUE 5 0",
  middleWeightRow: "BAD_VALUE 5 1",
  lastWeightRow: "BAD_VALUE 5 5",
  firstBondRow: "BAD_VALUE 5 0",
  middleBondRow: "BAD_VALUE 5 1",
  lastBondRow: "BAD_VALUE 5 5",
  inputBelow: "BAD_VALUE 7 18446744073709551615",
  inputAbove: "BAD_VALUE 7 13",
  fieldBelow: "BAD_VALUE 7 18446744073709551615",
  fieldAbove: "BAD_VALUE 7 35",
  aggregateBelow: "BAD_VALUE 7 18446744073709551615",
  aggregateAbove: "BAD_VALUE 7 9",
  noSplit: "BAD_VALUE 11 0",
  tooManyParts: "BAD_VALUE 11 256",
  mostParts: "true",
  longSplit: "BAD_VALUE 11 2",
  operation: "BAD_OPERATION 9 99",
  operationOfOthers: "BAD_OPERATION 9 33",
  powerOfOthers: "BAD_OPERATION 9 35",
  signedPower: "BAD_OPERATION 9 35",
  format: "BAD_VALUE 7 5",
  cleared: "zeros",
  flagBytes: "11111 11001 11001 11111 10000 10000",
  columnsByHand: "2 5",
  repeats: "5 5",
  evenRows: "2",
  phases: "5,6,7,8,9 10,11,12,13,14 18,20 15,19,24,25,27,28,29,30,31,32 16",
  stake: "STAKE_OVERFLOW 12 1",
  nullStake: "STAKE_OVERFLOW 12 1",
  ...EXPECTED_EPOCHS,
  ...EXPECTED_ROWS,
  ...EXPECTED_BORDERS,
  ...EXPECTED_POOL,
};

/** The same as the text a kernel's answer is turned into. */
export function refusalText(name: RefusalName): string {
  const [code = "", kernelError, value, ...more] = REFUSED[name].split(" ");
  if (!/^[A-Z_]+$/.test(code) || more.length > 0) return REFUSED[name];
  const of = code === "STAKE_OVERFLOW" ? { field: "alphaStake", uid: Number(value) } : { value };
  return `${code} ${JSON.stringify({ kernelError: Number(kernelError), ...of })}`;
}
