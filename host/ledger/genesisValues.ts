/** Single values a genesis sets, read by the kind of the item's initial value. */
import { weight } from "../marshal/pool.js";
import { flag, integer, refuse } from "../marshal/values.js";
import { readRao } from "./calls/arguments.js";
import type { AnyItem } from "./state/item.js";
import { SwapBalancer } from "./state/pools.js";
import type { WordCodec } from "./state/values.js";

const MAX_U32 = 2 ** 32 - 1;

/** A value of the kind its item's initial value has, and that its codec can hold. Throws BAD_VALUE. */
export function readValue(where: string, item: AnyItem, value: unknown): bigint | number | boolean | string {
  // The one item whose range is narrower than its type's, and whose pool nothing could be swapped in else.
  if (item === SwapBalancer) return weight(where, value);
  const { words } = item.value as Partial<WordCodec<string>>;
  if (words !== undefined)
    return words.find((word) => word === value) ?? refuse(where, `one of ${words.join(", ")}`, value);
  const kind = typeof item.initial;
  const found =
    kind === "bigint" ? readRao(where, value) : kind === "number" ? integer(where, value, 0, MAX_U32) : null;
  if (found === null) return kind === "boolean" ? flag(where, value) : refuse(where, "a number or a flag", value);
  const held: unknown = item.value.dec(item.value.enc(found));
  return held === found ? found : refuse(where, "a value that fits", value);
}
