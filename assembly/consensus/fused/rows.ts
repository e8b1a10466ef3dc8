/** Choosing the rows of the fused path. */
import { at, setU32, u32At } from "../../linear/array";
import * as frame from "../frame";
import * as input from "../input";
import { hasPermit } from "../permits";
import * as area from "./area";

/** Whether row i takes part: it may set weights, or it holds bonds. */
export function takesPart(i: u32): bool {
  return hasPermit(i) || u32At(input.bondRows, i + 1) > u32At(input.bondRows, i);
}

/** Lists the rows, voters last, with their stakes. */
export function listRows(): void {
  let voter = area.others;
  let other: u32 = 0;
  for (let i: u32 = 0; i < input.n; i++) {
    if (!takesPart(i)) continue;
    const votes = at(frame.medianStake, i) > 0;
    const r = votes ? voter++ : other++;
    setU32(area.rowUid, r, i);
    setU32(area.stake, r, <u32>at(frame.activeStake, i));
    const voice = <u32>at(frame.medianStake, i);
    setU32(area.medianStake, r, voice);
    setU32(area.halfStake, r, (voice >> 16) * 0x10001);
  }
}
