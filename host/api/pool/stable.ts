/** The stable mechanism: one TAO is one alpha, without fee, limit or weight. Source: subtensor `swap_tao_for_alpha`, spec 425. */
import type { Curve } from "./curve.js";

/** 1 in U64F64. */
const ONE = 1n << 64n;

/** The curve; it asks no kernel. */
export const stable: Curve = {
  name: "stable",
  price: () => ONE,
  swap: (_kernel, _pool, _side, amount) => ({
    paidIn: amount,
    paidOut: amount,
    fee: 0n,
    feeToBlockAuthor: 0n,
    priceBefore: ONE,
    priceAfter: ONE,
  }),
  target: () => ONE,
  inject: (_kernel, { quoteWeight }) => ({ quoteWeight }),
  initialise: (_kernel, { quoteWeight }) => ({ quoteWeight }),
  alphaForTao: (_kernel, _pool, tao) => tao,
  alphaNeeded: (_kernel, _pool, tao) => tao,
};
