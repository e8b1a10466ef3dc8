/** What was read by uid and by hotkey, put together as a snapshot has it. */
import type { MechanismInput, MechanismsSnapshot, Pair, Rules } from "../../types.js";
import { commitBlocks } from "./commits.js";
import type { HotkeyInputs, Subnet } from "./hotkeys.js";
import { notReconstructable } from "./refusal.js";
import type { SettingsAnswers } from "./settings.js";
import type { MechanismAnswers, UidAnswers } from "./uids.js";

/** All that was read for an epoch, and the block it runs in. */
export interface Materials {
  readonly rules: Rules;
  readonly block: number;
  readonly settings: SettingsAnswers;
  readonly subnet: Subnet;
  readonly uids: UidAnswers;
  readonly hotkeys: HotkeyInputs;
  /** The consensus stored for the subnet as a whole. */
  readonly previousConsensus: readonly number[];
}

/** The part of a snapshot that is told by uid. */
export type UidInputs = Pick<
  MechanismsSnapshot,
  "ownerUid" | "blockAtRegistration" | "alphaStake" | "taoStake" | "hotkeys" | "mechanisms"
>;

/** That part. Throws NOT_RECONSTRUCTABLE for vectors of another length than the subnet. */
export function inputsOf(materials: Materials): UidInputs {
  const { subnet, uids, hotkeys } = materials;
  return {
    ownerUid: hotkeys.ownerUid,
    blockAtRegistration: uids.blockAtRegistration,
    alphaStake: hotkeys.alphaStake,
    taoStake: hotkeys.taoStake,
    hotkeys: subnet.hotkeys.map((hotkey) => hotkey ?? ""),
    mechanisms: uids.mechanisms.map((own, m) => mechanismOf(materials, own, m)),
  };
}

function mechanismOf(materials: Materials, own: MechanismAnswers, mechid: number): MechanismInput {
  const { rules, settings, subnet, hotkeys, previousConsensus } = materials;
  const { hashed = [], revealed = [] } = hotkeys.mechanisms[mechid] ?? {};
  const block = BigInt(materials.block);
  // A new hotkey's first mechanism row may be shorter than the subnet until somebody sets weights on it.
  if (own.lastUpdate.length !== settings.n) {
    notReconstructable(`mechanism ${mechid} keeps ${own.lastUpdate.length} last updates for ${settings.n} uids`);
  }
  const weights: (readonly Pair[])[] = [...own.weights];
  for (const { uid, row } of revealed) weights[uid] = row;
  return {
    lastUpdate: own.lastUpdate,
    commitBlocks: subnet.commits && commitBlocks(subnet.hotkeys, hashed, own.timelocked, subnet.commits, block),
    weights,
    bonds: own.bonds,
    ...previousOf(rules, settings, own.consensus ?? previousConsensus),
  };
}

/** The consensus stored by the last epoch, where it may matter. How the chain pads one of another length is not known. */
function previousOf(rules: Rules, settings: SettingsAnswers, consensus: readonly number[]) {
  if (rules.liquidAlphaConsensus === "current" || !settings.liquidAlpha || !settings.yuma3) return {};
  if (consensus.length === 0) return { previousConsensus: null };
  if (consensus.length === settings.n) return { previousConsensus: consensus };
  return notReconstructable(`the stored consensus has ${consensus.length} entries for ${settings.n} uids`);
}
