/** The calls on the root. */
import { claimRoot, setRootClaimType } from "./claims.js";
import { rootRegister } from "./register.js";

/** By the names of their builders. */
export const ROOT_CALLS = { rootRegister, claimRoot, setRootClaimType };
