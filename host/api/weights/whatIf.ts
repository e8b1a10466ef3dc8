/** What would follow: the next epoch with other weights of one validator, against the epoch as things stand. */
import { shown, YumaError } from "../../errors.js";
import type { Kernel } from "../../load/kernel.js";
import { checkSnapshot } from "../../marshal/snapshot.js";
import { present, record, u64 } from "../../marshal/values.js";
import type { EpochResult, EpochSnapshot, U64 } from "../../types.js";
import { runEpoch } from "../epoch.js";
import { uidBelow } from "./state.js";
import { storedRow } from "./storedRow.js";

/** The weights to try. */
export interface TriedWeights {
  readonly uids: readonly number[];
  /** u16 each, before upscaling. */
  readonly values: readonly number[];
  /** The block they are set in: default, the one before the epoch's, the last that counts. */
  readonly block?: U64;
}

/** What is compared: u16 over 65535, emission in alpha-rao. */
export type WhatIfQuantity = "validatorTrust" | "consensus" | "incentive" | "dividends" | "emission";

/** A number before and after. */
export interface Difference {
  before: bigint;
  after: bigint;
  /** after − before. */
  difference: bigint;
}

/** What changes for one uid; only numbers that do. */
export interface UidChange {
  uid: number;
  changes: Partial<Record<WhatIfQuantity, Difference>>;
}

/** The answer. */
export interface WhatIf {
  name?: string;
  uid: number;
  /** The row as it would be stored. */
  row: [uid: number, value: number][];
  /** The validator's own numbers, changed or not. */
  own: Record<WhatIfQuantity, Difference>;
  /** Every other uid for which a number changes, by uid. */
  others: UidChange[];
}

const QUANTITIES: readonly WhatIfQuantity[] = ["validatorTrust", "consensus", "incentive", "dividends", "emission"];

/**
 * Runs the epoch of the snapshot twice, as it stands and with the validator's row replaced by the one the chain would store,
 * and says what differs.
 *
 * LastUpdate becomes `weights.block`, unless commit-reveal is on: then the commit has moved it already, and it stays. Whether the
 * chain would take the weights is for `checkWeights` to say; here only what could not be stored is refused.
 *
 * Throws YumaError as `epoch` does; BAD_UID, DUPLICATE_UID, BAD_LENGTH, BAD_VALUE for the weights.
 * Source: subtensor subnets/weights.rs `internal_set_weights`, epoch/run_epoch.rs.
 */
export function whatIf(kernel: Kernel, snapshot: EpochSnapshot, uid: number, weights: TriedWeights): WhatIf {
  const { settings } = checkSnapshot(snapshot);
  const { n, name, currentBlock, commitRevealEnabled } = settings;
  const own = uidBelow("uid", uid, n);
  const { uids, values } = record("weights", weights) as unknown as TriedWeights;
  const row = storedRow(kernel, present("uids", uids), present("values", values));
  const stranger = row.find(([target]) => target >= n);
  if (stranger !== undefined) {
    const text = `uids names uid ${shown(stranger[0])}, which is not below n = ${n}.`;
    throw new YumaError("BAD_UID", text, { field: "uids", value: stranger[0] });
  }
  const last = currentBlock > 0n ? currentBlock - 1n : 0n;
  const block = weights.block === undefined ? last : u64("block", weights.block);
  const before = runEpoch(kernel, snapshot);
  const after = runEpoch(kernel, {
    ...snapshot,
    weights: snapshot.weights.map((stored, i) => (i === own ? row : stored)),
    lastUpdate: commitRevealEnabled
      ? snapshot.lastUpdate
      : Array.from(snapshot.lastUpdate, (stored, i) => (i === own ? block : stored)),
  });
  return {
    ...(name === undefined ? {} : { name }),
    uid: own,
    row,
    own: differences(before, after, own) as Record<WhatIfQuantity, Difference>,
    others: changed(before, after, own),
  };
}

/** All quantities of a uid before and after. */
function differences(
  before: EpochResult,
  after: EpochResult,
  uid: number,
): Partial<Record<WhatIfQuantity, Difference>> {
  const pairs = QUANTITIES.map((quantity): [WhatIfQuantity, Difference] => {
    const from = BigInt(before[quantity][uid] ?? 0);
    const to = BigInt(after[quantity][uid] ?? 0);
    return [quantity, { before: from, after: to, difference: to - from }];
  });
  return Object.fromEntries(pairs);
}

function changed(before: EpochResult, after: EpochResult, own: number): UidChange[] {
  return before.active.flatMap((_, uid) => {
    const moved = Object.entries(differences(before, after, uid)).filter(([, each]) => each.difference !== 0n);
    return uid === own || moved.length === 0 ? [] : [{ uid, changes: Object.fromEntries(moved) }];
  });
}
