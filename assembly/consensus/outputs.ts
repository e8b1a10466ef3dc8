/** K.12 Outputs: what the chain stores, in its own integers. */
import * as proportion from "../fixed/proportion";
import { at, setU16, setU32, u8At, u16At } from "../linear/array";
import * as sparse from "../linear/sparse";
import * as vector from "../linear/vector";
import * as frame from "./frame";
import * as input from "./input";

/** The five vectors as u16: trunc(x · 65535), saturating. Matches epoch/math.rs `fixed_proportion_to_u16`. */
export function storeVectors(): void {
  toU16(frame.consensusU16, frame.consensus);
  toU16(frame.incentiveU16, frame.incentive);
  toU16(frame.dividendsU16, frame.dividends);
  toU16(frame.validatorTrustU16, frame.validatorTrust);
  toU16(frame.stakeWeightU16, frame.stake);
}

function toU16(out: usize, from: usize): void {
  vector.toU16(out, from, input.n);
}

/** New bond rows: trunc(bond · 65535) for uids granted a permit, zeros kept; an empty row for all others. */
export function storeBonds(): void {
  const values = sparse.values(frame.emaBonds);
  const uids = sparse.uids(frame.emaBonds);
  let kept: u32 = 0;
  setU32(frame.bondRows, 0, 0);
  for (let i: u32 = 0; i < input.n; i++) {
    if (u8At(frame.newPermit, i) !== 0) {
      const end = sparse.end(frame.emaBonds, i);
      for (let e = sparse.begin(frame.emaBonds, i); e < end; e++) {
        setU16(frame.bondUids, kept, u16At(uids, e));
        setU16(frame.bondValues, kept++, proportion.toU16(at(values, e)));
      }
    }
    setU32(frame.bondRows, i + 1, kept);
  }
}
