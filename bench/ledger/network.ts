/**
 * Networks with subnets: stake calls, a block of 128 subnets of 256 neurons in which one epoch is due, and thousands of blocks of a
 * small network. Every validator weighs every miner, and has stake of its own.
 */

import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { calls, createLedger, type Database, type Genesis, memoryStore, openStore } from "../../host/ledger/index.js";
import { LastUpdate, ValidatorPermit, Weights } from "../../host/ledger/state/neurons.js";
import type { State } from "../../host/ledger/state/state.js";
import { PackedRow } from "../../host/marshal/packedRow.js";
import { grouped } from "../../host/units.js";
import { accountAt, Core, callOf, durable, row, stopwatch, type Times } from "./world.js";

const FIRST_BLOCK = 1_000;
const STAKERS = 1_000;
const STAKE_CALLS = 20_000;
const VALIDATORS = 64;
const MEASURED_BLOCKS = 128;
const SMALL_BLOCKS = 10_000;
const TAO = 1_000_000_000n;
/** Of either side: large enough that the calls of a run hardly move the price. */
const POOL_RAO = 1_000_000n * TAO;

/** How many subnets, of how many neurons each, the first some of them validators, and how often an epoch runs. */
interface Shape {
  readonly subnets: number;
  readonly neurons: number;
  readonly validators: number;
  readonly tempo: number;
}

const LARGE: Shape = { subnets: 128, neurons: 256, validators: VALIDATORS, tempo: 128 };
const SMALL: Shape = { subnets: 3, neurons: 16, validators: 4, tempo: 360 };

const netuidsOf = ({ subnets }: Shape) => Array.from({ length: subnets }, (_, k) => k + 1);
const hotkeyAt = (netuid: number, uid: number) => accountAt(netuid * 1_000 + uid);
const coldkeyAt = (netuid: number, uid: number) => accountAt(1_000_000 + netuid * 1_000 + uid);
const stakerAt = (k: number) => accountAt(3_000_000 + (k % STAKERS));

/** Every validator is staked on the root; epochs are spread over the tempo, one subnet after the other. */
function genesisOf(shape: Shape): Genesis {
  const { neurons, validators, tempo } = shape;
  const uids = Array.from({ length: neurons }, (_, uid) => uid);
  const keys = (netuid: number, uid: number) => ({ hotkey: hotkeyAt(netuid, uid), coldkey: coldkeyAt(netuid, uid) });
  return {
    schemaVersion: 1,
    name: "bench",
    firstBlock: FIRST_BLOCK,
    balancesRao: Object.fromEntries(Array.from({ length: STAKERS }, (_, k) => [stakerAt(k), 1_000_000n * TAO])),
    subnets: netuidsOf(shape).map((netuid) => ({
      netuid,
      owner: coldkeyAt(netuid, 0),
      ownerHotkey: hotkeyAt(netuid, 0),
      poolTaoRao: POOL_RAO,
      poolAlphaRao: POOL_RAO,
      neurons: uids.slice(1).map((uid) => keys(netuid, uid)),
      stakes: uids.slice(1, 1 + validators).map((uid) => ({ ...keys(netuid, uid), amountRao: BigInt(uid) * TAO })),
      parameters: {
        "SubtensorModule.Tempo": tempo,
        "SubtensorModule.LastEpochBlock": FIRST_BLOCK - tempo + (netuid % tempo),
        "SubtensorModule.MaxAllowedValidators": validators,
      },
    })),
    rootStakes: uids.slice(1, 1 + validators).map((uid) => ({ ...keys(1, uid), amountRao: 1_000n * TAO })),
  };
}

/** Permits and weights, as if every validator had just weighed every miner. */
function weigh(state: State, shape: Shape): void {
  const { neurons, validators } = shape;
  const isValidator = (uid: number) => uid >= 1 && uid <= validators;
  const uids = Array.from({ length: neurons }, (_, uid) => uid);
  for (const netuid of netuidsOf(shape)) {
    state.write(ValidatorPermit, netuid, uids.map(isValidator));
    state.write(
      LastUpdate,
      netuid,
      uids.map(() => BigInt(FIRST_BLOCK)),
    );
    for (const uid of uids.filter(isValidator)) {
      const row = uids
        .filter((to) => !isValidator(to))
        .map((to) => [to, 1 + ((to * 7919 + uid * 31) % 65_535)] as const);
      state.write(Weights, netuid, uid, PackedRow.of(row));
    }
  }
}

/** A thousand coldkeys in turn stake, then take back half; the network's own steps run in every block. */
function stakeCall(k: number) {
  const staker = k % STAKERS;
  const [netuid, uid] = [1 + (staker % SMALL.subnets), 1 + (staker % SMALL.validators)];
  const place = { hotkey: hotkeyAt(netuid, uid), netuid };
  const isReturn = Math.floor(k / STAKERS) % 2 === 1;
  return isReturn
    ? calls.staking.removeStake({ ...place, alphaRao: TAO / 2n })
    : calls.staking.addStake({ ...place, amountRao: TAO });
}

const stakerNonce = (k: number) => Math.floor(k / STAKERS);

/** Half of the calls add stake, half remove it. */
export function coreStakeCalls(size: number): string[] {
  const core = new Core(genesisOf(SMALL), (state) => weigh(state, SMALL));
  const waiting = Array.from({ length: STAKE_CALLS }, (_, k) => callOf(stakerAt(k), stakerNonce(k), stakeCall(k)));
  const time = stopwatch();
  core.blocks(waiting, size);
  return row("stake calls, state and digest", size, time(STAKE_CALLS), core.digest);
}

/** The same by the whole ledger, each block synced to disk. */
export const durableStakeCalls = (size: number) =>
  durable(
    "stake calls, LevelDB, synced",
    genesisOf(SMALL),
    { count: STAKE_CALLS, from: stakerAt, nonceOf: stakerNonce, call: stakeCall },
    size,
  );

/** The median of as many blocks as there are subnets, so that each runs its epoch once. */
export function largeBlocks(): string[] {
  const core = new Core(genesisOf(LARGE), (state) => weigh(state, LARGE));
  for (let k = 0; k < LARGE.tempo; k++) core.block([]);
  const times: Times[] = [];
  for (let k = 0; k < MEASURED_BLOCKS; k++) {
    const time = stopwatch();
    core.block([]);
    times.push(time(1));
  }
  const median = (of: (one: Times) => number) => times.map(of).sort((a, b) => a - b)[times.length >> 1]!;
  const middle = { clock: median(({ clock }) => clock), cpu: median(({ cpu }) => cpu) };
  return row("blocks of 128 × 256 neurons, one epoch each", null, middle, core.digest);
}

/** Ten thousand blocks of three subnets, in memory or on disk, and what a block leaves behind. */
export async function smallNetwork(isDurable: boolean): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "yuma-bench-"));
  try {
    const store: Database = isDurable ? openStore(folder) : memoryStore();
    const ledger = await createLedger({ store, genesis: genesisOf(SMALL) });
    const before = liveBytes();
    const time = stopwatch();
    for (let k = 0; k < SMALL_BLOCKS; k++) await ledger.produceBlock();
    const times = time(SMALL_BLOCKS);
    const grown = Math.round((liveBytes() - before) / SMALL_BLOCKS);
    const { digest } = ledger;
    await ledger.close();
    const onDisk = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
    const note = isDurable
      ? `${grouped(grown)} bytes of memory, ${grouped(Math.round(onDisk / SMALL_BLOCKS))} on disk a block`
      : `${grouped(grown)} bytes of memory a block, its store's`;
    return row(`blocks of 3 subnets, ${isDurable ? "LevelDB, synced" : "in memory"}`, null, times, digest, note);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What is alive after a collection. */
function liveBytes(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
