/** The calls that set parameters. Left out: registration by work, total issuance, EVM, authorities, and flows, which 425 does not use. */
import { GLOBAL_PARAMETERS } from "./global.js";
import { LATER_PARAMETERS } from "./later.js";
import { OWNER_PARAMETERS } from "./owner.js";
import { ROOT_PARAMETERS } from "./root.js";
import { SUBNET_ADMIN_CALLS } from "./subnet.js";

/** By the names of their builders. */
export const ADMIN_CALLS = {
  ...GLOBAL_PARAMETERS,
  ...ROOT_PARAMETERS,
  ...OWNER_PARAMETERS,
  ...SUBNET_ADMIN_CALLS,
  ...LATER_PARAMETERS,
};
