/**
 * Every declared call of the areas that have no generator of their own: who may make it is told here by area, its arguments are drawn by
 * their names, so that a new call joins by itself.
 */
import type { AnyDefinedCall } from "../../../../host/ledger/calls/call.js";
import { CALLS, calls } from "../../../../host/ledger/calls/index.js";
import type { Draw } from "../draw.js";
import { anyone, type Generator, type Planned, type World } from "../world.js";
import { drawCall } from "./arguments.js";
import { type Actor, setScene } from "./scene.js";

type Area = keyof typeof CALLS;

/** By area: how often, and who acts. Areas that are not named have a file of their own. */
const AREAS: Partial<Record<Area, readonly [weight: number, actor: Actor]>> = {
  staking: [16, "staker"],
  takes: [2, "staker"],
  children: [3, "staker"],
  root: [3, "staker"],
  locks: [3, "staker"],
  subnets: [8, "newcomer"],
  admin: [5, "owner"],
};

/** Calls for which somebody else acts than for the rest of their area. */
const ACTOR_OF: Readonly<Record<string, Actor>> = {
  serveAxon: "neuron",
  serveAxonTls: "neuron",
  servePrometheus: "neuron",
  startCall: "owner",
  setTempo: "owner",
  setActivityCutoffFactor: "owner",
  triggerEpoch: "owner",
  rootRegister: "newcomer",
  tryAssociateHotkey: "newcomer",
};

/** Subnets end now and then only. */
const RARE: Readonly<Record<string, number>> = { rootDissolveNetwork: 12, registerNetwork: 2 };

function generatorOf(area: Area, weight: number, actor: Actor): Generator {
  const defined = Object.entries(CALLS[area]) as [string, AnyDefinedCall][];
  return { name: area, weight, make: (draw, world) => drawPlanned(draw, world, defined, actor) };
}

function drawPlanned(draw: Draw, world: World, defined: readonly [string, AnyDefinedCall][], actor: Actor): Planned {
  let [name, definition] = draw.pick(defined);
  while (!draw.oneIn(RARE[name] ?? 1)) [name, definition] = draw.pick(defined);
  const scene = setScene(draw, world, ACTOR_OF[name] ?? actor);
  const call = drawCall(draw, name, definition, scene, world);
  const wantsRoot = definition.origin === "root" || (definition.origin === "any" && draw.oneIn(3));
  if (!wantsRoot || draw.oneIn(12)) return { by: scene.by, call };
  return { by: draw.oneIn(20) ? anyone(draw, world) : 0, call: calls.sudo.sudo({ call }) };
}

/** A generator an area. */
export const CALL_GENERATORS = (Object.entries(AREAS) as [Area, readonly [number, Actor]][]).map(
  ([area, [weight, actor]]) => generatorOf(area, weight, actor),
);
