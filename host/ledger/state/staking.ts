/** Storage of hotkeys and stake. Amounts are in rao; defaults are those of spec 425. */

import { account, blockNumber, netuid, rao } from "./codecs.js";
import { u16, u64 } from "./integers.js";
import { item, optionalItem } from "./item.js";
import { accountList, NO_SHARES, safeFloat } from "./values.js";

/** The coldkey of a hotkey; a hotkey exists where this does. */
export const Owner = optionalItem("SubtensorModule.Owner", [account], account);

/** The hotkeys of a coldkey. */
export const OwnedHotkeys = item("SubtensorModule.OwnedHotkeys", [account], accountList, []);

/** The hotkeys a coldkey has staked to. */
export const StakingHotkeys = item("SubtensorModule.StakingHotkeys", [account], accountList, []);

/** The take of a hotkey, over 65535. */
export const Delegates = item("SubtensorModule.Delegates", [account], u16, 11_796);

/** The most a take may be. */
export const MaxDelegateTake = item("SubtensorModule.MaxDelegateTake", [], u16, 11_796);

/** The least a take may be. */
export const MinDelegateTake = item("SubtensorModule.MinDelegateTake", [], u16, 0);

/** All stake with a hotkey on a subnet: the shared value of its pool. */
export const TotalHotkeyAlpha = item("SubtensorModule.TotalHotkeyAlpha", [account, netuid], rao, 0n);

/** The same after the last epoch. */
export const TotalHotkeyAlphaLastEpoch = item("SubtensorModule.TotalHotkeyAlphaLastEpoch", [account, netuid], rao, 0n);

/** All shares of that pool. */
export const TotalHotkeySharesV2 = item("SubtensorModule.TotalHotkeySharesV2", [account, netuid], safeFloat, NO_SHARES);

/** The shares of a coldkey with a hotkey on a subnet. */
export const AlphaV2 = item("SubtensorModule.AlphaV2", [account, account, netuid], safeFloat, NO_SHARES);

/** Where a coldkey's incentives are staked. */
export const AutoStakeDestination = optionalItem("SubtensorModule.AutoStakeDestination", [account, netuid], account);

/** The coldkeys that stake incentives to a hotkey. */
export const AutoStakeDestinationColdkeys = item(
  "SubtensorModule.AutoStakeDestinationColdkeys",
  [account, netuid],
  accountList,
  [],
);

/** The least a nominator may keep staked, in millionths of the least stake, 0.002 TAO. */
export const NominatorMinRequiredStake = item("SubtensorModule.NominatorMinRequiredStake", [], u64, 0n);

/** When a coldkey last staked to a hotkey. */
export const LastColdkeyHotkeyStakeBlock = optionalItem(
  "SubtensorModule.LastColdkeyHotkeyStakeBlock",
  [account, account],
  blockNumber,
);

/** Alpha dividends of a hotkey in the last epoch. */
export const AlphaDividendsPerSubnet = item("SubtensorModule.AlphaDividendsPerSubnet", [netuid, account], rao, 0n);

/** Root dividends of a hotkey in the last epoch. */
export const RootAlphaDividendsPerSubnet = item(
  "SubtensorModule.RootAlphaDividendsPerSubnet",
  [netuid, account],
  rao,
  0n,
);

/** The coldkeys that stake, by number. */
export const StakingColdkeysByIndex = optionalItem("SubtensorModule.StakingColdkeysByIndex", [u64], account);

/** The number of a coldkey that stakes. */
export const StakingColdkeys = optionalItem("SubtensorModule.StakingColdkeys", [account], u64);

/** How many there are. */
export const NumStakingColdkeys = item("SubtensorModule.NumStakingColdkeys", [], u64, 0n);

/** Every item of this area. */
export const STAKING_ITEMS = [
  Owner,
  OwnedHotkeys,
  StakingHotkeys,
  Delegates,
  MaxDelegateTake,
  MinDelegateTake,
  TotalHotkeyAlpha,
  TotalHotkeyAlphaLastEpoch,
  TotalHotkeySharesV2,
  AlphaV2,
  AutoStakeDestination,
  AutoStakeDestinationColdkeys,
  NominatorMinRequiredStake,
  LastColdkeyHotkeyStakeBlock,
  AlphaDividendsPerSubnet,
  RootAlphaDividendsPerSubnet,
  StakingColdkeysByIndex,
  StakingColdkeys,
  NumStakingColdkeys,
];
