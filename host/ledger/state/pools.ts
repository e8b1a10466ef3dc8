/** Storage of pools: reserves, prices, the emission of a block, what waits for the epoch. Amounts are in rao; defaults are those of spec 425. */

import { netuid, rao } from "./codecs.js";
import { bool, i64, u16, u64, u128 } from "./integers.js";
import { item } from "./item.js";
import { bits128, bits128s } from "./values.js";

/** TAO in the pool; of the root: all TAO staked there. */
export const SubnetTAO = item("SubtensorModule.SubnetTAO", [netuid], rao, 0n);

/** Alpha in the pool. */
export const SubnetAlphaIn = item("SubtensorModule.SubnetAlphaIn", [netuid], rao, 0n);

/** Alpha outside the pool. */
export const SubnetAlphaOut = item("SubtensorModule.SubnetAlphaOut", [netuid], rao, 0n);

/** Alpha the chain itself bought with excess TAO. */
export const SubnetProtocolAlpha = item("SubtensorModule.SubnetProtocolAlpha", [netuid], rao, 0n);

/** TAO traded so far. */
export const SubnetVolume = item("SubtensorModule.SubnetVolume", [netuid], u128, 0n);

/** TAO in all pools, by the chain's own count. */
export const TotalStake = item("SubtensorModule.TotalStake", [], rao, 0n);

/** The weight of the newest price, I96F32: 0.000003. */
export const SubnetMovingAlpha = item("SubtensorModule.SubnetMovingAlpha", [], bits128s, 12_885n);

/** The moving average of the price, I96F32. */
export const SubnetMovingPrice = item("SubtensorModule.SubnetMovingPrice", [netuid], bits128s, 0n);

/** Blocks after which the newest price has half its full weight. */
export const EMAPriceHalvingBlocks = item("SubtensorModule.EMAPriceHalvingBlocks", [netuid], u64, 201_600n);

/** The root's proportion of dividends, U96F32. */
export const RootProp = item("SubtensorModule.RootProp", [netuid], bits128, 0n);

/** Alpha put into the pool in the last block. */
export const SubnetAlphaInEmission = item("SubtensorModule.SubnetAlphaInEmission", [netuid], rao, 0n);

/** Alpha minted for the subnet in the last block. */
export const SubnetAlphaOutEmission = item("SubtensorModule.SubnetAlphaOutEmission", [netuid], rao, 0n);

/** TAO put into the pool in the last block. */
export const SubnetTaoInEmission = item("SubtensorModule.SubnetTaoInEmission", [netuid], rao, 0n);

/** TAO that bought alpha in the last block. */
export const SubnetExcessTao = item("SubtensorModule.SubnetExcessTao", [netuid], rao, 0n);

/** TAO that the root's alpha was sold for. */
export const SubnetRootSellTao = item("SubtensorModule.SubnetRootSellTao", [netuid], rao, 0n);

/** The last value the emission curve gave; also from alpha issuances, so not TAO a block. */
export const BlockEmission = item("SubtensorModule.BlockEmission", [], u64, 1_000_000_000n);

/** What waits for miners. */
export const PendingServerEmission = item("SubtensorModule.PendingServerEmission", [netuid], rao, 0n);

/** What waits for validators. */
export const PendingValidatorEmission = item("SubtensorModule.PendingValidatorEmission", [netuid], rao, 0n);

/** What waits for the root's stakers. */
export const PendingRootAlphaDivs = item("SubtensorModule.PendingRootAlphaDivs", [netuid], rao, 0n);

/** What waits for the owner. */
export const PendingOwnerCut = item("SubtensorModule.PendingOwnerCut", [netuid], rao, 0n);

/** The part of the last incentives withheld, U96F32. */
export const MinerBurned = item("SubtensorModule.MinerBurned", [netuid], bits128, 0n);

/** The owner's part of all emission, over 65535. */
export const SubnetOwnerCut = item("SubtensorModule.SubnetOwnerCut", [], u16, 11_796);

/** Whether the owner gets it. */
export const OwnerCutEnabled = item("SubtensorModule.OwnerCutEnabled", [netuid], bool, true);

/** TAO staked less unstaked since it was last read. */
export const SubnetTaoFlow = item("SubtensorModule.SubnetTaoFlow", [netuid], i64, 0n);

/** The same of the chain's own TAO. */
export const SubnetProtocolFlow = item("SubtensorModule.SubnetProtocolFlow", [netuid], i64, 0n);

/** TAO paid for registrations so far. */
export const RAORecycledForRegistration = item("SubtensorModule.RAORecycledForRegistration", [netuid], rao, 0n);

/** The fee of a swap, over 65535. */
export const FeeRate = item("Swap.FeeRate", [netuid], u16, 33);

/** The weight of TAO in the pool, parts of 1e18. */
export const SwapBalancer = item("Swap.SwapBalancer", [netuid], u64, 500_000_000_000_000_000n);

/** Whether the weight has been set. */
export const PalSwapInitialized = item("Swap.PalSwapInitialized", [netuid], bool, false);

/** Every item of this area. */
export const POOL_ITEMS = [
  SubnetTAO,
  SubnetAlphaIn,
  SubnetAlphaOut,
  SubnetProtocolAlpha,
  SubnetVolume,
  TotalStake,
  SubnetMovingAlpha,
  SubnetMovingPrice,
  EMAPriceHalvingBlocks,
  RootProp,
  SubnetAlphaInEmission,
  SubnetAlphaOutEmission,
  SubnetTaoInEmission,
  SubnetExcessTao,
  SubnetRootSellTao,
  BlockEmission,
  PendingServerEmission,
  PendingValidatorEmission,
  PendingRootAlphaDivs,
  PendingOwnerCut,
  MinerBurned,
  SubnetOwnerCut,
  OwnerCutEnabled,
  SubnetTaoFlow,
  SubnetProtocolFlow,
  RAORecycledForRegistration,
  FeeRate,
  SwapBalancer,
  PalSwapInitialized,
];
