/** The errors and events of subnets, from the calls and rules that raise them. */
import type { ADMIN_ERRORS, ParameterEvent } from "../calls/admin/events.js";
import type { CREATION_ERRORS, StartEvent } from "../calls/subnets/creation.js";
import type { REGISTRATION_ERRORS } from "../calls/subnets/registration.js";
import type { SCHEDULE_ERRORS } from "../calls/subnets/schedule.js";
import type { SERVING_ERRORS, ServingEvent } from "../calls/subnets/serving.js";
import type { SubnetEvent } from "./createSubnet.js";
import type { FREEZE_ERRORS } from "./freezeWindow.js";
import type { MECHANISM_ERRORS } from "./mechanismCount.js";
import type { NULL_MODE_ERRORS } from "./nullMode.js";
import type { OwnerHotkeyEvent } from "./ownerHotkey.js";
import type { RATE_LIMIT_ERRORS } from "./rateLimits.js";
import type { TempoEvent } from "./tempo.js";
import type { TRIM_ERRORS } from "./trim.js";

/** The names of errors. */
export type SubnetError =
  | (typeof ADMIN_ERRORS)[number]
  | (typeof CREATION_ERRORS)[number]
  | (typeof REGISTRATION_ERRORS)[number]
  | (typeof SCHEDULE_ERRORS)[number]
  | (typeof SERVING_ERRORS)[number]
  | (typeof FREEZE_ERRORS)[number]
  | (typeof MECHANISM_ERRORS)[number]
  | (typeof NULL_MODE_ERRORS)[number]
  | (typeof RATE_LIMIT_ERRORS)[number]
  | (typeof TRIM_ERRORS)[number];

/** Their events. */
export type SubnetsEvent = ParameterEvent | StartEvent | ServingEvent | SubnetEvent | OwnerHotkeyEvent | TempoEvent;
