/** The events of staking and all that goes with it, from what emits them. */

import type { DelegationEvent } from "../calls/children/index.js";
import type { AlphaEvent } from "../calls/staking/alpha.js";
import type { AutoStakeEvent } from "../calls/staking/hotkeys.js";
import type { MoveEvent } from "../calls/staking/moveStake.js";
import type { TakeEvent } from "../calls/takes/takes.js";
import type { ChildrenEvent } from "./children.js";
import type { ClaimEvent } from "./claims.js";
import type { LockEvent } from "./locks.js";
import type { StakingEvent } from "./staking.js";
import type { OwnerEvent } from "./subnetKing.js";

/** Any of them. */
export type AnyStakingEvent =
  | StakingEvent
  | MoveEvent
  | AlphaEvent
  | AutoStakeEvent
  | ClaimEvent
  | LockEvent
  | TakeEvent
  | ChildrenEvent
  | DelegationEvent
  | OwnerEvent;
