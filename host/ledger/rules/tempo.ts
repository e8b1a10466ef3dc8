/** Changing a subnet's tempo. */
import type { Emit } from "../events.js";
import type { State } from "../state/state.js";
import { LastEpochBlock, Tempo } from "../state/subnets.js";
import { BlockNumber } from "../state/system.js";

/** Events of a subnet's schedule. */
export type TempoEvent =
  | { readonly name: "SubtensorModule.TempoSet"; readonly netuid: number; readonly tempo: number }
  | {
      readonly name: "SubtensorModule.ActivityCutoffFactorMilliSet";
      readonly netuid: number;
      readonly factorMilli: number;
    }
  | {
      readonly name: "SubtensorModule.EpochTriggered";
      readonly netuid: number;
      readonly by: string;
      readonly firesAt: number;
    };

/** Sets the tempo, and begins a new cycle in this block. Source: subtensor utils/misc.rs, apply_tempo_with_cycle_reset. */
export function applyTempo(state: State, emit: Emit, netuid: number, tempo: number): void {
  state.write(Tempo, netuid, tempo);
  emit({ name: "SubtensorModule.TempoSet", netuid, tempo });
  state.write(LastEpochBlock, netuid, state.read(BlockNumber));
}
