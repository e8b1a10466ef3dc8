/** Where a ledger stands: its last block. */
import type { CheckedGenesis } from "../genesis.js";
import { type Checksum, EMPTY } from "../state/checksum.js";
import type { Account } from "../state/codecs.js";
import { type BlockRecord, digestOf } from "./record.js";

/** The last block's number, digest, and the checksum of the state after it. */
export interface Head {
  readonly height: number;
  readonly digest: Account;
  readonly stateChecksum: Checksum;
}

/** What precedes block 0. */
export function beforeGenesis(genesis: CheckedGenesis): Head {
  return { height: genesis.firstBlock - 1, digest: genesis.digest, stateChecksum: EMPTY };
}

/** Where a ledger stands after a block. */
export function headOf(record: BlockRecord): Head {
  return { height: record.height, digest: digestOf(record), stateChecksum: record.stateChecksum };
}
