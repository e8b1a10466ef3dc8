/** Who takes part in a simulation: coldkeys by number, of which the first is root, and hotkeys by number. */
import { toAddress } from "../../../host/ledger/accounts/address.js";
import type { Signer } from "../../../host/ledger/accounts/keys.js";
import type { Call } from "../../../host/ledger/calls/call.js";
import type { Genesis } from "../../../host/ledger/genesis.js";
import { type Account, toHex } from "../../../host/ledger/state/codecs.js";
import type { ReadableState } from "../../../host/ledger/state/state.js";
import type { Draw } from "./draw.js";

const HOTKEY_MARK = 0x40;

/** What generators see: the state before the block, and who there is. */
export interface World {
  readonly state: ReadableState;
  /** How many coldkeys; there are as many hotkeys. */
  readonly count: number;
}

/** A call to be made, and by which coldkey. */
export interface Planned {
  readonly by: number;
  readonly call: Call;
}

/** Makes calls of an area, valid ones and invalid ones. */
export interface Generator {
  readonly name: string;
  /** How often it is asked, compared with others. */
  readonly weight: number;
  readonly make: (draw: Draw, world: World) => Planned;
}

/** The account of a coldkey: its number scattered over the first bytes, so that order says nothing. */
export function coldkey(k: number): Account {
  return numbered(k, 0);
}

/** The account of a hotkey. */
export function hotkey(k: number): Account {
  return numbered(k, HOTKEY_MARK);
}

function numbered(k: number, mark: number): Account {
  const bytes = new Uint8Array(32).fill(mark);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.imul(k + 1, 0x9e3779b1));
  view.setUint32(4, k);
  return toHex(bytes);
}

/** A coldkey that signs with zeros, which the simulation takes for its signature. */
export function signerAt(k: number): Signer {
  const account = coldkey(k);
  return { account, address: toAddress(account), sign: () => new Uint8Array(64) };
}

/** Every second coldkey has TAO; delays are short, so that what waits is seen to come. */
export function genesisOf(count: number): Genesis {
  const rich = Array.from({ length: count }, (_, k) => k).filter((k) => k % 2 === 0);
  return {
    schemaVersion: 1,
    name: "simulation",
    balancesRao: Object.fromEntries(rich.map((k) => [coldkey(k), k % 4 === 0 ? 1_000_000_000_000n : 1_000_000n])),
    rootKey: coldkey(0),
    parameters: {
      "SubtensorModule.ColdkeySwapAnnouncementDelay": 20,
      "SubtensorModule.ColdkeySwapReannouncementDelay": 5,
      "SubtensorModule.TxRateLimit": "3",
    },
  };
}
