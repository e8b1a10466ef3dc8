/** The block after the head: produced of the calls that wait, or taken over from whoever produced it, if it comes out alike. */
import { YumaError } from "../../errors.js";
import type { VerifySignature } from "../accounts/keys.js";
import type { BlockEvent } from "../events.js";
import type { Change } from "../state/changes.js";
import type { State } from "../state/state.js";
import { admit } from "./admit.js";
import { type AppliedBlock, applyBlock, type RefusedCall } from "./applyBlock.js";
import type { Head } from "./head.js";
import { type BlockRecord, digestOf, recordOf } from "./record.js";
import type { CheckedCall } from "./validity.js";

/** A block that has been applied and is yet to be stored. */
export interface NextBlock extends Pick<AppliedBlock, "events" | "refused"> {
  readonly record: BlockRecord;
  readonly changes: readonly Change[];
}

/** A block that was produced and is stored. */
export interface Block {
  readonly height: number;
  /** Equal digests mean equal histories and equal states. "0x" and 64 hex digits. */
  readonly digest: string;
  /** How many calls it includes, failed ones too. */
  readonly calls: number;
  /** What it changed, encoded. */
  readonly changes: readonly Change[];
  /** These calls as they were signed; an event's `callIndex` is a place in this list. */
  readonly signed: readonly Uint8Array[];
  readonly events: readonly BlockEvent[];
  /** Calls that waited and can no longer be included. */
  readonly refused: readonly RefusedCall[];
}

/** DIVERGED: a block of somebody else that is none here. It has what the block changes here, if it came to that. */
export class DivergedError extends YumaError {
  constructor(
    height: number,
    reason: string,
    details: Record<string, unknown> = {},
    readonly changes: readonly Change[] = [],
  ) {
    super("DIVERGED", `Block ${height} is not the one that follows here: ${reason}.`, { height, reason, ...details });
  }
}

/** Makes the next block of some calls. */
export function produced(state: State, head: Head, calls: readonly CheckedCall[]): NextBlock {
  const { events, included, refused } = applyBlock(state, head.digest, calls);
  const changes = state.takeChanges();
  const signed = included.map(({ bytes }) => bytes);
  return { events, refused, changes, record: recordOf(head, signed, changes) };
}

/** Applies a recorded block with its signatures. Throws DIVERGED, the state as it was, unless it has the record's digest here too. */
export async function followed(
  state: State,
  head: Head,
  record: BlockRecord,
  verifySignature: VerifySignature,
): Promise<NextBlock> {
  const { height, parentDigest } = record;
  if (height !== head.height + 1 || parentDigest !== head.digest) {
    throw new DivergedError(height, "it follows another block", {
      parentDigest,
      own: head.digest,
      ownHeight: head.height,
    });
  }
  const calls: CheckedCall[] = [];
  for (const [callIndex, bytes] of record.calls.entries()) {
    const invalid = (cause: YumaError) => {
      throw new DivergedError(height, `call ${callIndex} is not valid`, { callIndex, cause: cause.message });
    };
    calls.push(await admit(bytes, state, head, verifySignature).catch(invalid));
  }
  const { events, refused } = applyBlock(state, head.digest, calls);
  const changes = state.changes();
  const own = recordOf(head, record.calls, changes);
  if (refused.length > 0 || digestOf(own) !== digestOf(record)) {
    state.undoAll();
    const digests = { digest: digestOf(record), own: digestOf(own) };
    throw new DivergedError(height, refused.length > 0 ? "a call is refused" : "its digest differs", digests, changes);
  }
  state.takeChanges();
  return { events, refused, changes, record: own };
}
