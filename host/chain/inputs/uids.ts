/** What is stored by uid: hotkeys, registrations, and each mechanism's rows. Known once the number of uids is. */
import { type Answers, query, storedQuery } from "../state/read.js";
import { account, list, row, u16, u64 } from "../state/shape.js";
import { type CommitEpochs, timelockedQueries } from "./commits.js";
import { notReconstructable } from "./refusal.js";

/** Storage index of a mechanism: mechid · 4096 + netuid. */
const MECHANISM_STRIDE = 4096;

/** Questions about every uid, and about every mechanism's rows before and after the block. */
export function uidQueries(
  { netuid, n, mechanisms }: { netuid: number; n: number; mechanisms: number },
  commits: CommitEpochs | null,
  ownerChanged: boolean,
) {
  const each = <T>(make: (uid: number) => T) => Array.from({ length: n }, (_, uid) => make(uid));
  return {
    hotkeys: each((uid) => storedQuery("before", "Keys", [netuid, uid], account)),
    hotkeysAfter: ownerChanged ? each((uid) => storedQuery("after", "Keys", [netuid, uid], account)) : [],
    blockAtRegistration: each((uid) => query("before", "BlockAtRegistration", [netuid, uid], u64)),
    mechanisms: Array.from({ length: mechanisms }, (_, m) => {
      const index = indexOf(netuid, m);
      return {
        lastUpdate: query("before", "LastUpdate", [index], list(u64)),
        weights: each((uid) => query("before", "Weights", [index, uid], row)),
        bonds: each((uid) => query("before", "Bonds", [index, uid], row)),
        consensus: query<number[] | null>("before", "ConsensusByMechanism", [index], list(u16), null),
        timelocked: commits === null ? [] : timelockedQueries(index, commits),
        incentiveAfter: query("after", "Incentive", [index], list(u16)),
        bondsAfter: each((uid) => query("after", "Bonds", [index, uid], row)),
      };
    }),
  };
}

/** The answers to them. */
export type UidAnswers = Answers<ReturnType<typeof uidQueries>>;
/** One mechanism's part of them. */
export type MechanismAnswers = UidAnswers["mechanisms"][number];

/** The storage index of a mechanism. */
export function indexOf(netuid: number, mechid: number): number {
  return mechid * MECHANISM_STRIDE + netuid;
}

/** Uids by hotkey. A hotkey twice would have stopped the epoch: such a state is refused. */
export function uidsByHotkey(hotkeys: readonly (string | null)[]): Map<string, number> {
  const uids = new Map<string, number>();
  for (const [uid, hotkey] of hotkeys.entries()) {
    if (hotkey === null) continue;
    if (uids.has(hotkey)) notReconstructable(`uids ${uids.get(hotkey)} and ${uid} have the same hotkey`, { uid });
    uids.set(hotkey, uid);
  }
  return uids;
}

/** Refuses a change of owner that put other hotkeys on uids before the epoch ran. */
export function checkKeysKept(answers: UidAnswers, registered: ReadonlySet<number>): void {
  const moved = answers.hotkeys.findIndex(
    (hotkey, uid) => hotkey !== answers.hotkeysAfter[uid] && !registered.has(uid),
  );
  if (moved >= 0) notReconstructable(`the owner changed and uid ${moved} with it, in the block itself`, { uid: moved });
}
