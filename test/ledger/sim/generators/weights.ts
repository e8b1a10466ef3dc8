/**
 * Weights, set at once, or committed and revealed. What a hotkey commits to on a place is one of a few rows that follow from their number,
 * so that whoever sees the commit in the state finds what to reveal.
 */
import { commitHash } from "../../../../host/api/weights/commitHash.js";
import type { Call } from "../../../../host/ledger/calls/call.js";
import { calls } from "../../../../host/ledger/calls/index.js";
import { mechanismIndexOf } from "../../../../host/ledger/rules/mechanisms.js";
import { subnetsOf } from "../../../../host/ledger/rules/networks.js";
import type { Account } from "../../../../host/ledger/state/codecs.js";
import { WeightCommits } from "../../../../host/ledger/state/commits.js";
import {
  CommitRevealWeightsEnabled,
  CommitRevealWeightsVersion,
  WeightsVersionKey,
} from "../../../../host/ledger/state/hyperparameters.js";
import { SubnetworkN } from "../../../../host/ledger/state/neurons.js";
import { MechanismCountCurrent } from "../../../../host/ledger/state/subnets.js";
import { Draw } from "../draw.js";
import { type Generator, signerNumber, type World } from "../world.js";
import { drawRound, sealedRow } from "./drand.js";
import { anyNetuid, type Scene, seatedHotkey, setScene } from "./scene.js";

const weights = calls.weights;
const ROWS = 4;
const MOST_NETUID = 4095;
const MECHANISM_STRIDE = 4096;

interface Row {
  readonly uids: readonly number[];
  readonly values: readonly number[];
}

/** Weights for some uids; now and then a uid twice, one too high, or a value missing. */
function drawRow(draw: Draw, { state }: World, netuid: number): Row {
  const n = state.read(SubnetworkN, netuid);
  const uids = Array.from({ length: n }, (_, uid) => uid).filter(() => !draw.oneIn(3));
  if (draw.oneIn(30)) uids.push(n);
  if (draw.oneIn(30) && uids.length > 0) uids.push(uids[0]!);
  if (draw.oneIn(60)) uids.push(...new Array<number>(n + 1).fill(0));
  const values = uids.map(() => draw.below(0x10000));
  return { uids, values: draw.oneIn(40) ? values.slice(1) : values };
}

const versionKey = (draw: Draw, { state }: World, netuid: number) =>
  draw.oneIn(15) ? BigInt(draw.below(2)) : state.read(WeightsVersionKey, netuid);

const drawMechanism = (draw: Draw, { state }: World, netuid: number) =>
  draw.below(state.read(MechanismCountCurrent, netuid) + (draw.oneIn(10) ? 1 : 0));

/** What a hotkey may commit to: row k of a place. */
function committed(hotkey: Account, netuid: number, mechanism: number, k: number) {
  const draw = new Draw(Number.parseInt(hotkey.slice(2, 10), 16) ^ (netuid * 977 + mechanism * 31 + k));
  const values = Array.from({ length: 1 + draw.below(4) }, () => draw.below(0x10000));
  const row = { uids: values.map((_, uid) => uid), values, salt: [k, draw.below(0x10000)], versionKey: 0n };
  const place = { hotkey, netuid: Math.min(netuid, MOST_NETUID), mechid: mechanism };
  return { ...row, hash: commitHash({ ...place, ...row }) };
}

/** The rows that wait to be revealed, as far as they are known; any one where none is. */
function waiting(draw: Draw, { state }: World, { hotkey, netuid }: Scene, mechanism: number) {
  const rows = Array.from({ length: ROWS }, (_, k) => committed(hotkey, netuid, mechanism, k));
  const hashes = (state.read(WeightCommits, mechanismIndexOf(netuid, mechanism), hotkey) ?? []).map(([hash]) => hash);
  const found = hashes.flatMap((hash) => rows.filter((row) => row.hash === hash));
  return found.length > 0 && !draw.oneIn(10) ? found : [draw.pick(rows)];
}

type Make = (draw: Draw, world: World, scene: Scene, mechanism: number) => Call;

const SETS: readonly Make[] = [
  (draw, world, { netuid }) =>
    weights.setWeights({ netuid, ...drawRow(draw, world, netuid), versionKey: versionKey(draw, world, netuid) }),
  (draw, world, { netuid }, mechanism) => {
    const row = drawRow(draw, world, netuid);
    return weights.setMechanismWeights({ netuid, mechanism, ...row, versionKey: versionKey(draw, world, netuid) });
  },
  (draw, world, { netuid }) => {
    const netuids = [netuid, ...(draw.oneIn(2) ? [anyNetuid(draw, world)] : [])];
    const rows = netuids.map((one) => drawRow(draw, world, one));
    return weights.batchSetWeights({
      netuids,
      weights: rows.map(({ uids, values }) => uids.map((uid, k): [number, number] => [uid, values[k] ?? 0])),
      versionKeys: netuids.slice(draw.oneIn(20) ? 1 : 0).map((one) => versionKey(draw, world, one)),
    });
  },
];

/** A row that a pulse will open; as often bytes that nothing opens, which cost next to nothing. */
function sealedFields(draw: Draw, world: World, netuid: number) {
  const revealRound = drawRound(draw, world);
  const isRow = draw.oneIn(2);
  const commit = isRow
    ? sealedRow(draw, drawRow(draw, world, netuid), revealRound)
    : new Uint8Array(draw.below(60)).fill(draw.below(256));
  return { commit, revealRound };
}

const COMMITS: readonly Make[] = [
  (draw, _world, { hotkey, netuid }) =>
    weights.commitWeights({ netuid, hash: committed(hotkey, netuid, 0, draw.below(ROWS)).hash }),
  (draw, _world, { hotkey, netuid }, mechanism) => {
    const { hash } = committed(hotkey, netuid, mechanism, draw.below(ROWS));
    return weights.commitMechanismWeights({ netuid, mechanism, hash });
  },
  (draw, world, { hotkey, netuid }) => {
    const netuids = [netuid, ...(draw.oneIn(2) ? [anyNetuid(draw, world)] : [])];
    const hashes = netuids.map((one) => committed(hotkey, one, 0, draw.below(ROWS)).hash);
    return weights.batchCommitWeights({ netuids, hashes: hashes.slice(draw.oneIn(20) ? 1 : 0) });
  },
];

const SEALED: readonly Make[] = [
  (draw, world, { netuid }) => {
    const commitRevealVersion = draw.oneIn(10) ? 1 : world.state.read(CommitRevealWeightsVersion);
    return weights.commitTimelockedWeights({ netuid, ...sealedFields(draw, world, netuid), commitRevealVersion });
  },
  (draw, world, { netuid }, mechanism) => {
    const commitRevealVersion = world.state.read(CommitRevealWeightsVersion);
    const fields = sealedFields(draw, world, netuid);
    return weights.commitTimelockedMechanismWeights({ netuid, mechanism, ...fields, commitRevealVersion });
  },
  (draw, world, { netuid }, mechanism) =>
    weights.commitCrv3MechanismWeights({ netuid, mechanism, ...sealedFields(draw, world, netuid) }),
];

const REVEALS: readonly Make[] = [
  (draw, world, scene) => {
    const { hash: _, ...row } = draw.pick(waiting(draw, world, scene, 0));
    return weights.revealWeights({ netuid: scene.netuid, ...row });
  },
  (draw, world, scene, mechanism) => {
    const { hash: _, ...row } = draw.pick(waiting(draw, world, scene, mechanism));
    return weights.revealMechanismWeights({ netuid: scene.netuid, mechanism, ...row });
  },
  (draw, world, scene) => {
    const rows = waiting(draw, world, scene, 0);
    return weights.batchRevealWeights({
      netuid: scene.netuid,
      uidsList: rows.map(({ uids }) => uids),
      valuesList: rows.map(({ values }) => values),
      saltsList: rows.map(({ salt }) => salt),
      versionKeys: rows.slice(draw.oneIn(20) ? 1 : 0).map((row) => row.versionKey),
    });
  },
];

/** Somebody on a mechanism; to reveal, who has something to reveal there, and to seal, where rows are sealed, if that is anywhere. */
function drawPlace(draw: Draw, world: World, makes: readonly Make[]): readonly [scene: Scene, mechanism: number] {
  const scene = setScene(draw, world, "neuron");
  const waiting = makes === REVEALS ? world.state.entries(WeightCommits) : [];
  if (makes === SEALED && !draw.oneIn(8)) return drawSealing(draw, world, scene);
  if (waiting.length === 0 || draw.oneIn(8)) return [scene, drawMechanism(draw, world, scene.netuid)];
  const [[index, hotkey]] = draw.pick(waiting);
  const by = signerNumber(hotkey) ?? scene.by;
  return [{ ...scene, by, hotkey, netuid: index % MECHANISM_STRIDE }, Math.floor(index / MECHANISM_STRIDE)];
}

function drawSealing(draw: Draw, world: World, scene: Scene): readonly [scene: Scene, mechanism: number] {
  const open = subnetsOf(world.state).filter((one) => world.state.read(CommitRevealWeightsEnabled, one));
  const netuid = open.length > 0 ? draw.pick(open) : scene.netuid;
  const hotkey = seatedHotkey(draw, world, netuid);
  return [{ ...scene, by: signerNumber(hotkey) ?? scene.by, hotkey, netuid }, drawMechanism(draw, world, netuid)];
}

const generatorOf = (name: string, weight: number, makes: readonly Make[]): Generator => ({
  name,
  weight,
  make: (draw, world) => {
    const [scene, mechanism] = drawPlace(draw, world, makes);
    return { by: scene.by, call: draw.pick(makes)(draw, world, scene, mechanism) };
  },
});

/** The generators of this area. */
export const WEIGHT_GENERATORS = [
  generatorOf("weights set", 4, SETS),
  generatorOf("weights committed", 2, COMMITS),
  generatorOf("weights sealed", 2, SEALED),
  generatorOf("weights revealed", 3, REVEALS),
];
