/**
 * Voting power of a coldkey, rao of TAO: TAO on the root, and alpha at its moving price, ⌊alpha·price⌋ a subnet. Conviction of a
 * lock, at most the alpha that is there, adds `percent` of itself to the weight. The moving price rather than the pool's, because
 * that one is anybody's to move within a block.
 */
import type { Account } from "../state/codecs.js";
import type { Power } from "../state/governance.js";
import { Lock } from "../state/locks.js";
import { SubnetAlphaOut, SubnetMovingPrice, SubnetTAO } from "../state/pools.js";
import type { ReadableState } from "../state/state.js";
import { BlockNumber } from "../state/system.js";
import type { ReadContext } from "./context.js";
import { aged, ageingOf } from "./conviction.js";
import { lesser } from "./integers.js";
import { lockedHotkey, lockKind } from "./lockModel.js";
import { stakeOfColdkey } from "./stake.js";
import { allNetuids, isDynamic, ROOT_NETUID } from "./subnetChecks.js";

const PRICE_BITS = 32n;
const CONVICTION_BITS = 64n;
const PERCENT = 100n;

/** What a coldkey votes with; `state` may be a past one. */
export function powerOf(context: ReadContext, coldkey: Account, convictionPercent: number): Power {
  const { state } = context;
  let [stakeRao, weightRao] = [0n, 0n];
  for (const netuid of allNetuids(state)) {
    const alphaRao = stakeOfColdkey(context, coldkey, netuid);
    if (alphaRao === 0n) continue;
    const addedRao = (convictionOf(context, coldkey, netuid, alphaRao) * BigInt(convictionPercent)) / PERCENT;
    stakeRao += valueRao(state, netuid, alphaRao);
    weightRao += valueRao(state, netuid, alphaRao + addedRao);
  }
  return { stakeRao, weightRao };
}

/** All there is to vote with, plain: TAO on the root, and every subnet's alpha outside its pool, staked or not. */
export function totalStakeRao(state: ReadableState): bigint {
  return allNetuids(state).reduce((sum, netuid) => {
    const alphaRao = state.read(netuid === ROOT_NETUID ? SubnetTAO : SubnetAlphaOut, netuid);
    return sum + valueRao(state, netuid, alphaRao);
  }, 0n);
}

/** Source of the price: subtensor coinbase/subnet_emissions.rs, get_moving_alpha_price; 1 of the root and where there is no pool. */
function valueRao(state: ReadableState, netuid: number, alphaRao: bigint): bigint {
  if (netuid === ROOT_NETUID || !isDynamic(state, netuid)) return alphaRao;
  const priceBits = state.read(SubnetMovingPrice, netuid);
  return priceBits > 0n ? (alphaRao * priceBits) >> PRICE_BITS : 0n;
}

function convictionOf({ state, kernel }: ReadContext, coldkey: Account, netuid: number, mostRao: bigint): bigint {
  const hotkey = lockedHotkey(state, coldkey, netuid);
  const lock = hotkey === undefined ? undefined : state.read(Lock, coldkey, netuid, hotkey);
  if (hotkey === undefined || lock === undefined) return 0n;
  const ageing = ageingOf(state, kernel, state.read(BlockNumber));
  const { convictionBits } = aged(ageing, lock, lockKind(state, coldkey, netuid, hotkey));
  return lesser(convictionBits >> CONVICTION_BITS, mostRao);
}
