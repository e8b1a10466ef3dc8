/** The arguments of calls, drawn by their names: most of them such that the call can succeed in its scene, some at an edge. */
import { YumaError } from "../../../../host/errors.js";
import type { Arguments } from "../../../../host/ledger/calls/arguments.js";
import type { AnyDefinedCall, Call } from "../../../../host/ledger/calls/call.js";
import { BURN_ACCOUNT, subnetAccount } from "../../../../host/ledger/rules/subnetAccounts.js";
import { TRACKS } from "../../../../host/ledger/state/governance.js";
import { SubnetworkN } from "../../../../host/ledger/state/neurons.js";
import { SubnetAlphaIn, SubnetTAO } from "../../../../host/ledger/state/pools.js";
import { Delegates } from "../../../../host/ledger/state/staking.js";
import { MechanismCountCurrent } from "../../../../host/ledger/state/subnets.js";
import type { Draw } from "../draw.js";
import { anyColdkey, anyHotkey, type World } from "../world.js";
import { anyNetuid, type Scene, seatedHotkey } from "./scene.js";

const RAO = 1_000_000_000n;
const MAX_U16 = 0xffff;
const MAX_U64 = (1n << 64n) - 1n;
const FULL_TAKE = 11_796;

type Drawn = (draw: Draw, scene: Scene, world: World) => unknown;

/** A number of a range, and now and then one of the type's edges. */
const number =
  (least: number, most: number, edge = MAX_U16): Drawn =>
  (draw) =>
    draw.oneIn(12) ? draw.pick([0, 1, edge]) : least + draw.below(most - least + 1);
/** The same for wide arguments. */
const wide =
  (least: number, most: number): Drawn =>
  (draw) =>
    draw.oneIn(12) ? draw.pick([0n, 1n, MAX_U64]) : BigInt(least + draw.below(most - least + 1));
const flag: Drawn = (draw) => draw.oneIn(2);
/** What stops a network where it is off. */
const mostlyOn: Drawn = (draw) => !draw.oneIn(6);

const someColdkey: Drawn = (draw, { netuid }, world) =>
  draw.oneIn(30) ? draw.pick([subnetAccount(netuid), BURN_ACCOUNT, anyHotkey(draw, world)]) : anyColdkey(draw, world);
const sceneHotkey: Drawn = (draw, scene, world) =>
  draw.oneIn(8) ? draw.pick([anyHotkey(draw, world), subnetAccount(scene.netuid)]) : scene.hotkey;
const otherHotkey: Drawn = (draw, { netuid }, world) =>
  draw.oneIn(3) ? anyHotkey(draw, world) : seatedHotkey(draw, world, netuid);

/** Rao per alpha about the price now; in some cases far from it. */
const limit: Drawn = (draw, { netuid }, { state }) => {
  if (draw.oneIn(6)) return draw.pick([0n, 1n, RAO, MAX_U64]);
  const alphaRao = state.read(SubnetAlphaIn, netuid);
  const price = alphaRao === 0n ? RAO : (state.read(SubnetTAO, netuid) * RAO) / alphaRao;
  return BigInt.asUintN(64, (price * BigInt(90 + draw.below(21))) / 100n);
};

const children: Drawn = (draw, { netuid }, world) =>
  Array.from({ length: draw.below(draw.oneIn(6) ? 8 : 4) }, () => [
    draw.oneIn(8) ? MAX_U64 : BigInt(draw.below(2 ** 32)) << 30n,
    draw.oneIn(4) ? anyHotkey(draw, world) : seatedHotkey(draw, world, netuid),
  ]);

const someNetuids: Drawn = (draw, { netuid }, world) => [
  ...new Set(Array.from({ length: draw.below(draw.oneIn(6) ? 8 : 4) }, () => anyNetuid(draw, world)).concat(netuid)),
];
const claimType: Drawn = (draw, scene, world) =>
  draw.pick<unknown>(["Swap", "Keep", { keepSubnets: draw.oneIn(6) ? [] : someNetuids(draw, scene, world) }]);

const split: Drawn = (draw, { netuid }, { state }) => {
  if (draw.oneIn(4)) return null;
  const parts = Array.from({ length: state.read(MechanismCountCurrent, netuid) - 1 }, () => draw.below(20_000));
  const rest = MAX_U16 - parts.reduce((sum, part) => sum + part, 0);
  return [...parts, draw.oneIn(5) ? draw.below(MAX_U16) : Math.max(rest, 0)];
};

/** A take some way up or down from one, or at it. */
const nearTake = (draw: Draw, take: number, sign: number) =>
  Math.min(Math.max(take + sign * draw.pick([0, 1, 100, 2_000]), 0), MAX_U16);

const address: Drawn = (draw) =>
  draw.oneIn(6) ? draw.pick([0n, 1n, 0x7f000001n, MAX_U64]) : BigInt(draw.below(2 ** 32));

/** By the argument's name; `call.argument` where a name means several things. */
const DRAWS: Readonly<Record<string, Drawn>> = {
  to: someColdkey,
  from: someColdkey,
  account: someColdkey,
  coldkey: someColdkey,
  destinationColdkey: someColdkey,
  hotkey: sceneHotkey,
  originHotkey: sceneHotkey,
  destinationHotkey: otherHotkey,
  netuid: (_draw, { netuid }) => netuid,
  originNetuid: (_draw, { netuid }) => netuid,
  destinationNetuid: (draw, { netuid }, world) => (draw.oneIn(3) ? netuid : anyNetuid(draw, world)),
  mechanism: (draw, { netuid }, { state }) =>
    draw.below(state.read(MechanismCountCurrent, netuid) + (draw.oneIn(8) ? 1 : 0)),
  amountRao: (draw, { freeRao }) => draw.rao(draw.oneIn(3) ? freeRao : freeRao / 50n),
  alphaRao: (draw, { alphaRao }) => draw.rao(alphaRao),
  freeRao: (draw, { freeRao }) => draw.rao(freeRao),
  limitRao: limit,
  "addStakeBurn.limitRao": (draw, scene, world) => (draw.oneIn(2) ? null : limit(draw, scene, world)),
  "removeStakeFullLimit.limitRao": (draw, scene, world) => (draw.oneIn(2) ? null : limit(draw, scene, world)),
  "registerLimit.limitRao": (draw) => draw.pick([0n, RAO, 100n * RAO]),
  "swapStakeLimit.limitRao": (draw) => (RAO * BigInt(80 + draw.below(40))) / 100n,
  take: number(0, FULL_TAKE),
  "increaseTake.take": (draw, scene, { state }) => nearTake(draw, state.read(Delegates, scene.hotkey), 1),
  "decreaseTake.take": (draw, scene, { state }) => nearTake(draw, state.read(Delegates, scene.hotkey), -1),
  defaultTake: number(FULL_TAKE, FULL_TAKE + 2_000),
  children,
  subnets: someNetuids,
  newType: claimType,
  split,
  ip: address,
  ipType: (draw) => (draw.oneIn(8) ? draw.below(256) : draw.pick([4, 4, 6])),
  certificate: (draw) => new Uint8Array(draw.below(70)),
  work: () => new Uint8Array(),
  quantileBits: (draw) => (draw.oneIn(8) ? draw.pick([0n, 1n << 64n]) : BigInt(draw.below(2 ** 32)) << 32n),
  exponentBits: (draw) => BigInt(draw.below(10)) << 64n,
  rank: number(0, 4),
  "setEpochConsensus.mode": (draw) => draw.pick(["yuma", "null"]),
  mode: (draw) => draw.pick(["current", "previous", "auto"]),
  recycleOrBurn: (draw) => draw.pick(["burn", "recycle"]),
  // Parameters: what would stop the network for long is rare.
  registrationAllowed: mostlyOn,
  subtokenEnabled: mostlyOn,
  "setSubnetEmissionEnabled.enabled": mostlyOn,
  "setCommitRevealWeightsEnabled.enabled": flag,
  tempo: number(2, 20),
  "setTempo.tempo": (draw) => (draw.oneIn(2) ? 2 + draw.below(20) : 360 + draw.below(60)),
  maxSubnets: number(2, 8, 128),
  minStakeRao: wide(0, 1000),
  factorMillionths: wide(0, 2_000_000),
  maxEpochsPerBlock: number(0, 4, 255),
  maxMechanismCount: number(0, 4, 255),
  mechanismCount: number(1, 3, 255),
  windowBlocks: (draw) => draw.below(5),
  epochs: (draw) => draw.below(3),
  delayBlocks: wide(0, 20),
  durationBlocks: (draw) => draw.below(30),
  rateLimitBlocks: wide(0, 30),
  txRateLimitBlocks: wide(0, 10),
  servingRateLimitBlocks: wide(0, 10),
  weightsSetRateLimitBlocks: wide(0, 10),
  intervalEpochs: wide(1, 3),
  intervalBlocks: wide(1, 60),
  "setNetworkImmunityPeriod.immunityPeriodBlocks": wide(0, 100),
  immunityPeriodBlocks: number(0, 100),
  lockCostRao: (draw) => BigInt(draw.below(20)) * RAO,
  minBurnRao: wide(1, 2 ** 30),
  maxBurnRao: (draw) => BigInt(draw.below(300)) * RAO,
  minAllowedWeights: number(0, 3),
  maxAllowedUids: (draw, { netuid }, { state }) => Math.max(state.read(SubnetworkN, netuid) + draw.below(12) - 2, 0),
  minAllowedUids: number(0, 10),
  maxN: (draw, { netuid }, { state }) => Math.max(state.read(SubnetworkN, netuid) - draw.below(4), 0),
  maxAllowedValidators: number(1, 80),
  maxRegistrationsPerBlock: number(1, 5),
  targetRegistrationsPerInterval: number(1, 5),
  weightsVersionKey: wide(0, 1),
  version: number(4, 5),
  versionKey: wide(0, 1),
  swapCostRao: (draw) => draw.rao(1000n),
  alphaBits: (draw) => BigInt(draw.below(2 ** 32)),
  alphaLow: number(1_500, 60_000),
  alphaHigh: number(1_500, 60_000),
  subnetOwnerCut: number(0, 30_000),
  burn: (draw) => (draw.oneIn(3) ? 0n : BigInt(draw.below(2 ** 32)) << 31n),
  bondsMovingAverage: wide(0, 1_000_000),
  burnHalfLifeBlocks: number(0, 400),
  burnIncreaseMultBits: (draw) => BigInt(draw.below(2 ** 32)) << BigInt(31 + draw.below(4)),
  factorMilli: number(500, 60_000),
  emaHalvingBlocks: wide(1, 1000),
  recycledRao: wide(0, 1000),
  // Governance.
  track: (draw) => draw.pick(TRACKS),
  decisionDays: number(1, 8),
  enactmentDays: number(0, 3),
  quorum: number(1, 300_000),
  approval: number(500_000, 999_999),
  depositRao: (draw) => BigInt(draw.below(20)) * RAO,
  blocks: number(1, 2),
};

/** What an argument nobody described may be: the first its reader takes, from a random one on. */
const UNDESCRIBED: readonly unknown[] = [
  0,
  0n,
  1,
  1n,
  7,
  7n,
  100,
  100n,
  1000,
  1000n,
  MAX_U16,
  255,
  MAX_U64,
  true,
  false,
  [],
];

/** A call with drawn arguments; `name` is its builder's. */
export function drawCall(draw: Draw, name: string, definition: AnyDefinedCall, scene: Scene, world: World): Call {
  const fields = Object.entries(definition.arguments as Arguments).map(([field, argument]) => {
    const described = DRAWS[`${name}.${field}`] ?? DRAWS[field];
    return [field, described ? described(draw, scene, world) : undescribed(draw, argument)];
  });
  return definition.build(Object.fromEntries(fields));
}

function undescribed(draw: Draw, { read }: Arguments[string]): unknown {
  const from = draw.below(UNDESCRIBED.length);
  const found = [...UNDESCRIBED.slice(from), ...UNDESCRIBED].find((value) => {
    try {
      read("", value);
      return true;
    } catch (error) {
      if (error instanceof YumaError) return false;
      throw error;
    }
  });
  return found;
}
