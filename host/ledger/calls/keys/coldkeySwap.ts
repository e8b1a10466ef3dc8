/** Replacing a coldkey: announced, waited for, disputed or carried out; or by root at once. Source: subtensor macros/dispatches.rs. */
import { blake2b } from "@noble/hashes/blake2.js";
import { ensure } from "../../errors.js";
import { checkColdkeyMove, moveColdkey } from "../../rules/moveColdkey.js";
import { canRecycle, recycleTao } from "../../rules/recycle.js";
import { type Account, fromHex, toHex } from "../../state/codecs.js";
import {
  ColdkeySwapAnnouncementDelay,
  ColdkeySwapAnnouncements,
  ColdkeySwapDisputes,
  ColdkeySwapReannouncementDelay,
} from "../../state/limits.js";
import type { State } from "../../state/state.js";
import { account } from "../arguments.js";
import { defineCall } from "../call.js";
import { fixedRao, hash } from "./arguments.js";
import { KEY_SWAP_COST_RAO } from "./hotkeySwap.js";

/** Errors of swapping coldkeys. */
export const COLDKEY_SWAP_ERRORS = [
  "SubtensorModule.ColdkeySwapReannouncedTooEarly",
  "SubtensorModule.NotEnoughBalanceToPaySwapColdKey",
  "SubtensorModule.ColdkeySwapAnnouncementNotFound",
  "SubtensorModule.AnnouncedColdkeyHashDoesNotMatch",
  "SubtensorModule.ColdkeySwapTooEarly",
  "SubtensorModule.ColdkeySwapAlreadyDisputed",
  "SubtensorModule.ColdkeySwapClearTooEarly",
] as const;

/** What is reported on the way; the swap itself is `ColdkeySwapped`. */
export type ColdkeySwapEvent =
  | { readonly name: "SubtensorModule.ColdkeySwapAnnounced"; readonly who: Account; readonly newColdkeyHash: Account }
  | { readonly name: "SubtensorModule.ColdkeySwapDisputed"; readonly coldkey: Account }
  | { readonly name: "SubtensorModule.ColdkeySwapReset"; readonly who: Account }
  | { readonly name: "SubtensorModule.ColdkeySwapCleared"; readonly who: Account };

const MAX_U32 = 2 ** 32 - 1;
const HASH_BYTES = 32;

/** What an announcement carries of the new coldkey: the BLAKE2b-256 of its 32 bytes. */
export function coldkeyHash(coldkey: Account): Account {
  return toHex(blake2b(fromHex(coldkey), { dkLen: HASH_BYTES }));
}

/** Announces a new coldkey by its hash. The first time it costs 0.1 TAO; again it may be from a day after the swap was due. */
export const announceColdkeySwap = defineCall({
  name: "SubtensorModule.announce_coldkey_swap",
  index: [7, 125],
  origin: "signed",
  arguments: { newColdkeyHash: hash },
  check: ({ state, signer, blockNumber }) => {
    const earliest = nextChange(state, signer);
    if (earliest !== undefined) {
      ensure(blockNumber >= earliest, "SubtensorModule.ColdkeySwapReannouncedTooEarly", { earliest });
    } else checkCost(state, signer, KEY_SWAP_COST_RAO);
    return earliest === undefined ? KEY_SWAP_COST_RAO : 0n;
  },
  apply: ({ state, signer, blockNumber, emit }, { newColdkeyHash }, costRao) => {
    recycleTao(state, signer, costRao);
    const due = Math.min(blockNumber + state.read(ColdkeySwapAnnouncementDelay), MAX_U32);
    state.write(ColdkeySwapAnnouncements, signer, [due, newColdkeyHash]);
    emit({ name: "SubtensorModule.ColdkeySwapAnnounced", who: signer, newColdkeyHash });
  },
});

/** Carries out the announced swap, once it is due. */
export const swapColdkeyAnnounced = defineCall({
  name: "SubtensorModule.swap_coldkey_announced",
  index: [7, 126],
  origin: "signed",
  arguments: { newColdkey: account },
  check: ({ state, signer, blockNumber }, { newColdkey }) => {
    const [due, announced] = announcementOf(state, signer);
    ensure(announced === coldkeyHash(newColdkey), "SubtensorModule.AnnouncedColdkeyHashDoesNotMatch");
    ensure(blockNumber >= due, "SubtensorModule.ColdkeySwapTooEarly", { due });
    checkColdkeyMove(state, newColdkey);
  },
  apply: (context, { newColdkey }) => {
    context.state.remove(ColdkeySwapAnnouncements, context.signer);
    moveColdkey(context, context.signer, newColdkey);
  },
});

/** Freezes the coldkey until root resets it. */
export const disputeColdkeySwap = defineCall({
  name: "SubtensorModule.dispute_coldkey_swap",
  index: [7, 127],
  origin: "signed",
  arguments: {},
  check: ({ state, signer }) => {
    announcementOf(state, signer);
    ensure(!state.has(ColdkeySwapDisputes, signer), "SubtensorModule.ColdkeySwapAlreadyDisputed");
  },
  apply: ({ state, signer, blockNumber, emit }) => {
    state.write(ColdkeySwapDisputes, signer, blockNumber);
    emit({ name: "SubtensorModule.ColdkeySwapDisputed", coldkey: signer });
  },
});

/** Takes an announcement back, from a day after the swap was due. */
export const clearColdkeySwapAnnouncement = defineCall({
  name: "SubtensorModule.clear_coldkey_swap_announcement",
  index: [7, 133],
  origin: "signed",
  arguments: {},
  check: ({ state, signer, blockNumber }) => {
    announcementOf(state, signer);
    ensure(blockNumber >= nextChange(state, signer)!, "SubtensorModule.ColdkeySwapClearTooEarly");
  },
  apply: ({ state, signer, emit }) => {
    state.remove(ColdkeySwapAnnouncements, signer);
    emit({ name: "SubtensorModule.ColdkeySwapCleared", who: signer });
  },
});

/** Root takes back a coldkey's announcement and dispute. */
export const resetColdkeySwap = defineCall({
  name: "SubtensorModule.reset_coldkey_swap",
  index: [7, 128],
  origin: "root",
  arguments: { coldkey: account },
  check: () => undefined,
  apply: ({ state, emit }, { coldkey }) => {
    forget(state, coldkey);
    emit({ name: "SubtensorModule.ColdkeySwapReset", who: coldkey });
  },
});

/** Root swaps a coldkey at once, for a cost of its choice. */
export const swapColdkey = defineCall({
  name: "SubtensorModule.swap_coldkey",
  index: [7, 71],
  origin: "root",
  arguments: { oldColdkey: account, newColdkey: account, swapCostRao: fixedRao },
  check: ({ state }, { oldColdkey, newColdkey, swapCostRao }) => {
    checkCost(state, oldColdkey, swapCostRao);
    checkColdkeyMove(state, newColdkey);
  },
  apply: (context, { oldColdkey, newColdkey, swapCostRao }) => {
    recycleTao(context.state, oldColdkey, swapCostRao);
    moveColdkey(context, oldColdkey, newColdkey);
    forget(context.state, oldColdkey);
  },
});

function announcementOf(state: State, coldkey: Account): readonly [due: number, hash: Account] {
  const announcement = state.read(ColdkeySwapAnnouncements, coldkey);
  ensure(announcement !== undefined, "SubtensorModule.ColdkeySwapAnnouncementNotFound");
  return announcement;
}

/** The block from which an announcement may be replaced or cleared. */
function nextChange(state: State, coldkey: Account): number | undefined {
  const announcement = state.read(ColdkeySwapAnnouncements, coldkey);
  return announcement && Math.min(announcement[0] + state.read(ColdkeySwapReannouncementDelay), MAX_U32);
}

function checkCost(state: State, coldkey: Account, costRao: bigint): void {
  ensure(canRecycle(state, coldkey, costRao), "SubtensorModule.NotEnoughBalanceToPaySwapColdKey");
}

function forget(state: State, coldkey: Account): void {
  state.remove(ColdkeySwapAnnouncements, coldkey);
  state.remove(ColdkeySwapDisputes, coldkey);
}
