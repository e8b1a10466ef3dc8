/** Inherited stake: what a hotkey holds itself, less what its children take, plus what it takes from its parents. */
import { inheritedStake } from "../../index.js";
import { hexOfAccount } from "../account.js";
import { type EpochState, hasItem, query, read } from "../state/read.js";
import { account, list, tuple, u64 } from "../state/shape.js";

const ROOT = 0;

/** Who takes or gives which part, a u64 over 2^64 − 1. */
export type Relation = readonly [proportion: bigint, hotkey: string];

const relations = list(tuple<[bigint, string]>(u64, account));

/** Questions about one hotkey's family and holdings on a subnet. */
export function stakeQueries(state: EpochState, netuid: number, hotkey: string) {
  const family = (item: string) => query<Relation[]>("before", item, [hotkey, netuid], relations, []);
  return {
    holdings: holdingQueries(state, netuid, hotkey),
    parents: family("ParentKeys"),
    children: family("ChildKeys"),
  };
}

/** Alpha on the subnet, TAO on the root, in rao. A runtime from before subnets had tokens knows one stake, which counts as alpha. */
function holdingQueries(state: EpochState, netuid: number, hotkey: string) {
  if (!hasItem(state, "TotalHotkeyAlpha")) {
    return { alpha: query("before", "TotalHotkeyStake", [hotkey], u64), tao: [] };
  }
  return {
    alpha: query("before", "TotalHotkeyAlpha", [hotkey, netuid], u64),
    tao: [query("before", "TotalHotkeyAlpha", [hotkey, ROOT], u64)],
  };
}

/** What one hotkey holds, in rao. */
export interface Holdings {
  readonly alpha: bigint;
  readonly tao: bigint;
}

/** A hotkey with its family. */
export interface Family {
  readonly holdings: Holdings;
  readonly parents: readonly Relation[];
  readonly children: readonly Relation[];
}

interface HoldingAnswers {
  readonly alpha: bigint;
  readonly tao: readonly bigint[];
}

/** Answers as amounts. */
export function holdingsOf({ alpha, tao }: HoldingAnswers): Holdings {
  return { alpha, tao: tao[0] ?? 0n };
}

/** The holdings of parents that are not among the subnet's own hotkeys, one round trip, none where there are none. */
export async function readHoldings(
  state: EpochState,
  netuid: number,
  hotkeys: readonly string[],
): Promise<Map<string, Holdings>> {
  const answers = await read(
    state,
    hotkeys.map((hotkey) => holdingQueries(state, netuid, hotkey)),
  );
  return new Map(hotkeys.map((hotkey, i) => [hotkey, holdingsOf(answers[i] as HoldingAnswers)]));
}

/** The hotkeys that matter to a subnet: its own with their families, and parents elsewhere. */
export interface Stakes {
  readonly families: ReadonlyMap<string, Family>;
  readonly elsewhere: ReadonlyMap<string, Holdings>;
}

/** Inherited stake in rao, a number a uid; a uid without a hotkey has none. The kernel's own arithmetic. */
export function inheritedBy(uids: readonly (string | null)[], { families, elsewhere }: Stakes): InheritedAmounts {
  const others = [...elsewhere].map(([hotkey, { alpha, tao }]) => ({
    hotkey: hexOfAccount(hotkey),
    alphaStake: alpha,
    taoStake: tao,
  }));
  const own = [...families].map(([hotkey, { holdings, parents, children }]) => ({
    hotkey: hexOfAccount(hotkey),
    alphaStake: holdings.alpha,
    taoStake: holdings.tao,
    parents: parents.map(([proportion, other]) => [proportion, hexOfAccount(other)] as const),
    children: children.map(([proportion, other]) => [proportion, hexOfAccount(other)] as const),
  }));
  const present = uids.filter((hotkey) => hotkey !== null);
  const table = { taoWeight: 0n, hotkeys: [...own, ...others], uids: present.map(hexOfAccount) };
  const { alphaStake, taoStake } = inheritedStake(table);
  const places = new Map(present.map((hotkey, i) => [hotkey, i]));
  const each = (amounts: readonly bigint[]) =>
    uids.map((hotkey) => (hotkey === null ? 0n : (amounts[places.get(hotkey) as number] as bigint)));
  return { alphaStake: each(alphaStake), taoStake: each(taoStake) };
}

/** Rao, by uid. */
export interface InheritedAmounts {
  readonly alphaStake: bigint[];
  readonly taoStake: bigint[];
}
