/** Every storage item there is, by area. An item that is not listed here cannot be read back from a store. */
import { BALANCES_ITEMS } from "./balances.js";
import type { AnyItem } from "./item.js";
import { SYSTEM_ITEMS } from "./system.js";

/** All items. */
export const ITEMS: readonly AnyItem[] = [...SYSTEM_ITEMS, ...BALANCES_ITEMS];

/** All items by name. */
export const ITEM_BY_NAME: ReadonlyMap<string, AnyItem> = new Map(ITEMS.map((one) => [one.name, one]));
