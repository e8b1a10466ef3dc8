/** The events of a block, out of System.Events. */

/** When in the block something happened. */
export type Phase = "initialization" | "extrinsic" | "finalization";

/** One event, with its fields as the metadata's codec gives them: an array where they have no names. */
export interface ChainEvent {
  readonly phase: Phase;
  readonly pallet: string;
  readonly name: string;
  readonly fields: unknown;
}

const PHASES: Readonly<Record<string, Phase>> = {
  Initialization: "initialization",
  ApplyExtrinsic: "extrinsic",
  Finalization: "finalization",
};

/** A record of System.Events as decoded: every runtime of the last years has this shape. */
interface EventRecord {
  readonly phase: { readonly type: string };
  readonly event: { readonly type: string; readonly value: { readonly type: string; readonly value: unknown } };
}

/** The decoded value of System.Events as events; none where nothing is stored. */
export function eventsOf(records: unknown): ChainEvent[] {
  return ((records ?? []) as readonly EventRecord[]).map(({ phase, event }) => ({
    phase: PHASES[phase.type] as Phase,
    pallet: event.type,
    name: event.value.type,
    fields: event.value.value,
  }));
}
