/** Options of verbs that call the ledger, by kind. What reads them is in readers.ts, which is loaded when a verb runs. */
import type { Account } from "../../../ledger/state/codecs.js";

/** The kinds of options, and what their text becomes. */
export interface Kinds {
  /** An address, or a development key such as //Alice. */
  readonly account: Account;
  readonly accounts: readonly Account[];
  /** A hotkey: of the wallet by name, an address, or a development key. */
  readonly hotkey: Account;
  /** TAO or alpha with up to nine decimals; rao. */
  readonly amount: bigint;
  /** A u16. */
  readonly netuid: number;
  readonly number: number;
  /** A part between 0 and 1; parts of 65535. */
  readonly part: number;
  readonly flag: boolean;
  readonly text: string;
  readonly netuids: readonly number[];
  /** `uid:value,…` */
  readonly weights: { readonly uids: readonly number[]; readonly values: readonly number[] };
  /** `key:part,…`, each part between 0 and 1; parts of 2^64 − 1. */
  readonly family: readonly (readonly [proportion: bigint, hotkey: Account])[];
  /** An IP address: its number, and 4 or 6. */
  readonly ip: { readonly ip: bigint; readonly ipType: number };
  readonly salt: readonly number[];
}

/** A kind of option. */
export type Kind = keyof Kinds;

/** An option. Without `usual` and `optional` it must be given. */
export interface Field<K extends Kind = Kind, O extends boolean = boolean> {
  readonly kind: K;
  /** "--amount <tao>" */
  readonly flag: string;
  readonly what: string;
  readonly usual?: string;
  readonly optional?: O;
}

/** The options of a verb; names are the flags' own, in camel case. */
export type Fields = Readonly<Record<string, Field>>;

/** What the options of a verb become. */
export type Values<F extends Fields> = {
  readonly [N in keyof F]: F[N] extends Field<infer K, infer O>
    ? Kinds[K] | (O extends true ? undefined : never)
    : never;
};

/** An option that must be given, or has a usual text. */
export function field<K extends Kind>(kind: K, flag: string, what: string, usual?: string): Field<K, false> {
  return { kind, flag, what, ...(usual === undefined ? {} : { usual }), optional: false };
}

/** An option that may be left out. */
export function optional<K extends Kind>(kind: K, flag: string, what: string): Field<K, true> {
  return { kind, flag, what, optional: true };
}

export const netuid = field("netuid", "--netuid <netuid>", "the subnet");
export const hotkey = field("hotkey", "--hotkey <key>", "of the wallet by name, an address, or //Key", "default");
export const amount = field("amount", "--amount <tao>", "in TAO, such as 1.5");
export const alpha = field("amount", "--amount <alpha>", "in the subnet's alpha, such as 1.5");
export const mechanism = optional("number", "--mechid <mechid>", "the mechanism; else 0");
export const versionKey = field("number", "--version-key <key>", "what the subnet asks for", "0");
export const weights = field("weights", "--weights <pairs>", "uid:value,… with values of 0 to 65535");
