/** One bond's share of its column, in integers: for those of which dividends.ts or largest.ts cannot do without. */
import { u32At, u64At } from "../../linear/array";
import * as area from "./area";

/** How many were computed since the epoch began. */
export let exactShares: u32 = 0;

/** Starts the count anew. */
export function resetCount(): void {
  exactShares = 0;
}

/** ⌊b·2^32 / C⌋ of row r's bond b in column j, all of which have C > 0; 2^32 of the only one. */
export function shareAt(r: u32, j: u32): u64 {
  exactShares++;
  return ((<u64>u32At(area.newBondAt(r, j), 0)) << 32) / u64At(area.total, j);
}
