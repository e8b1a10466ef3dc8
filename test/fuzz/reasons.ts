/** Why the kernel took the path it took, held against the stated preconditions (assembly/README.md), read off the block itself. */
import * as abi from "../../assembly/contract.js";
import type { Block, Rows } from "./block.js";

const MILLION = 1_000_000;

/** What speaks against `refusal`, or null. Sparse rows are the kernel's own business: they are a matter of its memory. */
export function objection(block: Block, refusal: number, isStakeOne: () => boolean): string | null {
  const average = block.get(abi.SCALAR_BONDS_MOVING_AVERAGE);
  const alphaIsOdd = average === 0 || average >= MILLION;
  if (refusal === abi.REFUSED_UNASKED) return "the fused path was not even asked";
  if ((refusal === abi.REFUSED_ALPHA) !== alphaIsOdd) return `a moving average of ${average}`;
  if (refusal === abi.REFUSED_STAKE && !isStakeOne()) return "nobody has all of the stake";
  if (refusal === abi.REFUSED_NOT && !isOrdered(block.bonds, block.n)) return "bonds are in bad order";
  if (refusal === abi.REFUSED_ROWS && isOrdered(block.bonds, block.n) && areWeightsFit(block))
    return "all rows are fit";
  return null;
}

function areWeightsFit(block: Block): boolean {
  const isLiquid = block.flag(abi.FLAG_YUMA3) && block.flag(abi.FLAG_LIQUID_ALPHA);
  return isOrdered(block.weights, block.n) && !(isLiquid && block.weights.values.includes(0));
}

/** Whether every row is strictly ascending and below n. */
function isOrdered({ start, uids }: Rows, n: number): boolean {
  for (let i = 0; i < n; i++) {
    const from = start[i] as number;
    for (let e = from; e < (start[i + 1] as number); e++) {
      if ((uids[e] as number) >= n || (e > from && (uids[e] as number) <= (uids[e - 1] as number))) return false;
    }
  }
  return true;
}
