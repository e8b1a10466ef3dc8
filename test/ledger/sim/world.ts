/** Who takes part in a simulation: coldkeys by number, of which the first is root, and hotkeys by number. */
import { toAddress } from "../../../host/ledger/accounts/address.js";
import type { Signer } from "../../../host/ledger/accounts/keys.js";
import type { Call } from "../../../host/ledger/calls/call.js";
import { type Account, fromHex, toHex } from "../../../host/ledger/state/codecs.js";
import type { ReadableState } from "../../../host/ledger/state/state.js";
import type { Draw } from "./draw.js";

const COLDKEY_MARK = 0;
const HOTKEY_MARK = 0x40;

/** What generators see: the state before the block, and who there is. */
export interface World {
  readonly state: ReadableState;
  /** How many coldkeys; there are as many hotkeys. */
  readonly count: number;
}

/** A call to be made, and who signs it, by `signerAt`. */
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
  return numbered(k, COLDKEY_MARK);
}

/** The account of a hotkey. */
export function hotkey(k: number): Account {
  return numbered(k, HOTKEY_MARK);
}

/** Anybody's coldkey, and anybody's hotkey. */
export const anyone = (draw: Draw, { count }: World) => draw.below(count);
export const anyColdkey = (draw: Draw, world: World) => coldkey(anyone(draw, world));
export const anyHotkey = (draw: Draw, world: World) => hotkey(anyone(draw, world));

function numbered(k: number, mark: number): Account {
  const bytes = new Uint8Array(32).fill(mark);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.imul(k + 1, 0x9e3779b1));
  view.setUint32(4, k);
  return toHex(bytes);
}

/** Who signs for an account: k for coldkey k, −1 − k for hotkey k; undefined for accounts of nobody here. */
export function signerNumber(account: Account): number | undefined {
  const k = new DataView(Uint8Array.from(fromHex(account)).buffer).getUint32(4);
  if (account === numbered(k, COLDKEY_MARK)) return k;
  return account === numbered(k, HOTKEY_MARK) ? -1 - k : undefined;
}

/** Coldkey k, or hotkey −1 − k, that signs with zeros, which the simulation takes for its signature. */
export function signerAt(k: number): Signer {
  const account = k >= 0 ? coldkey(k) : hotkey(-1 - k);
  return { account, address: toAddress(account), sign: () => new Uint8Array(64) };
}
