/** A block's emission: the table of contents. Each line of it is a file; README.md says it in prose. */
import { ERROR_RULES } from "../contract";
import { check } from "../trap";
import { burnShares } from "./burnShares";
import {
  BLOCK_GATE_RULE,
  BLOCK_SHARES_RULE,
  GATE_NONE,
  GATE_RANK,
  PHASE_INJECT,
  PHASE_MOVING_PRICES,
  PHASE_SHARES,
  PHASE_SPLIT,
  PHASE_TERMS,
  SHARES_FLOW,
  SHARES_PRICE_BURN,
  SUBNET_GATED_SHARE,
  SUBNET_PRICE_SHARE,
  SUBNET_SHARE,
} from "./contract";
import { flowShares } from "./flowShares";
import { gateShares } from "./gate";
import { inject } from "./inject";
import { movingPrices } from "./movingPrice";
import { copy } from "./normalise";
import { priceShares, rootSellFlag } from "./priceShares";
import { split } from "./split";
import * as table from "./table";
import { taoEmission } from "./taoEmission";
import { terms } from "./terms";

/** Runs the wanted phases (PHASE_*) over the table. Rules that do not exist trap with ERROR_RULES. */
export function runCoinbase(phases: u32): void {
  if ((phases & PHASE_SHARES) !== 0) {
    shares();
    gate();
    taoEmission();
    rootSellFlag();
  }
  if ((phases & PHASE_TERMS) !== 0) terms();
  if ((phases & PHASE_INJECT) !== 0) inject();
  if ((phases & PHASE_SPLIT) !== 0) split();
  if ((phases & PHASE_MOVING_PRICES) !== 0) movingPrices();
}

/** Shares by the rule the block has. */
function shares(): void {
  const rule = table.whole(BLOCK_SHARES_RULE);
  check(rule <= <u64>SHARES_PRICE_BURN, ERROR_RULES, rule);
  if (rule === SHARES_FLOW) {
    flowShares();
    return;
  }
  priceShares();
  if (rule === SHARES_PRICE_BURN) burnShares();
  else copy(SUBNET_SHARE, SUBNET_PRICE_SHARE);
}

/** The gate, where the rules have one. */
function gate(): void {
  const rule = table.whole(BLOCK_GATE_RULE);
  check(rule <= <u64>GATE_RANK, ERROR_RULES, rule);
  if (rule === GATE_NONE) copy(SUBNET_GATED_SHARE, SUBNET_SHARE);
  else gateShares();
}
