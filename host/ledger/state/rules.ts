/** Storage of the rules a ledger runs under. The chain has none: there they are what the runtime does. */
import { type Codec, enhanceCodec, Option, Struct } from "scale-ts";
import type { Rules } from "../../types.js";
import { bool, u32 } from "./integers.js";
import { optionalItem } from "./item.js";
import { oneOf } from "./values.js";

/** What one ledger's rules may have other than another's. */
export type LedgerRules = Required<
  Pick<Rules, "specVersion" | "liquidAlphaConsensus" | "nullMode" | "emissionGate">
> & {
  readonly emissionShares: "priceBurn" | "price";
};

const number = Option(u32);

/** A spec version; null in rules made by hand. */
const specVersion: Codec<number | null> = enhanceCodec(
  number,
  (version: number | null) => version ?? undefined,
  (version) => version ?? null,
);

const ledgerRules = Struct({
  specVersion,
  liquidAlphaConsensus: oneOf("current", "perSubnet"),
  nullMode: bool,
  emissionShares: oneOf("priceBurn", "price"),
  emissionGate: oneOf("none", "quantile", "rank"),
}) as Codec<LedgerRules>;

/** The rules; absent, those of spec 425. The capabilities are kept and not the version: what is known of a version may grow, a ledger stays. */
export const ChosenRules = optionalItem("Ledger.Rules", [], ledgerRules);

/** Every item of this area. */
export const RULES_ITEMS = [ChosenRules];
