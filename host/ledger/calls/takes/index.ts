/** The calls on takes. */
import { decreaseTake, increaseTake, setChildkeyTake } from "./takes.js";

/** By the names of their builders. */
export const TAKE_CALLS = { increaseTake, decreaseTake, setChildkeyTake };
