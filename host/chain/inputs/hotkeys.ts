/** What is stored by hotkey: stake with its parents and children, open commits, the owner's uid; and the rows just revealed. */
import { type Answers, type EpochState, query, read, storedQuery } from "../state/read.js";
import { row, u16 } from "../state/shape.js";
import type { BlockEvents } from "./blockEvents.js";
import { revealedRows } from "./blockEvents.js";
import { type CommitEpochs, hashedQuery } from "./commits.js";
import { type Family, holdingsOf, type InheritedAmounts, inheritedBy, readHoldings, stakeQueries } from "./stake.js";
import { indexOf } from "./uids.js";

/** The subnet whose hotkeys are asked about. */
export interface Subnet {
  readonly netuid: number;
  /** By uid; null for a uid without a hotkey. */
  readonly hotkeys: readonly (string | null)[];
  readonly uidOf: ReadonlyMap<string, number>;
  readonly ownerHotkey: string | null;
  readonly mechanismCount: number;
  readonly commits: CommitEpochs | null;
}

function hotkeyQueries(state: EpochState, subnet: Subnet, events: BlockEvents) {
  const { netuid, hotkeys, ownerHotkey, commits } = subnet;
  const present = hotkeys.filter((hotkey) => hotkey !== null);
  return {
    stakes: present.map((hotkey) => stakeQueries(state, netuid, hotkey)),
    ownerUid: ownerHotkey === null ? [] : [storedQuery("before", "Uids", [netuid, ownerHotkey], u16)],
    mechanisms: Array.from({ length: subnet.mechanismCount }, (_, m) => {
      const index = indexOf(netuid, m);
      const revealed = [...revealedRows(events, index, subnet.uidOf)];
      return {
        hashed: commits === null ? [] : present.map((hotkey) => hashedQuery(index, hotkey)),
        revealed: revealed.map((uid) => ({
          uid: query("before", "SubnetworkN", [netuid], () => uid),
          row: query("after", "Weights", [index, uid], row),
        })),
      };
    }),
  };
}

/** What hotkeys bring to an epoch. */
export interface HotkeyInputs extends InheritedAmounts {
  readonly ownerUid: number | null;
  readonly mechanisms: readonly HotkeyMechanism[];
}
type HotkeyMechanism = Answers<ReturnType<typeof hotkeyQueries>>["mechanisms"][number];

/** Reads what is stored by hotkey, and the holdings of parents elsewhere: one or two round trips. */
export async function readHotkeys(state: EpochState, subnet: Subnet, events: BlockEvents): Promise<HotkeyInputs> {
  const answers = await read(state, hotkeyQueries(state, subnet, events));
  const present = subnet.hotkeys.filter((hotkey) => hotkey !== null);
  const families = new Map<string, Family>(
    answers.stakes.map((one, i) => [present[i] as string, { ...one, holdings: holdingsOf(one.holdings) }]),
  );
  const parents = new Set([...families.values()].flatMap((family) => family.parents.map(([, hotkey]) => hotkey)));
  const elsewhere = [...parents].filter((hotkey) => !families.has(hotkey));
  const others = await readHoldings(state, subnet.netuid, elsewhere);
  return {
    ...inheritedBy(subnet.hotkeys, { families, elsewhere: others }),
    ownerUid: answers.ownerUid[0] ?? null,
    mechanisms: answers.mechanisms,
  };
}
