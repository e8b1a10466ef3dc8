/** The operations of the emission suite that are about stake inheritance, dividends and mechanisms, by name. */
import type { AccountId } from "../../marshal/accounts.js";
import type { HotkeyState, Link } from "../../marshal/hotkeys.js";
import { array, integer, present, record, refuse } from "../../marshal/values.js";
import { splitSubnetEmission, weighedSum } from "../mechanisms.js";
import type { EmissionOperation } from "./conform.js";
import { delegateTake } from "./delegateTake.js";
import { type DividendsInput, distributeDividends, type SplitInput, splitDividends } from "./dividends.js";
import { type InheritanceInput, inheritedStake } from "./inheritance.js";
import { type ParentSharesInput, shareDividends } from "./parentShares.js";

type EmissionCase = Readonly<Record<string, unknown>>;

/** Accounts of the suite are small integers: the number written in 32 bytes, so that both order alike. */
function named(where: string, value: unknown): AccountId {
  const number = integer(where, value, 0, Number.MAX_SAFE_INTEGER);
  return `0x${number.toString(16).padStart(64, "0")}`;
}

function numbered(name: AccountId): number {
  return Number(BigInt(name));
}

/** The rows of a table [[account, …]], accounts named. */
function tableOf(given: EmissionCase, field: string, width: number): [AccountId, ...unknown[]][] {
  return Array.from(array(field, present(field, given[field])), (row, i) => {
    const cells = array(`${field}[${i}]`, row);
    if (cells.length !== width) return refuse(`${field}[${i}]`, `an array of ${width}`, row);
    return [named(`${field}[${i}][0]`, cells[0]), ...cells.slice(1)];
  });
}

function linksOf(where: string, value: unknown): Link[] {
  return Array.from(array(where, value), (link, k) => {
    const pair = array(`${where}[${k}]`, link);
    return [pair[0] as string, named(`${where}[${k}][1]`, pair[1])];
  });
}

/** The tables of keys as records of hotkeys. */
function hotkeysOf(given: EmissionCase): HotkeyState[] {
  const records = new Map<AccountId, Record<string, unknown>>();
  const put = (hotkey: AccountId, fields: object) => records.set(hotkey, { hotkey, ...records.get(hotkey), ...fields });
  for (const [hotkey, alphaStake, taoStake] of tableOf(given, "stakes", 3)) put(hotkey, { alphaStake, taoStake });
  for (const side of ["parents", "children"]) {
    for (const [hotkey, links] of tableOf(given, side, 2)) put(hotkey, { [side]: linksOf(side, links) });
  }
  for (const [hotkey, owner] of tableOf(given, "owners", 2)) put(hotkey, { owner: named("owners", owner) });
  for (const [hotkey, childkeyTake] of tableOf(given, "childkeyTakes", 2)) put(hotkey, { childkeyTake });
  return [...records.values()] as unknown as HotkeyState[];
}

const common = (given: EmissionCase) => ({
  taoWeight: given.taoWeight,
  childkeyBurn: given.ckBurn,
  hotkeys: hotkeysOf(given),
});

/** The ops of stake inheritance, dividends and mechanisms. */
export const dividendOperations: Readonly<Record<string, EmissionOperation>> = {
  inherited(kernel, given) {
    const hotkeys = array("hotkeys", present("hotkeys", given.hotkeys));
    const uids = Array.from(hotkeys, (name, uid) => named(`hotkeys[${uid}]`, name));
    const stake = inheritedStake(kernel, { ...common(given), uids } as InheritanceInput);
    return {
      alpha: stake.alphaStake,
      tao: stake.taoStake,
      total: stake.totalBits,
      selfContribution: stake.selfContribution,
    };
  },
  parent_child(kernel, given) {
    const hotkey = named("hotkey", given.hotkey);
    const input = { ...common(given), hotkey, dividends: given.dividends } as ParentSharesInput;
    const { selfContribution, shares, recycled } = shareDividends(kernel, input);
    return { selfContribution, tuples: shares.map(([name, share]) => [numbered(name), share]), recycled };
  },
  dividends_and_incentives(kernel, given) {
    const emission = tableOf(given, "hotkeyEmission", 3);
    const { hotkeys, recycled } = distributeDividends(kernel, {
      ...common(given),
      pendingServer: 0n,
      pendingValidator: given.pendingAlpha,
      pendingRoot: given.pendingRootAlpha,
      emission,
    } as unknown as DividendsInput);
    const emitted = new Set(emission.map(([name]) => name));
    const column = (field: "incentive" | "dividendsBits" | "alphaDividendsBits" | "rootDividendsBits") =>
      hotkeys.map((row) => [numbered(row.hotkey), row[field]]);
    return {
      incentives: hotkeys
        .filter(({ hotkey }) => emitted.has(hotkey))
        .map((row) => [numbered(row.hotkey), row.incentive]),
      dividends: column("dividendsBits"),
      alphaDividends: column("alphaDividendsBits"),
      rootAlphaDividends: column("rootDividendsBits"),
      recycled,
    };
  },
  dividend_distribution(kernel, given) {
    const rows = splitDividends(kernel, {
      taoWeight: given.taoWeight,
      pendingValidator: given.pendingAlpha,
      pendingRoot: given.pendingRootAlpha,
      hotkeys: tableOf(given, "stakeMap", 3).map(([hotkey, alphaStake, taoStake]) => ({
        hotkey,
        alphaStake,
        taoStake,
      })),
      dividends: tableOf(given, "dividends", 2),
    } as unknown as SplitInput);
    return {
      alphaDividends: rows.map((row) => [numbered(row.hotkey), row.alphaDividendsBits]),
      rootAlphaDividends: rows.map((row) => [numbered(row.hotkey), row.rootDividendsBits]),
    };
  },
  take(kernel, given) {
    return delegateTake(kernel, given.take as number, given.dividends as string);
  },
  split_emissions(kernel, given) {
    return { result: splitSubnetEmission(kernel, given.alpha, given.mechanismCount, given.split) };
  },
  weighted_acc(kernel, given) {
    const { existing16, added16, existing, added, weight } = record("A case", given);
    return {
      u16: Number(weighedSum(kernel, existing16, added16, weight, 16)),
      u64: weighedSum(kernel, existing, added, weight, 64),
    };
  },
};
