/**
 * The issuance curve: the block emission halves each time half of what is left of the supply has been issued.
 * Matches coinbase/block_emission.rs `get_block_emission_for_issuance`.
 */
import * as i96f32 from "../fixed/i96f32";

/** TAO supply, in rao. */
const SUPPLY_RAO: u64 = 21_000_000_000_000_000;
/** Emission of a block before the first halving: one TAO. */
const FIRST_EMISSION_RAO: u64 = 1_000_000_000;

// I96F32 scratch.
const ONE = memory.data(16);
const SUPPLY = memory.data(16);
const LEFT = memory.data(16);

i96f32.one(ONE);
i96f32.fromU64(SUPPLY, SUPPLY_RAO);

/**
 * ⌊10^9 / 2^r⌋ rao with r = ⌊log2(1 / (1 − issuance / supply))⌋, every quotient truncated to I96F32; 0 once the supply is
 * issued. r is 32 at most, where 1 / 2^r is exact.
 */
export function blockEmission(issuanceRao: u64): u64 {
  if (issuanceRao >= SUPPLY_RAO) return 0;
  i96f32.fromU64(LEFT, issuanceRao);
  i96f32.div(LEFT, LEFT, SUPPLY);
  i96f32.sub(LEFT, ONE, LEFT);
  i96f32.div(LEFT, ONE, LEFT);
  i96f32.log2(LEFT, LEFT);
  return FIRST_EMISSION_RAO >> i96f32.toU64(LEFT);
}
