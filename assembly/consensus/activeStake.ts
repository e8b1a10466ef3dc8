/** K.4 Active stake: what counts in votes and dividends. */
import { at, set, u8At } from "../linear/array";
import * as vector from "../linear/vector";
import * as frame from "./frame";
import * as input from "./input";

/** activeStake = normalise(stake where active and permitted, else 0). */
export function maskStake(): void {
  const n = input.n;
  for (let i: u32 = 0; i < n; i++) {
    const counts = u8At(frame.active, i) !== 0 && u8At(frame.permit, i) !== 0;
    set(frame.activeStake, i, select<i64>(at(frame.stake, i), 0, counts));
  }
  vector.normalise(frame.activeStake, frame.activeStake, n);
}
