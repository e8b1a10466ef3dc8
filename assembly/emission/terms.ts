/** The terms of a block: how much TAO and alpha go into each pool, how much TAO buys alpha instead, how much alpha is made. */
import * as int128 from "../fixed/int128";
import * as u96f32 from "../fixed/u96f32";
import {
  SUBNET_ALPHA_IN,
  SUBNET_ALPHA_OUT,
  SUBNET_EXCESS_TAO,
  SUBNET_PRICE,
  SUBNET_ROOT_PROPORTION,
  SUBNET_TAO_EMISSION,
  SUBNET_TAO_IN,
} from "./contract";
import { blockEmission } from "./issuance";
import { alphaIssuance, rootProportion, weighRoot } from "./rootProportion";
import * as table from "./table";

/** U96F32. */
const price = memory.data(16);
const cap = memory.data(16);

/** The terms of every subnet. Matches run_coinbase.rs `get_subnet_terms`. */
export function terms(): void {
  weighRoot();
  for (let i: u32 = 0; i < table.count; i++) termsOf(i);
}

/**
 * In U96F32 rao, all truncated: A = block emission at the subnet's alpha issuance; alpha in = TAO / price (0 at price 0), TAO in = TAO;
 * where alpha in exceeds root proportion · A it is cut to that, and TAO in to alpha in · price; excess = TAO − TAO in; alpha out = A.
 */
function termsOf(i: u32): void {
  const tao = table.wide(SUBNET_TAO_EMISSION, i);
  const taoIn = table.wide(SUBNET_TAO_IN, i);
  const alphaIn = table.wide(SUBNET_ALPHA_IN, i);
  const alphaOut = table.wide(SUBNET_ALPHA_OUT, i);
  const proportion = table.wide(SUBNET_ROOT_PROPORTION, i);
  u96f32.fromU64(alphaOut, blockEmission(alphaIssuance(i)));
  u96f32.fromU64F64(price, table.wide(SUBNET_PRICE, i));
  rootProportion(proportion, i);
  int128.copy(taoIn, tao);
  u96f32.safeDiv(alphaIn, tao, price);
  u96f32.mul(cap, proportion, alphaOut);
  if (int128.less(cap, alphaIn, false)) {
    int128.copy(alphaIn, cap);
    u96f32.mul(taoIn, cap, price);
  }
  u96f32.sub(table.wide(SUBNET_EXCESS_TAO, i), tao, taoIn);
}
