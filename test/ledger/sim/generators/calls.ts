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

/** A call, and who acts. */
interface Choice {
  readonly name: string;
  readonly definition: AnyDefinedCall;
  readonly actor: Actor;
}

function choicesOf(area: Area, actor: Actor): readonly Choice[] {
  const defined = Object.entries(CALLS[area]) as [string, AnyDefinedCall][];
  return defined.map(([name, definition]) => ({ name, definition, actor: ACTOR_OF[name] ?? actor }));
}

function drawPlanned(draw: Draw, world: World, choices: readonly Choice[]): Planned {
  let { name, definition, actor } = draw.pick(choices);
  while (!draw.oneIn(RARE[name] ?? 1)) ({ name, definition, actor } = draw.pick(choices));
  const scene = setScene(draw, world, actor);
  const call = drawCall(draw, name, definition, scene, world);
  const wantsRoot = definition.origin === "root" || (definition.origin === "any" && draw.oneIn(3));
  if (!wantsRoot || draw.oneIn(12)) return { by: scene.by, call };
  return { by: draw.oneIn(20) ? anyone(draw, world) : 0, call: calls.sudo.sudo({ call }) };
}

const BY_AREA = (Object.entries(AREAS) as [Area, readonly [number, Actor]][]).map(([name, [weight, actor]]) => ({
  name,
  weight,
  choices: choicesOf(name, actor),
}));
const EVERY = BY_AREA.flatMap(({ choices }) => choices);

/** One of all these calls, each as often as any other. */
export function drawAnyCall(draw: Draw, world: World): Planned {
  return drawPlanned(draw, world, EVERY);
}

/** A generator an area. */
export const CALL_GENERATORS = BY_AREA.map(
  ({ name, weight, choices }): Generator => ({
    name,
    weight,
    make: (draw, world) => drawPlanned(draw, world, choices),
  }),
);
