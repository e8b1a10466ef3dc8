/** Storage of the emission gate, of rules that have one. Shares and the exponent are U64F64; defaults are those of spec 443. */
import { u16 } from "./integers.js";
import { item } from "./item.js";
import { bits128 } from "./values.js";

/** The share at the bar; 0 = none found yet, and no gate. */
export const EmissionGateBar = item("SubtensorModule.EmissionGateBar", [], bits128, 0n);

/** The part of all shares that lies at the bar and above; 0.61. */
export const EmissionBarQuantile = item(
  "SubtensorModule.EmissionBarQuantile",
  [],
  bits128,
  11_252_513_884_962_826_240n,
);

/** How many subnets lie at the bar and above; 0 = the quantile says. Rules of 440 to 442 do not look at it. */
export const EmissionBarRank = item("SubtensorModule.EmissionBarRank", [], u16, 32);

/** How steeply shares below the bar fall; 3. */
export const EmissionGateExponent = item("SubtensorModule.EmissionGateExponent", [], bits128, 3n << 64n);

/** Every item of this area. */
export const GATE_ITEMS = [EmissionGateBar, EmissionBarQuantile, EmissionBarRank, EmissionGateExponent];
