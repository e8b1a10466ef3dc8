/** K.9 Liquid alpha for one column: each pair moves by an α of its own. */
import { SCALAR_ALPHA_HIGH, SCALAR_ALPHA_LOW, SCALAR_ALPHA_SIGMOID_STEEPNESS } from "../../contract";
import * as i32f32 from "../../fixed/i32f32";
import * as proportion from "../../fixed/proportion";
import { at, setU64, u16At, u32At } from "../../linear/array";
import * as frame from "../frame";
import * as input from "../input";
import { alphaSigmoid, sigmoidSlope } from "../sigmoid";
import * as area from "./area";
import { shareColumn, writeCodes } from "./bonds";

const U16_SCALE: u64 = 65537;

let low: i64 = 0;
let high: i64 = 0;
let slope: i64 = 0;
/** α of a pair at rest: neither weight above consensus nor bond above weight. */
let restAlpha: u64 = 0;

/** Once an epoch. */
export function prepareLiquid(): void {
  low = proportion.fromU16(<u32>input.scalar(SCALAR_ALPHA_LOW));
  high = proportion.fromU16(<u32>input.scalar(SCALAR_ALPHA_HIGH));
  slope = sigmoidSlope((<i64>input.scalar(SCALAR_ALPHA_SIGMOID_STEEPNESS)) << 32);
  restAlpha = <u64>alphaSigmoid(0, 0, 0, low, high, slope);
}

/** α of one pair, exactly. */
export function pairAlpha(consensus: i64, weight: i64, bond: i64): i64 {
  return alphaSigmoid(consensus, weight, bond, low, high, slope);
}

/** area.bond ← min(1, ⌊(1 − α)·old⌋ + ⌊α·w⌋) where there is a weight, else 0; then shares and codes of column j. */
export function averageLiquid(j: u32): void {
  const from = area.columnAt(area.bondColumns, j);
  const consensus = <u64>at(frame.liquidConsensus, j);
  let total: u64 = 0;
  for (let r: u32 = 0; r < area.height; r++) {
    const weight = <u64>u32At(area.bondWeight, r);
    let bond: u64 = 0;
    if (weight !== 0) {
      const old = <u64>u16At(from, r) * U16_SCALE;
      const still = weight >= old && weight <= consensus;
      const alpha = still ? restAlpha : <u64>pairAlpha(consensus, weight, old);
      bond = min(<u64>i32f32.ONE, (((<u64>i32f32.ONE - alpha) * old) >> 32) + ((alpha * weight) >> 32));
    }
    setU64(area.bond, r, bond);
    total += bond;
  }
  if (shareColumn(j, total)) writeCodes(j, area.bond);
}
