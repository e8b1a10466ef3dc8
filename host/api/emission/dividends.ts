/** The dividends of a subnet's epoch: shared with parents, split between alpha and root, scaled to the pots. */
import * as abi from "../../../assembly/emission/contract.js";
import { guarded, type Kernel } from "../../load/kernel.js";
import { type AccountId, account, duplicate } from "../../marshal/accounts.js";
import { amount, bits128, packBits } from "../../marshal/amounts.js";
import {
  beginHotkeys,
  type CheckedHotkeys,
  checkHotkeys,
  type HotkeyTable,
  hotkeyBits,
  putHotkeys,
  type Rao,
} from "../../marshal/hotkeys.js";
import { array, present, record, refuse, u64 } from "../../marshal/values.js";
import type { U64 } from "../../types.js";

/** What the epoch gave a hotkey, alpha-rao. */
export type HotkeyEmission = readonly [hotkey: AccountId, server: Rao, validator: Rao];

/** A table of hotkeys, the pots of an epoch, and what the epoch gave. */
export interface DividendsInput extends HotkeyTable {
  /** What is recycled of dividends to a parent of another coldkey, u64 over 2^64 − 1; 0 on the chain so far. */
  readonly childkeyBurn: U64;
  /** The pots, alpha-rao. */
  readonly pendingServer: Rao;
  readonly pendingValidator: Rao;
  readonly pendingRoot: Rao;
  /** Each hotkey that holds a uid, once, in any order. */
  readonly emission: readonly HotkeyEmission[];
}

/** What one hotkey gets. */
export interface HotkeyDividends {
  hotkey: AccountId;
  /** Alpha-rao mined; 0 for a hotkey that only is a parent. */
  incentive: bigint;
  /** U96F32 bits, alpha-rao: dividends of the epoch after parents and children have shared. */
  dividendsBits: bigint;
  /** U96F32 bits, alpha-rao: its part of the validators' pot, and of the root's. */
  alphaDividendsBits: bigint;
  rootDividendsBits: bigint;
}

/** What an epoch's dividends come to. */
export interface Dividends {
  /** Every hotkey of the emission and every parent that shared, ascending by account: the order of payment. */
  hotkeys: HotkeyDividends[];
  /** Alpha-rao taken off dividends on their way to parents, to be recycled. */
  recycled: bigint;
}

/** Dividends to be split, without families. */
export interface SplitInput extends HotkeyTable {
  /** The pots, alpha-rao. */
  readonly pendingValidator: Rao;
  readonly pendingRoot: Rao;
  /** U96F32 bits a hotkey; one that is not in the table is left out. */
  readonly dividends: readonly (readonly [hotkey: AccountId, dividendsBits: bigint | string])[];
}

/**
 * Distributes an epoch's dividends. Each hotkey's go to its parents in proportion to the stake they lend it, less childkey
 * take and burn where the coldkeys differ; the sums are split by root and alpha stake, and scaled so that the pots are paid.
 *
 * @param input  the subnet's hotkeys, the three pots and the epoch's emission
 * @returns what each hotkey gets, in the order of payment; what is recycled
 *
 * If no miner earned anything the validators' pot also gets the miners'. What the floors leave over is paid to nobody.
 * Throws YumaError: MISSING_FIELD, UNKNOWN_FIELD, BAD_VALUE, DUPLICATE_ACCOUNT, TOO_LARGE.
 * Source: subtensor `coinbase/run_coinbase.rs` `distribute_emission`, `calculate_dividend_and_incentive_distribution`.
 */
export function distributeDividends(kernel: Kernel, input: DividendsInput): Dividends {
  const given = record("The input", input);
  const emission = readEmission(given);
  return allotDividends(kernel, checkHotkeys(given, emission.keys()), {
    childkeyBurn: u64("childkeyBurn", present("childkeyBurn", given.childkeyBurn)),
    pendingServer: pot(given, "pendingServer"),
    pendingValidator: pot(given, "pendingValidator"),
    pendingRoot: pot(given, "pendingRoot"),
    emission,
  });
}

/** What an epoch gave whom, and its pots; amounts in rao. */
export interface Payday {
  readonly childkeyBurn: bigint;
  readonly pendingServer: bigint;
  readonly pendingValidator: bigint;
  readonly pendingRoot: bigint;
  readonly emission: ReadonlyMap<AccountId, { readonly server: bigint; readonly validator: bigint }>;
}

/** The same of a table that is checked and in which everybody in the emission has a place. */
export function allotDividends(kernel: Kernel, table: CheckedHotkeys, payday: Payday): Dividends {
  const slots = beginHotkeys(kernel, table, {
    [abi.HOTKEY_SCALAR_CHILDKEY_BURN]: payday.childkeyBurn,
    [abi.HOTKEY_SCALAR_PENDING_SERVER]: payday.pendingServer,
    [abi.HOTKEY_SCALAR_PENDING_VALIDATOR]: payday.pendingValidator,
    [abi.HOTKEY_SCALAR_PENDING_ROOT]: payday.pendingRoot,
  });
  const of = (name: AccountId) => payday.emission.get(name);
  putHotkeys(
    kernel,
    abi.HOTKEY_EMITTED,
    Uint8Array.from(table.names, (name) => (of(name) ? 1 : 0)),
  );
  putHotkeys(
    kernel,
    abi.HOTKEY_SERVER,
    BigUint64Array.from(table.names, (name) => of(name)?.server ?? 0n),
  );
  putHotkeys(
    kernel,
    abi.HOTKEY_VALIDATOR,
    BigUint64Array.from(table.names, (name) => of(name)?.validator ?? 0n),
  );
  guarded(kernel, kernel.exports.distributeDividends);
  return {
    hotkeys: readDividends(kernel, table, (name) => of(name)?.server ?? 0n),
    recycled: slots[abi.HOTKEY_SCALAR_RECYCLED] as bigint,
  };
}

/**
 * Splits dividends by root and alpha stake and scales them to the pots: the last two steps of `distributeDividends`.
 * Links in the table play no part. Errors as there. Source: `calculate_dividend_distribution`.
 */
export function splitDividends(kernel: Kernel, input: SplitInput): HotkeyDividends[] {
  const given = record("The input", input);
  const dividends = readDividendBits(given);
  const table = checkHotkeys(given);
  beginHotkeys(kernel, table, {
    [abi.HOTKEY_SCALAR_PENDING_VALIDATOR]: pot(given, "pendingValidator"),
    [abi.HOTKEY_SCALAR_PENDING_ROOT]: pot(given, "pendingRoot"),
  });
  putHotkeys(kernel, abi.HOTKEY_DIVIDENDS, packBits(table.names.map((name) => dividends.get(name) ?? 0n)));
  putHotkeys(
    kernel,
    abi.HOTKEY_EARNS,
    Uint8Array.from(table.names, (name) => (dividends.has(name) ? 1 : 0)),
  );
  guarded(kernel, kernel.exports.splitDividends);
  return readDividends(kernel, table, () => 0n);
}

function readDividends(
  kernel: Kernel,
  { names }: CheckedHotkeys,
  incentive: (name: AccountId) => bigint,
): HotkeyDividends[] {
  const earns = new Uint8Array(kernel.memory.buffer, kernel.exports.hotkeysArray(abi.HOTKEY_EARNS) >>> 0, names.length);
  const dividends = hotkeyBits(kernel, abi.HOTKEY_DIVIDENDS, names.length);
  const alpha = hotkeyBits(kernel, abi.HOTKEY_ALPHA_DIVIDENDS, names.length);
  const root = hotkeyBits(kernel, abi.HOTKEY_ROOT_DIVIDENDS, names.length);
  return names.flatMap((hotkey, i) => {
    if (earns[i] === 0) return [];
    const row: HotkeyDividends = {
      hotkey,
      incentive: incentive(hotkey),
      dividendsBits: dividends[i] as bigint,
      alphaDividendsBits: alpha[i] as bigint,
      rootDividendsBits: root[i] as bigint,
    };
    return [row];
  });
}

function pot(given: Record<string, unknown>, field: string): bigint {
  return amount(field, present(field, given[field]));
}

function readEmission(given: Record<string, unknown>): Map<AccountId, { server: bigint; validator: bigint }> {
  const emission = new Map<AccountId, { server: bigint; validator: bigint }>();
  for (const [i, entry] of array("emission", present("emission", given.emission)).entries()) {
    const where = `emission[${i}]`;
    if (!Array.isArray(entry) || entry.length !== 3) return refuse(where, "[hotkey, server, validator]", entry);
    const name = account(`${where}[0]`, entry[0]);
    if (emission.has(name)) duplicate(where, name);
    emission.set(name, { server: amount(`${where}[1]`, entry[1]), validator: amount(`${where}[2]`, entry[2]) });
  }
  return emission;
}

function readDividendBits(given: Record<string, unknown>): Map<AccountId, bigint> {
  const dividends = new Map<AccountId, bigint>();
  for (const [i, entry] of array("dividends", present("dividends", given.dividends)).entries()) {
    const where = `dividends[${i}]`;
    if (!Array.isArray(entry) || entry.length !== 2) return refuse(where, "a pair [hotkey, dividendsBits]", entry);
    const name = account(`${where}[0]`, entry[0]);
    if (dividends.has(name)) duplicate(where, name);
    dividends.set(name, bits128(`${where}[1]`, entry[1]));
  }
  return dividends;
}
