/** Following a subnet of a node of our own: the epoch as it would run now after each block, and each that ran held against what it left. */
import { plainSnapshot } from "../../../chain/verify/plainSnapshot.js";
import type { LedgerReader } from "../../../client/reader.js";
import { YumaError } from "../../../errors.js";
import { toJson } from "../../../json.js";
import type { MechanismsSnapshot } from "../../../types.js";
import { compute, type Subject } from "../subject.js";
import { compareLedger } from "./compareLedger.js";
import { type Followed, type News, pause } from "./news.js";

/** Between two looks where nobody tells of blocks; and before a node that failed is asked again. */
const LOOK_MS = 1_000;
/** Blocks may come faster than three questions are answered. */
const MOST_TRIES = 20;

/** A subnet after a block. */
export interface Reading {
  readonly height: number;
  readonly snapshot: MechanismsSnapshot;
  readonly neurons: Awaited<ReturnType<LedgerReader["metagraph"]>>;
}

/** Yields the epoch as it would run now, then news of every block. Throws what keeps the first block from being read. */
export async function* followDevnet(ledger: LedgerReader, { url, netuid, signal }: Followed): AsyncGenerator<News> {
  const { name } = await ledger.info();
  const title = `Subnet ${netuid} of ${name}`;
  const bell = bellOf(ledger, url);
  let last = await reading(ledger, netuid);
  yield { block: last.height, told: null, subject: asItStands(title, last) };
  let failure: string | null = null;
  while (!signal.aborted) {
    await bell.heard(signal);
    if (signal.aborted) return;
    try {
      const now = await reading(ledger, netuid);
      const before = last;
      last = now;
      const hasMoved = now.height !== before.height || failure !== null;
      failure = null;
      if (hasMoved) yield newsOf(title, before, now);
    } catch (error) {
      if (!(error instanceof YumaError)) throw error;
      if (signal.aborted) return;
      if (error.message !== failure) yield { block: last.height, told: error.message, subject: null };
      failure = error.message;
      await pause(LOOK_MS, signal);
    }
  }
}

/** Rings on each block where the node tells of them, else now and then. */
function bellOf(ledger: LedgerReader, url: string) {
  let isSubscribed = false;
  let hasRung = false;
  let ring = () => {};
  const strike = () => {
    hasRung = true;
    ring();
  };
  const subscribe = async () => {
    isSubscribed = true;
    try {
      await ledger.subscribe(strike, () => {
        isSubscribed = false;
        strike();
      });
    } catch {
      isSubscribed = false;
    }
  };
  return {
    async heard(signal: AbortSignal): Promise<void> {
      if (/^ws/.test(url) && !isSubscribed) {
        await subscribe();
        return; // a block may have come before
      }
      if (!hasRung) {
        await pause(LOOK_MS, signal, (end) => {
          ring = end;
        });
      }
      hasRung = false;
    },
  };
}

/** Inputs and outputs after one and the same block. Throws BAD_STATE where blocks come too fast, NO_BLOCK for a subnet without uids. */
async function reading(ledger: LedgerReader, netuid: number): Promise<Reading> {
  for (let tried = 0; tried < MOST_TRIES; tried++) {
    const { digest } = await ledger.head();
    const [snapshot, neurons] = await Promise.all([ledger.epochSnapshot(netuid), ledger.metagraph(netuid)]);
    const after = await ledger.head();
    if (after.digest !== digest) continue;
    if (snapshot.n === 0) throw new YumaError("NO_BLOCK", `Subnet ${netuid} has no uids.`, { netuid });
    return { height: after.height, snapshot, neurons };
  }
  throw new YumaError("BAD_STATE", "Blocks come faster than they can be read.", { tries: MOST_TRIES });
}

/** What a block changed of a subnet: an epoch ran, its inputs are others, or nothing. */
function newsOf(title: string, before: Reading, now: Reading): News {
  const block = now.height;
  const ran = Number(now.snapshot.lastMechanismStepBlock);
  if (ran > before.height) {
    const compared = compareLedger(before, now, ran);
    if (typeof compared === "string") return { block, told: compared, subject: asItStands(title, now) };
    const differing = compared.fields.flatMap(({ outcomes }) => outcomes).filter((outcome) => outcome === "differs");
    const verdict = differing.length === 0 ? "agrees" : "differs";
    const snapshot = plainSnapshot({ ...compared.snapshot, name: `${title}, the epoch of block ${ran}` });
    const subject: Subject = { ...compared, kind: "node", snapshot, result: compute(snapshot) };
    return { block, told: `The epoch of block ${ran} ${verdict}.`, subject };
  }
  const isSame = now.height > before.height && toJson(inputsOf(now)) === toJson(inputsOf(before));
  return { block, told: null, subject: isSame ? null : asItStands(title, now) };
}

/** What only calls and epochs change. */
function inputsOf({ snapshot }: Reading): object {
  const { currentBlock: _, raoEmission: __, ...inputs } = snapshot;
  return inputs;
}

function asItStands(title: string, { height, snapshot }: Reading): Subject {
  const named = plainSnapshot({ ...snapshot, name: `${title}, as it would run after block ${height}` });
  return { kind: "node", snapshot: named, result: compute(named), fields: [], notes: [] };
}
