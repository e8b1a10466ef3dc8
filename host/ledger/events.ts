/** What a block reports. Each area declares its events beside what emits them; names are the chain's. */
import type { DrainEvent } from "./block/drain.js";
import type { EpochEvent } from "./block/epoch.js";
import type { EnactmentEvent } from "./block/governance.js";
import type { IncentiveEvent } from "./block/incentives.js";
import type { RevealEvent } from "./block/reveals.js";
import type { DrandEvent } from "./calls/drand/index.js";
import type { GovernanceEvent } from "./calls/governance/index.js";
import type { KeyEvent } from "./calls/keys/index.js";
import type { SudoEvent } from "./calls/sudo/sudo.js";
import type { UtilityEvent } from "./calls/utility/batch.js";
import type { WeightsEvent } from "./calls/weights/effects.js";
import type { LedgerErrorName } from "./errors.js";
import type { BalancesEvent } from "./rules/currency.js";
import type { NeuronEvent } from "./rules/neurons.js";
import type { AnyStakingEvent } from "./rules/stakingEvents.js";
import type { SubnetsEvent } from "./rules/subnetErrors.js";

/** How a call ended. */
export type SystemEvent =
  | { readonly name: "System.ExtrinsicSuccess" }
  | { readonly name: "System.ExtrinsicFailed"; readonly error: LedgerErrorName };

/** What the block's own steps report. */
type StepEvent = DrainEvent | EpochEvent | IncentiveEvent | EnactmentEvent | RevealEvent;

/** Any event. */
export type LedgerEvent =
  | SystemEvent
  | BalancesEvent
  | SudoEvent
  | UtilityEvent
  | NeuronEvent
  | AnyStakingEvent
  | SubnetsEvent
  | StepEvent
  | WeightsEvent
  | DrandEvent
  | KeyEvent
  | GovernanceEvent;

/** An event in its block: by the call of that index, or by the block's own steps. */
export interface BlockEvent {
  readonly callIndex: number | null;
  readonly event: LedgerEvent;
}

/** Where events go. */
export type Emit = (event: LedgerEvent) => void;
