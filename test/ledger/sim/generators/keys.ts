/** Swaps of hotkeys and coldkeys, most of them by those who may. */
import type { Call } from "../../../../host/ledger/calls/call.js";
import { calls } from "../../../../host/ledger/calls/index.js";
import { coldkeyHash } from "../../../../host/ledger/calls/keys/coldkeySwap.js";
import { ColdkeySwapAnnouncements } from "../../../../host/ledger/state/limits.js";
import { OwnedHotkeys } from "../../../../host/ledger/state/staking.js";
import { BlockNumber } from "../../../../host/ledger/state/system.js";
import type { Draw } from "../draw.js";
import { anyone, coldkey, type Generator, hotkey, signerNumber, type World } from "../world.js";

const keys = calls.keys;

/** The coldkey a coldkey would announce: always the same, so that the swap can name it. */
const successor = (k: number, world: World) => coldkey(world.count + k);

/** Somebody who announced, if anybody did. */
function announcer(draw: Draw, world: World): number {
  const waiting = world.state.entries(ColdkeySwapAnnouncements);
  const chosen = waiting.length > 0 && !draw.oneIn(6) ? signerNumber(draw.pick(waiting)[0][0]) : undefined;
  return chosen ?? anyone(draw, world);
}

const hotkeySwaps: Generator = {
  name: "hotkey swaps",
  weight: 3,
  make: (draw, world) => {
    const by = anyone(draw, world);
    const owned = world.state.read(OwnedHotkeys, coldkey(by));
    const old = owned.length > 0 && !draw.oneIn(6) ? draw.pick(owned) : hotkey(anyone(draw, world));
    const newHotkey = draw.oneIn(12) ? old : hotkey(anyone(draw, world));
    const netuid = draw.pick([null, null, 0, 1, 2, 3]);
    const swap = { hotkey: old, newHotkey, netuid };
    return {
      by,
      call: draw.oneIn(2) ? keys.swapHotkey(swap) : keys.swapHotkeyV2({ ...swap, keepStake: draw.oneIn(2) }),
    };
  },
};

const announcements: Generator = {
  name: "announcements",
  weight: 1,
  make: (draw, world) => {
    const by = anyone(draw, world);
    return { by, call: keys.announceColdkeySwap({ newColdkeyHash: coldkeyHash(successor(by, world)) }) };
  },
};

const coldkeySwaps: Generator = {
  name: "coldkey swaps",
  weight: 3,
  make: (draw, world) => {
    const by = announcer(draw, world);
    const due = world.state.read(ColdkeySwapAnnouncements, coldkey(by))?.[0] ?? 0;
    const isDue = world.state.read(BlockNumber) >= due;
    if (isDue && draw.oneIn(4)) return { by, call: keys.clearColdkeySwapAnnouncement({}) };
    if (isDue || draw.oneIn(8)) {
      const newColdkey = draw.oneIn(8) ? coldkey(anyone(draw, world)) : successor(by, world);
      return { by, call: keys.swapColdkeyAnnounced({ newColdkey }) };
    }
    if (draw.oneIn(10)) return { by, call: keys.disputeColdkeySwap({}) };
    if (draw.oneIn(6)) return { by, call: keys.clearColdkeySwapAnnouncement({}) };
    return { by: 0, call: calls.sudo.sudo({ call: byRoot(draw, world, by) }) };
  },
};

function byRoot(draw: Draw, world: World, k: number): Call {
  if (draw.oneIn(2)) return keys.resetColdkeySwap({ coldkey: coldkey(k) });
  const other = draw.oneIn(2) ? successor(k, world) : draw.oneIn(2) ? hotkey(k) : coldkey(anyone(draw, world));
  return keys.swapColdkey({
    oldColdkey: coldkey(anyone(draw, world)),
    newColdkey: other,
    swapCostRao: draw.rao(1000n),
  });
}

/** The generators of this area. */
export const KEY_GENERATORS = [hotkeySwaps, announcements, coldkeySwaps];
