/** The calls on stake. */
import { addStake, addStakeLimit } from "./addStake.js";
import { addStakeBurn, burnAlpha, recycleAlpha } from "./alpha.js";
import { setColdkeyAutoStakeHotkey, tryAssociateHotkey } from "./hotkeys.js";
import { moveStake, swapStake, swapStakeLimit, transferStake } from "./moveStake.js";
import { removeStake, removeStakeFullLimit, removeStakeLimit } from "./removeStake.js";
import { unstakeAll, unstakeAllAlpha } from "./unstakeAll.js";

/** By the names of their builders. */
export const STAKING_CALLS = {
  tryAssociateHotkey,
  addStake,
  addStakeLimit,
  removeStake,
  removeStakeLimit,
  removeStakeFullLimit,
  unstakeAll,
  unstakeAllAlpha,
  moveStake,
  transferStake,
  swapStake,
  swapStakeLimit,
  recycleAlpha,
  burnAlpha,
  addStakeBurn,
  setColdkeyAutoStakeHotkey,
};
