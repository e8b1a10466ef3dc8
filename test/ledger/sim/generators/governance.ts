/** Governance: root calls proposed by holders of stake, voted on, some approved and carried out. */
import type { AnyDefinedCall, Call } from "../../../../host/ledger/calls/call.js";
import { CALLS, calls } from "../../../../host/ledger/calls/index.js";
import { Delegations, NextProposal } from "../../../../host/ledger/state/governance.js";
import { Owner } from "../../../../host/ledger/state/staking.js";
import type { Draw } from "../draw.js";
import { anyColdkey, type Generator, signerNumber, type World } from "../world.js";
import { drawCall } from "./arguments.js";
import { setScene } from "./scene.js";

const governance = calls.governance;
/** Of these proposals somebody is still likely to want something. */
const RECENT = 6;

/** A call for root: a parameter of a subnet or of all, or one of governance's own; in one case of ten some other. */
function forRoot(draw: Draw, world: World): Call {
  const scene = setScene(draw, world, "owner");
  const area = draw.pick([CALLS.admin, CALLS.admin, OWN_PARAMETERS, draw.oneIn(3) ? CALLS.staking : CALLS.admin]);
  const [name, definition] = draw.pick(Object.entries(area) as [string, AnyDefinedCall][]);
  return drawCall(draw, name, definition, scene, world);
}

const OWN_PARAMETERS = Object.fromEntries(Object.entries(CALLS.governance).filter(([name]) => name.startsWith("set")));

function proposed(draw: Draw, world: World): Call {
  if (!draw.oneIn(5)) return forRoot(draw, world);
  return calls.utility.batchAll({ calls: Array.from({ length: draw.below(4) }, () => forRoot(draw, world)) });
}

const recent = (draw: Draw, { state }: World) =>
  Math.max(state.read(NextProposal) - 1 - draw.below(RECENT) + (draw.oneIn(20) ? RECENT : 0), 0);
const choice = (draw: Draw) => draw.pick(["aye", "aye", "aye", "nay", "abstain"] as const);

const proposals: Generator = {
  name: "proposals",
  weight: 2,
  make: (draw, world) => {
    const { by } = setScene(draw, world, "staker");
    const proposal = recent(draw, world);
    if (!draw.oneIn(5)) return { by, call: governance.propose({ call: proposed(draw, world) }) };
    const call = governance.cancel({ proposal });
    return draw.oneIn(2) ? { by, call } : { by: 0, call: calls.sudo.sudo({ call }) };
  },
};

const votes: Generator = {
  name: "votes",
  weight: 4,
  make: (draw, world) => {
    const { by } = setScene(draw, world, "staker");
    return { by, call: governance.vote({ proposal: recent(draw, world), choice: choice(draw) }) };
  },
};

const delegations: Generator = {
  name: "delegations",
  weight: 2,
  make: (draw, world) => {
    const scene = setScene(draw, world, "staker");
    const delegated = world.state.entries(Delegations);
    if (delegated.length === 0 || draw.oneIn(3)) {
      const call = draw.oneIn(3) ? governance.undelegate({}) : governance.delegate({ hotkey: scene.hotkey });
      return { by: scene.by, call };
    }
    const [[coldkey], hotkey] = draw.pick(delegated);
    const coldkeys = [coldkey, ...(draw.oneIn(4) ? [anyColdkey(draw, world)] : [])];
    const call = governance.voteFor({ proposal: recent(draw, world), choice: choice(draw), coldkeys });
    return { by: signerNumber(draw.oneIn(10) ? (world.state.read(Owner, hotkey) ?? hotkey) : hotkey) ?? 0, call };
  },
};

/** The generators of this area. */
export const GOVERNANCE_GENERATORS = [proposals, votes, delegations];
