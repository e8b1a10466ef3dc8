/**
 * Stake inheritance and dividends: every shipped case of the emission suite that is about them, exactly; by the kernel and
 * by the BigInt twin.
 */
import { expect, test } from "vitest";
import { conformLine } from "../host/api/conform.js";
import { dividendOperations } from "../host/api/emission/conformDividends.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import { oracleDividends, oracleShares, oracleSplit, oracleTake } from "./oracle/dividends.js";
import type { Family, Hotkey } from "./oracle/families.js";
import { oracleInheritance } from "./oracle/inheritance.js";
import { plain } from "./support/plain.js";
import { pairs } from "./support/vectors.js";

const kernel = instantiate(inlinedModule());
const all = pairs<{ name: string; op: string }, { name: string; op: string }>("emission");

test("the operations are the seven there are vectors of", () => {
  expect(Object.keys(dividendOperations).sort()).toEqual(
    [
      ...["dividend_distribution", "dividends_and_incentives", "inherited", "parent_child", "take"],
      ...["split_emissions", "weighted_acc"],
    ].sort(),
  );
});

test.each(Object.keys(dividendOperations))("%s: 400 cases equal in every output", (op) => {
  const cases = all.filter(([given]) => given.op === op);
  expect(cases.length).toBe(400);
  for (const [given, expected] of cases) {
    const [answer = ""] = conformLine(kernel, "emission", JSON.stringify(given));
    expect(JSON.parse(answer)).toEqual(expected);
  }
});

type Table<T extends unknown[]> = [account: number, ...T][];

/** A case of these operations; each has some of the fields. */
interface Given {
  readonly op: string;
  readonly taoWeight: string;
  readonly ckBurn: string;
  readonly pendingAlpha: string;
  readonly pendingRootAlpha: string;
  readonly hotkey: number;
  readonly hotkeys: readonly number[];
  readonly stakes: Table<[string, string]>;
  readonly stakeMap: Table<[string, string]>;
  readonly parents: Table<[[string, number][]]>;
  readonly children: Table<[[string, number][]]>;
  readonly owners: Table<[number]>;
  readonly childkeyTakes: Table<[number]>;
  readonly hotkeyEmission: Table<[string, string]>;
  readonly take: number;
}

const named = (account: number) => `0x${String(account).padStart(64, "0")}`;
const numbered = (account: string) => Number(account.slice(2));

/** Keys tables of a case, gathered by hotkey. */
function familyOf(given: Given): Family {
  const hotkeys = given.stakes.map(([account, alphaStake, taoStake]): Hotkey => {
    const row = <T extends unknown[]>(table: Table<T>) => table.find(([other]) => other === account);
    const links = (table: Table<[[string, number][]]>) =>
      (row(table)?.[1] ?? []).map(([proportion, other]) => [proportion, named(other)] as const);
    const ends = { parents: links(given.parents), children: links(given.children) };
    const owner = named(row(given.owners)![1]);
    return { hotkey: named(account), alphaStake, taoStake, owner, childkeyTake: row(given.childkeyTakes)![1], ...ends };
  });
  return { taoWeight: given.taoWeight, childkeyBurn: given.ckBurn, hotkeys };
}

const TWIN: Readonly<Record<string, (given: Given & { dividends: unknown }) => unknown>> = {
  inherited(given) {
    const stake = oracleInheritance(familyOf(given), given.hotkeys.map(named));
    const { alphaStake: alpha, taoStake: tao, totalBits: total, selfContribution } = stake;
    return { alpha, tao, total, selfContribution };
  },
  parent_child(given) {
    const dividends = BigInt(given.dividends as string);
    const { shares, ...rest } = oracleShares(familyOf(given), named(given.hotkey), dividends);
    return { ...rest, tuples: shares.map(([account, share]) => [numbered(account), share]) };
  },
  dividends_and_incentives(given) {
    const { hotkeys, recycled } = oracleDividends({
      ...familyOf(given),
      ...{ pendingServer: "0", pendingValidator: given.pendingAlpha, pendingRoot: given.pendingRootAlpha },
      emission: given.hotkeyEmission.map(([account, server, validator]) => [named(account), server, validator]),
    });
    const incentives = given.hotkeyEmission.map(([account, server]) => [account, server]);
    const dividends = hotkeys.map((row) => [numbered(row.hotkey), row.dividendsBits]);
    return { incentives, dividends, ...parts(hotkeys), recycled };
  },
  dividend_distribution(given) {
    const hotkeys = given.stakeMap.map(([account, alphaStake, taoStake]) => ({
      ...{ hotkey: named(account), alphaStake, taoStake },
    }));
    const known = new Set(given.stakeMap.map(([account]) => account));
    const dividends = (given.dividends as [number, string][]).filter(([account]) => known.has(account));
    const bits = new Map(dividends.map(([account, bit]) => [named(account), BigInt(bit)]));
    const pots = { alpha: BigInt(given.pendingAlpha), root: BigInt(given.pendingRootAlpha) };
    return parts(oracleSplit({ taoWeight: given.taoWeight, childkeyBurn: "0", hotkeys }, bits, pots));
  },
  take: (given) => oracleTake(given.take, BigInt(given.dividends as string)),
};

function parts(rows: readonly { hotkey: string; alphaDividendsBits: string; rootDividendsBits: string }[]) {
  return {
    alphaDividends: rows.map((row) => [numbered(row.hotkey), row.alphaDividendsBits]),
    rootAlphaDividends: rows.map((row) => [numbered(row.hotkey), row.rootDividendsBits]),
  };
}

test.each(Object.entries(TWIN))("the twin, %s: 400 cases equal in every output", (op, answer) => {
  const cases = all.filter(([given]) => given.op === op);
  expect(cases.length).toBe(400);
  for (const [given, { name, op: same, ...expected }] of cases) {
    expect([name, same]).toEqual([given.name, op]);
    expect(plain(answer(given as never))).toEqual(expected);
  }
});
