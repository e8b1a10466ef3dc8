/** The issuance curve: what a block mints at an issuance, where it halves, and when that will be. */
import { LAST_HALVING } from "../../../assembly/emission/contract.js";
import { guarded, type Kernel } from "../../load/kernel.js";
import { rao } from "../../marshal/bits.js";
import { present, record, refuse } from "../../marshal/values.js";
import type { Amount, EmissionEra, IssuanceStart, ProjectedEra } from "./types.js";

const SUPPLY = 21_000_000_000_000_000n;
const FULL = 1_000_000_000n;
const BLOCK_MILLISECONDS = 12_000n;
/** What a Date can hold, to either side of 1970. */
const LAST_MILLISECOND = 8_640_000_000_000_000n;

/** A date, or a date and a time, with or without a zone. */
const ISO = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?$/;

/**
 * The rao minted in a block at `issuance` rao: ⌊10^9 / 2^r⌋, r = ⌊log2(1 / (1 − issuance / 21·10^15))⌋ in I96F32; 0 from 21·10^15 on.
 *
 * Throws BAD_VALUE. Source: subtensor `coinbase/block_emission.rs` `get_block_emission_for_issuance`.
 */
export function blockEmissionAt(kernel: Kernel, issuance: Amount): bigint {
  const checked = rao("issuance", present("issuance", issuance));
  return guarded(kernel, () => BigInt.asUintN(64, kernel.exports.blockEmission(checked)));
}

/**
 * The halvings: for every block emission there is, the smallest issuance that has it, found by bisection of the curve itself; the
 * last one mints nothing. Ascending. Source: as `blockEmissionAt`.
 */
export function emissionSchedule(kernel: Kernel): EmissionEra[] {
  return Array.from({ length: LAST_HALVING + 1 }, (_, halvings) => {
    const blockEmission = FULL >> BigInt(halvings);
    return { halvings, fromIssuance: firstIssuance(kernel, blockEmission), blockEmission };
  });
}

/** The smallest issuance at which no more than `blockEmission` is minted: the curve never rises. */
function firstIssuance(kernel: Kernel, blockEmission: bigint): bigint {
  let [low, high] = [0n, SUPPLY];
  while (low < high) {
    const middle = (low + high) / 2n;
    if (kernel.exports.blockEmission(middle) <= blockEmission) high = middle;
    else low = middle + 1n;
  }
  return low;
}

/**
 * When each halving still to come will be: from `start`, at 12 seconds a block, issuance growing by what the curve mints less
 * `recycledPerBlock`. The first era is the present one. No clock is read: the same input gives the same dates.
 *
 * Throws MISSING_FIELD, BAD_VALUE. Source: as `blockEmissionAt`.
 */
export function projectIssuance(kernel: Kernel, from: IssuanceStart): ProjectedEra[] {
  const fields = record("The start of a projection", from);
  const issuance = rao("issuance", present("issuance", fields.issuance));
  const recycled = rao("recycledPerBlock", fields.recycledPerBlock ?? 0n);
  const start = BigInt(milliseconds(present("start", fields.start)));
  const minting = blockEmissionAt(kernel, issuance);
  const eras = emissionSchedule(kernel).filter(({ blockEmission }) => blockEmission <= minting);
  let [at, blocks, minted]: [bigint, bigint | null, bigint] = [issuance, 0n, minting];
  return eras.map((era) => {
    if (blocks !== null && era.fromIssuance > at) {
      const growth = minted - recycled;
      // A block that reaches the threshold is the last of its era; the rest of its issuance counts in the next.
      const needed = growth > 0n ? (era.fromIssuance - at + growth - 1n) / growth : null;
      blocks = needed === null ? null : blocks + needed;
      at += needed === null ? 0n : needed * growth;
    }
    minted = era.blockEmission;
    return { ...era, afterBlocks: blocks, date: blocks === null ? null : dateAfter(start, blocks) };
  });
}

function dateAfter(start: bigint, blocks: bigint): string | null {
  const at = start + blocks * BLOCK_MILLISECONDS;
  return at > LAST_MILLISECOND ? null : new Date(Number(at)).toISOString();
}

/** The milliseconds since 1970 of an ISO 8601 date, in UTC unless it names a zone. */
function milliseconds(value: unknown): number {
  const wanted = "an ISO 8601 date or date and time, such as 2026-01-31 or 2026-01-31T12:00:00Z";
  if (typeof value !== "string" || !ISO.test(value)) return refuse("start", wanted, value);
  const hasZone = value.length === 10 || /(Z|[+-]\d\d:\d\d)$/.test(value);
  const parsed = Date.parse(hasZone ? value : `${value}Z`);
  // The engine moves 31 February into March; such a date is none.
  const day = Date.parse(`${value.slice(0, 10)}T00:00:00Z`);
  const isDay = !Number.isNaN(day) && new Date(day).toISOString().startsWith(value.slice(0, 10));
  return isDay && !Number.isNaN(parsed) ? parsed : refuse("start", wanted, value);
}
