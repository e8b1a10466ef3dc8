/** Every storage item there is, by area. An item that is not listed here cannot be read back from a store. */
import { BALANCES_ITEMS } from "./balances.js";
import { CHILDREN_ITEMS } from "./children.js";
import { CLAIM_ITEMS } from "./claims.js";
import { COMMIT_ITEMS } from "./commits.js";
import { DRAND_ITEMS } from "./drand.js";
import { GATE_ITEMS } from "./gate.js";
import { GOVERNANCE_ITEMS } from "./governance.js";
import { HYPERPARAMETER_ITEMS } from "./hyperparameters.js";
import type { AnyItem } from "./item.js";
import { LIMIT_ITEMS } from "./limits.js";
import { LOCK_ITEMS } from "./locks.js";
import { NEURON_ITEMS } from "./neurons.js";
import { PAST_ITEMS } from "./past.js";
import { POOL_ITEMS } from "./pools.js";
import { RULES_ITEMS } from "./rules.js";
import { STAKING_ITEMS } from "./staking.js";
import { SUBNET_ITEMS } from "./subnets.js";
import { SYSTEM_ITEMS } from "./system.js";

/** All items. */
export const ITEMS: readonly AnyItem[] = [
  ...SYSTEM_ITEMS,
  ...BALANCES_ITEMS,
  ...SUBNET_ITEMS,
  ...POOL_ITEMS,
  ...GATE_ITEMS,
  ...HYPERPARAMETER_ITEMS,
  ...NEURON_ITEMS,
  ...STAKING_ITEMS,
  ...CHILDREN_ITEMS,
  ...COMMIT_ITEMS,
  ...DRAND_ITEMS,
  ...CLAIM_ITEMS,
  ...LOCK_ITEMS,
  ...LIMIT_ITEMS,
  ...GOVERNANCE_ITEMS,
  ...PAST_ITEMS,
  ...RULES_ITEMS,
];

/** All items by name. */
export const ITEM_BY_NAME: ReadonlyMap<string, AnyItem> = new Map(ITEMS.map((one) => [one.name, one]));
