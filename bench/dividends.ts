/** Dividends of a made-up subnet whose validators have many parents: the kernel, the library around it, the BigInt twin. */
import { distributeDividends } from "../host/api/emission/dividends.js";
import { hashOf } from "../host/cli/bench/matrix.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import { grouped } from "../host/units.js";
import { oracleDividends } from "../test/oracle/dividends.js";
import type { Hotkey, LinkRow, Payday } from "../test/oracle/families.js";
import { type Effort, medianMicroseconds } from "./measure.js";
import type { Told } from "./tables.js";

const VALIDATORS = 64;
const PARENTS = 1000;
/** A coldkey owns about so many of the hotkeys. */
const HOTKEYS_A_COLDKEY = 3;

/** How long one contender takes over all dividends of the subnet. */
export interface DividendsTime {
  readonly by: string;
  /** Median of one run. */
  readonly microseconds: number;
  readonly hash: string;
}

const accountOf = (number: number) => `0x${number.toString(16).padStart(64, "0")}`;

/** A step of a multiplicative walk through 64 bits: the same numbers on every machine. */
const scattered = (k: number) => BigInt.asUintN(64, BigInt(k + 1) * 0x9e3779b97f4a7c15n);

/** Validators first, then parents; parent p lends up to half its stake to validator p mod validators. */
export function makePayday(validators: number, parents: number): Payday {
  const childOf = (p: number) => p % validators;
  const share = (p: number) => String(scattered(p) >> 1n);
  const hotkeys = Array.from({ length: validators + parents }, (_, i): Hotkey => {
    const p = i - validators;
    const lenders = Array.from({ length: p < 0 ? parents : 0 }, (_, other) => other).filter((q) => childOf(q) === i);
    const links = {
      parents: lenders.map((q): LinkRow => [share(q), accountOf(validators + q)]),
      children: p < 0 ? [] : [[share(p), accountOf(childOf(p))] as const],
    };
    const stakes = { alphaStake: String(scattered(2 * i) >> 20n), taoStake: String(scattered(2 * i + 1) >> 20n) };
    const owner = accountOf(1_000_000 + Math.trunc(i / HOTKEYS_A_COLDKEY));
    return { hotkey: accountOf(i), ...stakes, owner, childkeyTake: 11796, ...links };
  });
  return {
    ...{ taoWeight: "3320413933267719290", childkeyBurn: "0", hotkeys },
    ...{ pendingServer: "148000000000", pendingValidator: "121000000000", pendingRoot: "27000000000" },
    emission: hotkeys
      .slice(0, validators)
      .map(({ hotkey }, i) => [hotkey, String(i), String(scattered(i) >> 30n)] as const),
  };
}

/** The kernel on a table that is there, the library with checks and copies, and the twin; all hashes must be equal. */
export function measureDividends(effort: Effort, validators = VALIDATORS, parents = PARENTS): DividendsTime[] {
  const kernel = instantiate(inlinedModule());
  const day = makePayday(validators, parents);
  // Afterwards the table lies in the kernel, to be run again.
  const hash = hashOf(distributeDividends(kernel, day));
  const time = (by: string, work: () => void, of: string): DividendsTime => ({
    by,
    microseconds: medianMicroseconds(work, effort),
    hash: of,
  });
  return [
    time("kernel", () => kernel.exports.distributeDividends(), hash),
    time("library", () => void distributeDividends(kernel, day), hash),
    time("bigint", () => void oracleDividends(day), hashOf(oracleDividends(day))),
  ];
}

/** The times as a table. */
export function dividendsTable(times: readonly DividendsTime[]): Told {
  return {
    title: `Dividends of an epoch, µs, ${VALIDATORS} validators, ${grouped(PARENTS)} parents`,
    columns: [{ title: "by", words: true }, { title: "µs" }, { title: "hash", words: true }],
    rows: times.map(({ by, microseconds, hash }) => [by, grouped(Math.round(microseconds)), hash]),
  };
}
