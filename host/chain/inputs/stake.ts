/** Inherited stake: what a hotkey holds itself, less what its children take, plus what it takes from its parents. */
import { type EpochState, hasItem, query, read } from "../state/read.js";
import { account, list, tuple, u64 } from "../state/shape.js";

const ROOT = 0;
const FRACTION = 32n;
const MAX_U64 = (1n << 64n) - 1n;

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

/**
 * own − Σ own · child's part + Σ parent's · part, in U96F32: parts and products floored at 32 bits, the difference not below 0, the
 * sum truncated to rao. The same family holds for alpha and for TAO on the root.
 *
 * Source: subtensor `staking/stake_utils.rs` `get_inherited_for_hotkey_on_subnet`, `get_tao_inherited_for_hotkey_on_subnet`.
 */
export function inherited(family: Family, of: (hotkey: string) => Holdings, kind: keyof Holdings): bigint {
  const own = family.holdings[kind] << FRACTION;
  let given = 0n;
  for (const [proportion] of family.children) given += part(own, proportion);
  let taken = 0n;
  for (const [proportion, parent] of family.parents) taken += part(of(parent)[kind] << FRACTION, proportion);
  const kept = own > given ? own - given : 0n;
  const rao = (kept + taken) >> FRACTION;
  return rao < MAX_U64 ? rao : MAX_U64;
}

function part(amount: bigint, proportion: bigint): bigint {
  return (amount * ((proportion << FRACTION) / MAX_U64)) >> FRACTION;
}
