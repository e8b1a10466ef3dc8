/** From the text of options to values. Each throws USAGE with the text it could not read. */
import { isIP } from "node:net";
import { shown, YumaError } from "../../../errors.js";
import { toAccount } from "../../../ledger/accounts/address.js";
import { signerOf } from "../../../ledger/accounts/keys.js";
import type { Account } from "../../../ledger/state/codecs.js";
import { MAX_U64 } from "../../../marshal/values.js";
import { RAO_PER_TAO } from "../../../units.js";
import { hotkeyAddressOf, type WalletPlace } from "../../../wallet/wallet.js";
import type { Field, Fields, Kind, Kinds, Values } from "./fields.js";

type Reader<V> = (text: string, flag: string, place: WalletPlace) => V | Promise<V>;

const READERS: { readonly [K in Kind]: Reader<Kinds[K]> } = {
  account: readAccount,
  accounts: (text, flag) => text.split(",").map((one) => readAccount(one.trim(), flag)),
  hotkey: readHotkey,
  amount: readAmount,
  netuid: (text, flag) => Number(whole(text, flag, 65_535n)),
  number: (text, flag) => Number(whole(text, flag, BigInt(Number.MAX_SAFE_INTEGER))),
  part: (text, flag) => Number(part(text, flag, 65_535n)),
  flag: () => true,
  text: (text) => text,
  netuids: (text, flag) => text.split(",").map((one) => Number(whole(one, flag, 65_535n))),
  weights: readWeights,
  family: async (text, flag, place) =>
    Promise.all(
      pairs(text, flag).map(
        async ([key, size]) => [part(size, flag, (1n << 64n) - 1n), await readHotkey(key, flag, place)] as const,
      ),
    ),
  ip: readIp,
  salt: (text, flag) => text.split(",").map((one) => Number(whole(one, flag, 65_535n))),
};

/** The values of a verb's options. */
export async function readFields<F extends Fields>(
  fields: F,
  options: Readonly<Record<string, unknown>>,
  place: WalletPlace,
): Promise<Values<F>> {
  const values: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const given = options[name];
    values[name] = given === undefined ? undefined : await readField(field, given, place);
  }
  return values as Values<F>;
}

async function readField({ kind, flag }: Field, given: unknown, place: WalletPlace): Promise<unknown> {
  return READERS[kind](String(given), flag.split(" ")[0] ?? flag, place);
}

/** Refuses an option. Throws USAGE. */
export function usage(flag: string, wanted: string, text: string): never {
  throw new YumaError("USAGE", `${flag} takes ${wanted}, not ${shown(text)}.`, { [flag.slice(2)]: text.slice(0, 200) });
}

/** Whose key is meant: an address, or a development key by its path. Throws USAGE. */
export function readAccount(text: string, flag: string): Account {
  if (/^\/\/?[^/\s]+/.test(text)) return signerOf(text).account;
  try {
    return toAccount(flag, text);
  } catch {
    return usage(flag, "an ss58 address, 0x and 64 hex digits, or a development key such as //Alice", text);
  }
}

const ADDRESS = /^(0x[0-9a-f]{64}|5[1-9A-HJ-NP-Za-km-z]{46,47}|\/\/?[^/\s].*)$/i;

/** A hotkey: an address, a development key, or the wallet's by name. Throws USAGE, BAD_FILE. */
export async function readHotkey(text: string, flag: string, place: WalletPlace): Promise<Account> {
  if (ADDRESS.test(text)) return readAccount(text, flag);
  const address = await hotkeyAddressOf(place, text);
  return address === undefined
    ? usage(flag, "an address where the wallet does not tell its own", text)
    : toAccount(flag, address);
}

/** TAO or alpha in rao. Throws USAGE. */
export function readAmount(text: string, flag: string): bigint {
  const [, units, decimals = ""] = /^(\d+)(?:\.(\d{1,9}))?$/.exec(text) ?? [];
  if (units === undefined) return usage(flag, "an amount with up to nine decimals, such as 1.5", text);
  const rao = BigInt(units) * RAO_PER_TAO + BigInt(decimals.padEnd(9, "0"));
  return rao <= MAX_U64 ? rao : usage(flag, "an amount up to 18446744073.709551615, 2^64 − 1 rao", text);
}

function whole(text: string, flag: string, most: bigint): bigint {
  const value = /^\d{1,20}$/.test(text) ? BigInt(text) : -1n;
  return value >= 0n && value <= most ? value : usage(flag, `a whole number up to ${most}`, text);
}

/** A decimal between 0 and 1 as parts of a whole, truncated. */
function part(text: string, flag: string, parts: bigint): bigint {
  const [, units, decimals = ""] = /^([01])(?:\.(\d{1,18}))?$/.exec(text) ?? [];
  const scale = 10n ** BigInt(decimals.length);
  const value = units === undefined ? -1n : BigInt(units + decimals);
  return value >= 0n && value <= scale
    ? (value * parts) / scale
    : usage(flag, "a part between 0 and 1, such as 0.18", text);
}

/** `a:b,c:d` as pairs; the last colon of each divides it. */
function pairs(text: string, flag: string): [string, string][] {
  return text.split(",").map((pair) => {
    const [, left, right] = /^(.+):([^:]+)$/.exec(pair.trim()) ?? [];
    return left === undefined || right === undefined
      ? usage(flag, "pairs a:b, separated by commas", pair)
      : [left, right];
  });
}

function readWeights(text: string, flag: string): Kinds["weights"] {
  const read = pairs(text, flag).map(
    ([uid, value]) => [whole(uid, flag, 65_535n), whole(value, flag, 65_535n)] as const,
  );
  return { uids: read.map(([uid]) => Number(uid)), values: read.map(([, value]) => Number(value)) };
}

function readIp(text: string, flag: string): Kinds["ip"] {
  const ipType = isIP(text);
  if (ipType === 4) return { ip: text.split(".").reduce((sum, byte) => sum * 256n + BigInt(byte), 0n), ipType };
  if (ipType !== 6 || text.includes(".") || text.includes("%")) return usage(flag, "an IP address", text);
  const [head = "", tail] = text.split("::").map((side) => (side === "" ? "" : side));
  const groups = (side: string) => (side === "" ? [] : side.split(":"));
  const [left, right] = [groups(head), groups(tail ?? "")];
  const zeros = tail === undefined ? [] : Array<string>(8 - left.length - right.length).fill("0");
  const ip = [...left, ...zeros, ...right].reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
  return { ip, ipType };
}
