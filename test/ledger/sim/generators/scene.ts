/** Where a call is made: by whom, with which hotkey, on which subnet, and what is there to give. A scene is one in which calls of its kind can succeed. */
import { ledgerKernel } from "../../../../host/ledger/kernel.js";
import { networksOf, subnetsOf } from "../../../../host/ledger/rules/networks.js";
import { stakeOf } from "../../../../host/ledger/rules/stake.js";
import { FreeBalance } from "../../../../host/ledger/state/balances.js";
import type { Account } from "../../../../host/ledger/state/codecs.js";
import { Keys, SubnetworkN } from "../../../../host/ledger/state/neurons.js";
import { OwnedHotkeys, StakingHotkeys } from "../../../../host/ledger/state/staking.js";
import type { State } from "../../../../host/ledger/state/state.js";
import { SubnetOwner } from "../../../../host/ledger/state/subnets.js";
import type { Draw } from "../draw.js";
import { anyone, coldkey, hotkey, signerNumber, type World } from "../world.js";

const TRIES = 6;
const MOST_NETUID = 0xffff;

/** Who acts. */
export const ACTORS = ["staker", "newcomer", "neuron", "owner"] as const;
export type Actor = (typeof ACTORS)[number];

/** A scene. */
export interface Scene {
  /** The signer, by `signerAt`. */
  readonly by: number;
  readonly netuid: number;
  readonly hotkey: Account;
  /** What the coldkey has free. */
  readonly freeRao: bigint;
  /** What it has with the hotkey on the subnet. */
  readonly alphaRao: bigint;
}

/** A subnet that exists, in one case of ten the root, in one of forty any number. */
export function anyNetuid(draw: Draw, { state }: World): number {
  if (draw.oneIn(40)) return draw.below(MOST_NETUID);
  return draw.pick(draw.oneIn(10) ? [0] : networksOf(state));
}

/** A hotkey with a uid there; anybody's where there is none. */
export function seatedHotkey(draw: Draw, world: World, netuid: number): Account {
  const n = world.state.read(SubnetworkN, netuid);
  return n > 0 ? world.state.read(Keys, netuid, draw.below(n)) : hotkey(anyone(draw, world));
}

/** Sets a scene. */
export function setScene(draw: Draw, world: World, actor: Actor): Scene {
  return SETTERS[actor](draw, world);
}

const SETTERS: Readonly<Record<Actor, (draw: Draw, world: World) => Scene>> = {
  /** A coldkey with a hotkey it stakes to, if a few tries find one; in one case of three any hotkey of the subnet. */
  staker: (draw, world) => {
    const { state } = world;
    let by = anyone(draw, world);
    for (let k = 0; k < TRIES && state.read(StakingHotkeys, coldkey(by)).length === 0; k++) by = anyone(draw, world);
    const staking = state.read(StakingHotkeys, coldkey(by));
    let scene = sceneOf(world, by, anyNetuid(draw, world), draw.pick([...staking, hotkey(by)]));
    for (let k = 0; k < TRIES && scene.alphaRao === 0n; k++)
      scene = sceneOf(world, by, anyNetuid(draw, world), scene.hotkey);
    return draw.oneIn(3) ? sceneOf(world, by, scene.netuid, seatedHotkey(draw, world, scene.netuid)) : scene;
  },

  /** A coldkey with a hotkey that may be new. */
  newcomer: (draw, world) => {
    const by = anyone(draw, world);
    const owned = world.state.read(OwnedHotkeys, coldkey(by));
    const own = draw.oneIn(4) ? hotkey(anyone(draw, world)) : hotkey(by);
    return sceneOf(world, by, anyNetuid(draw, world), owned.length > 0 && draw.oneIn(2) ? draw.pick(owned) : own);
  },

  /** A hotkey of the subnet signs. */
  neuron: (draw, world) => {
    const netuid = anyNetuid(draw, world);
    const chosen = draw.oneIn(12) ? hotkey(anyone(draw, world)) : seatedHotkey(draw, world, netuid);
    return sceneOf(world, signerNumber(chosen) ?? 0, netuid, chosen);
  },

  /** The subnet's owner signs. */
  owner: (draw, world) => {
    const netuid = draw.oneIn(8) ? anyNetuid(draw, world) : draw.pick([...subnetsOf(world.state), 0]);
    const owner = signerNumber(world.state.read(SubnetOwner, netuid)) ?? 0;
    return sceneOf(world, draw.oneIn(10) ? anyone(draw, world) : owner, netuid, seatedHotkey(draw, world, netuid));
  },
};

function sceneOf({ state }: World, by: number, netuid: number, chosen: Account): Scene {
  const account = by >= 0 ? coldkey(by) : hotkey(-1 - by);
  const context = { state: state as State, kernel: ledgerKernel(), emit: () => {} };
  return {
    by,
    netuid,
    hotkey: chosen,
    freeRao: state.read(FreeBalance, account),
    alphaRao: stakeOf(context, chosen, account, netuid),
  };
}
