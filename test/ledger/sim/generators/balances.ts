/** Transfers, forced ones, batches, and calls that are not for whom they come from. */
import type { Call } from "../../../../host/ledger/calls/call.js";
import { calls } from "../../../../host/ledger/calls/index.js";
import { MAX_BATCHED_CALLS } from "../../../../host/ledger/calls/utility/batch.js";
import { FreeBalance } from "../../../../host/ledger/state/balances.js";
import type { Draw } from "../draw.js";
import { anyone, coldkey, type Generator, type World } from "../world.js";

const { transferAllowDeath, transferKeepAlive, transferAll, forceTransfer, forceSetBalance } = calls.balances;
const { batch, batchAll, forceBatch } = calls.utility;

const freeRao = (world: World, k: number) => world.state.read(FreeBalance, coldkey(k));

function transfer(draw: Draw, world: World, by: number): Call {
  const to = coldkey(anyone(draw, world));
  if (draw.oneIn(8)) return transferAll({ to, keepAlive: draw.oneIn(2) });
  const amountRao = draw.rao(freeRao(world, by));
  return draw.oneIn(2) ? transferAllowDeath({ to, amountRao }) : transferKeepAlive({ to, amountRao });
}

/** What only root may do. */
function forced(draw: Draw, world: World): Call {
  const from = anyone(draw, world);
  const account = coldkey(from);
  if (draw.oneIn(3)) return forceSetBalance({ account, freeRao: draw.rao(freeRao(world, from)) });
  return forceTransfer({ from: account, to: coldkey(anyone(draw, world)), amountRao: draw.rao(freeRao(world, from)) });
}

/** Transfers, most of what happens. */
const transfers: Generator = {
  name: "transfers",
  weight: 12,
  make: (draw, world) => {
    const by = anyone(draw, world);
    return { by, call: transfer(draw, world, by) };
  },
};

/** Root's calls, by root or by somebody else, through sudo or not. */
const byRoot: Generator = {
  name: "by root",
  weight: 3,
  make: (draw, world) => {
    const call = forced(draw, world);
    const by = draw.oneIn(4) ? anyone(draw, world) : 0;
    return { by, call: draw.oneIn(8) ? call : calls.sudo.sudo({ call }) };
  },
};

/** Batches of all three kinds; one in many nests, one in very many is too long. */
const batches: Generator = {
  name: "batches",
  weight: 3,
  make: (draw, world) => {
    const by = anyone(draw, world);
    const list: Call[] = Array.from({ length: draw.below(5) }, () => transfer(draw, world, by));
    if (draw.oneIn(10)) list.push(batch({ calls: [] }));
    if (draw.oneIn(200)) list.push(...new Array<Call>(MAX_BATCHED_CALLS + 1).fill(transfer(draw, world, by)));
    return { by, call: draw.pick([batch, batchAll, forceBatch])({ calls: list }) };
  },
};

/** The generators of this area. */
export const BALANCES_GENERATORS = [transfers, byRoot, batches];
