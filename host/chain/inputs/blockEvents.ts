/** What else the block did to the subnet, out of its events: rows revealed before the epoch, uids and bonds touched after it. */
import { shown, YumaError } from "../../errors.js";
import type { ChainEvent } from "../metadata/events.js";
import { notReconstructable } from "./refusal.js";

const PALLET = "SubtensorModule";

/** The block's doings that matter to one subnet. */
export interface BlockEvents {
  /** (index, hotkey) of rows that timelocked commits wrote before the epoch. */
  readonly revealed: readonly (readonly [index: number, hotkey: string])[];
  /** (index, uid) of rows that extrinsics wrote after it. */
  readonly weightsSet: readonly (readonly [index: number, uid: number])[];
  /** Uids given to a new hotkey after it. */
  readonly registered: ReadonlySet<number>;
  /** Hotkeys whose published metadata may have reset the bonds on them, after it. */
  readonly committed: ReadonlySet<string>;
  /** Whether the owner changed before the epoch. */
  readonly ownerChanged: boolean;
  /** Miner emission by mechanism index, as the epoch announced it. */
  readonly minerEmission: ReadonlyMap<number, readonly bigint[]>;
}

/** Sorts the events of a block for one subnet of so many mechanisms. Throws BAD_STORAGE for an event of another shape. */
export function blockEvents(events: readonly ChainEvent[], netuid: number): BlockEvents {
  const revealed: [number, string][] = [];
  const weightsSet: [number, number][] = [];
  const registered = new Set<number>();
  const committed = new Set<string>();
  const minerEmission = new Map<number, bigint[]>();
  let ownerChanged = false;
  for (const { phase, pallet, name, fields } of events) {
    const isFirst = phase === "initialization";
    const event = new Fields(`${pallet}.${name}`, fields);
    if (pallet === "Commitments" && name === "Commitment") {
      if (event.number("netuid", 0) === netuid) committed.add(event.text("who", 1));
    }
    if (pallet !== PALLET) continue;
    if (name === "TimelockedWeightsRevealed" && isFirst)
      revealed.push([event.number("netuid", 0), event.text("who", 1)]);
    if (name === "WeightsSet" && !isFirst) weightsSet.push([event.number("netuid", 0), event.number("uid", 1)]);
    if (name === "NeuronRegistered" && event.number("netuid", 0) === netuid) {
      if (isFirst) notReconstructable("a hotkey was registered in the block before its epoch ran");
      registered.add(event.number("uid", 1));
    }
    if (name === "SubnetOwnerChanged" && isFirst && event.number("netuid", 0) === netuid) ownerChanged = true;
    if (name === "IncentiveAlphaEmittedToMiners" && isFirst) {
      minerEmission.set(event.number("netuid", 0), event.amounts("emissions", 1));
    }
  }
  return { revealed, weightsSet, registered, committed, ownerChanged, minerEmission };
}

/** Fields of an event, by name or, where they have none, by place. */
class Fields {
  constructor(
    private readonly event: string,
    private readonly fields: unknown,
  ) {}

  number(name: string, place: number): number {
    const value = this.at(name, place);
    return typeof value === "number" ? value : this.refuse(name, value);
  }

  text(name: string, place: number): string {
    const value = this.at(name, place);
    return typeof value === "string" ? value : this.refuse(name, value);
  }

  amounts(name: string, place: number): bigint[] {
    const value = this.at(name, place);
    const isGood = Array.isArray(value) && value.every((one) => typeof one === "bigint");
    return isGood ? (value as bigint[]) : this.refuse(name, value);
  }

  private at(name: string, place: number): unknown {
    if (Array.isArray(this.fields)) return this.fields[place];
    return (this.fields as Record<string, unknown> | null | undefined)?.[name];
  }

  private refuse(name: string, value: unknown): never {
    const text = `The event ${this.event} holds ${shown(value)} as its ${name}.`;
    throw new YumaError("BAD_STORAGE", text, { item: this.event });
  }
}

/**
 * Uids by mechanism index whose rows the epoch saw as they stand after the block, because it revealed them before its epoch ran.
 * Such a row written once more by an extrinsic is gone: NOT_RECONSTRUCTABLE.
 */
export function revealedRows(events: BlockEvents, index: number, uidOf: ReadonlyMap<string, number>): Set<number> {
  const uids = new Set<number>();
  for (const [at, hotkey] of events.revealed) {
    const uid = uidOf.get(hotkey);
    if (at !== index || uid === undefined) continue;
    const isLost = events.registered.has(uid) || events.weightsSet.some(([i, u]) => i === index && u === uid);
    if (isLost) notReconstructable(`the row revealed for uid ${uid} was written again in the same block`, { uid });
    uids.add(uid);
  }
  return uids;
}
