/** What happens in a simulation, written down: it can be played again, and a part of it too. */
import type { Call } from "../../../host/ledger/calls/call.js";
import { callCodec } from "../../../host/ledger/calls/index.js";
import { type Account, decode, fromHex, toHex } from "../../../host/ledger/state/codecs.js";

/** What may be wrong with signed bytes. */
export const ODDITIES = ["signature", "nonceUsed", "nonceAhead", "eraToCome", "again", "bytes"] as const;

/** How a store fails: before it wrote the block, after; or the ledger is opened anew for no reason. */
export const CRASHES = ["before", "after", "reopen"] as const;

export type Oddity = (typeof ODDITIES)[number];
export type Crash = (typeof CRASHES)[number];

/** A call: the number of its coldkey, and its SCALE in hex. */
export interface ScriptCall {
  readonly by: number;
  readonly call: Account;
  readonly oddity?: Oddity;
}

/** A block. */
export interface ScriptBlock {
  readonly calls: readonly ScriptCall[];
  readonly crash?: Crash;
}

/** A simulation. */
export interface Script {
  /** How many coldkeys there are. */
  readonly accounts: number;
  /** The spec version whose rules hold; 425 if none is named. */
  readonly rules?: number;
  /** The rule it once broke; none is broken now. */
  readonly broke?: string;
  readonly blocks: readonly ScriptBlock[];
}

/** A call as it is written down. */
export function written(call: Call): Account {
  return toHex(callCodec.enc(call));
}

/** And back. */
export function readWritten(text: Account): Call {
  return decode(callCodec, fromHex(text), "A call of the script");
}
