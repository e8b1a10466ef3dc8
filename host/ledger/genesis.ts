/** The document a ledger begins with: accounts, balances, the root key, parameters. */
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import * as v from "valibot";
import { shown } from "../errors.js";
import { toJson } from "../json.js";
import { parse } from "../marshal/schema.js";
import { integer, refuse, u64 } from "../marshal/values.js";
import type { Rules } from "../types.js";
import { toAccount } from "./accounts/address.js";
import { readRao } from "./calls/arguments.js";
import { readEntries, writeEntries } from "./genesisEntries.js";
import { beginSubnets, type GenesisStake, type GenesisSubnet, readSubnets, SUBNET_FIELDS } from "./genesisSubnets.js";
import { readValue } from "./genesisValues.js";
import { EXISTENTIAL_DEPOSIT_RAO } from "./rules/currency.js";
import { chooseRules, readLedgerRules } from "./rules/ruleSet.js";
import { BalancesIssuance, FreeBalance, TotalIssuance } from "./state/balances.js";
import { type Account, toHex } from "./state/codecs.js";
import type { AnyItem } from "./state/item.js";
import { ITEM_BY_NAME } from "./state/items.js";
import { State } from "./state/state.js";
import { BlockNumber, RootKey } from "./state/system.js";

/** A genesis as a user writes it, in a program or in JSON. */
export interface Genesis {
  readonly schemaVersion: 1;
  /** Tells networks apart that are alike otherwise: a call signed for one is none on another. */
  readonly name: string;
  /** Free balances in rao, a bigint or a decimal string, by ss58 address or 0x-hex; each at least 500. */
  readonly balancesRao: Readonly<Record<string, bigint | string>>;
  /** Whose `sudo` calls are root's; without it nobody is root. */
  readonly rootKey?: string | undefined;
  /**
   * The spec version whose rules hold, or a record of them; usually 425. A later one is 425 with the rules this ledger knows of it: the
   * emission gate, liquid alpha's consensus modes, Null mode. Nothing else of that version is there.
   */
  readonly rules?: number | Rules | undefined;
  /** Single values by the chain's name: `{ "SubtensorModule.StakeThreshold": "1000" }`. u64 as decimal strings. */
  readonly parameters?: Readonly<Record<string, bigint | string | number | boolean>> | undefined;
  /** Subnets there are from the beginning. Their pools' TAO comes on top of the balances. */
  readonly subnets?: readonly GenesisSubnet[] | undefined;
  /** Who is staked on the root from the beginning, its TAO on top too; each hotkey has a seat there, in this order. */
  readonly rootStakes?: readonly GenesisStake[] | undefined;
  /** The number of the genesis's own block; usually 0. A fork goes on counting where its network stood. */
  readonly firstBlock?: number | undefined;
  /** Any entries of the state, as they are stored, keys and values in hex; parameters go over them. */
  readonly entries?: Readonly<Record<string, string>> | undefined;
}

const DOCUMENT = v.strictObject({
  schemaVersion: v.literal(1, "1, the only version there is"),
  name: v.string(),
  balancesRao: v.record(v.string(), v.unknown()),
  rootKey: v.optional(v.string()),
  rules: v.optional(v.unknown()),
  parameters: v.optional(v.record(v.string(), v.unknown())),
  ...SUBNET_FIELDS,
  firstBlock: v.optional(v.number()),
  entries: v.optional(v.record(v.string(), v.unknown())),
});

/** A checked genesis. */
export interface CheckedGenesis {
  /** The document in one form: accounts as hex text in order, amounts as decimal strings. */
  readonly text: string;
  /** Its hash: what stands before block 0. */
  readonly digest: Account;
  /** The number of its block. */
  readonly firstBlock: number;
}

const MOST_FIRST_BLOCK = 2 ** 32 - 1;

/** Checks a genesis and brings it into one form. Throws BAD_VALUE, MISSING_FIELD, UNKNOWN_FIELD, naming the field. */
export function checkGenesis(input: unknown): CheckedGenesis {
  const { name, balancesRao, rootKey, rules, parameters = {}, firstBlock = 0, entries = {}, ...given } = parsed(input);
  integer("firstBlock", firstBlock, 0, MOST_FIRST_BLOCK);
  const chosen = rules === undefined ? undefined : readLedgerRules(rules);
  const stored = readEntries(entries);
  const balances = Object.entries(balancesRao).map(([address, amount]) => {
    const where = `balancesRao[${shown(address)}]`;
    const freeRao = readRao(where, amount);
    if (freeRao < EXISTENTIAL_DEPOSIT_RAO) refuse(where, `at least ${EXISTENTIAL_DEPOSIT_RAO} rao`, amount);
    return [toAccount(where, address), freeRao] as const;
  });
  const accounts = new Set(balances.map(([account]) => account));
  if (accounts.size < balances.length) refuse("balancesRao", "one entry an account", "an account twice");
  const values = Object.entries(parameters).map(([item, value]) => [item, readParameter(item, value)] as const);
  const text = toJson({
    schemaVersion: 1,
    name,
    balancesRao: Object.fromEntries(balances.sort(byName)),
    ...(rootKey === undefined ? {} : { rootKey: toAccount("rootKey", rootKey) }),
    ...(chosen === undefined ? {} : { rules: chosen }),
    parameters: Object.fromEntries(values.sort(byName)),
    ...filled(readSubnets(given)),
    ...(firstBlock === 0 ? {} : { firstBlock }),
    ...(stored.length === 0 ? {} : { entries: Object.fromEntries(stored) }),
  });
  return { text, digest: toHex(sha256(utf8ToBytes(text))), firstBlock };
}

/** The state a checked genesis describes, its writes still in the journal. */
export function genesisState({ text }: CheckedGenesis): State {
  const {
    balancesRao,
    rootKey,
    rules,
    parameters = {},
    firstBlock = 0,
    entries = {},
    ...given
  } = parsed(JSON.parse(text));
  const state = new State();
  if (firstBlock > 0) state.write(BlockNumber, firstBlock);
  let issuanceRao = 0n;
  for (const [account, amount] of Object.entries(balancesRao)) {
    const freeRao = BigInt(amount as string);
    state.write(FreeBalance, account as Account, freeRao);
    issuanceRao += freeRao;
  }
  issuanceRao += beginSubnets(state, readSubnets(given));
  writeEntries(state, entries);
  u64("the sum of balancesRao, of pools and of stakes on the root", issuanceRao);
  state.write(BalancesIssuance, issuanceRao);
  state.write(TotalIssuance, issuanceRao);
  if (rootKey !== undefined) state.write(RootKey, rootKey as Account);
  if (rules !== undefined) chooseRules(state, readLedgerRules(rules));
  for (const [item, value] of Object.entries(parameters)) {
    state.write(ITEM_BY_NAME.get(item) as AnyItem, readParameter(item, value));
  }
  return state;
}

function parsed(input: unknown): v.InferOutput<typeof DOCUMENT> {
  return parse(v.object({ genesis: DOCUMENT }), { genesis: input }).genesis;
}

/** Without the lists that are empty: a document without subnets has the form it had before there were any. */
function filled<T extends object>(lists: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(lists).filter(([, list]) => (list as readonly unknown[]).length > 0),
  ) as Partial<T>;
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : a > b ? 1 : 0);

/** A single value of the kind its item's initial value has. */
function readParameter(name: string, value: unknown): bigint | number | boolean | string {
  const where = `parameters[${shown(name)}]`;
  const item = ITEM_BY_NAME.get(name);
  if (item === undefined || item.depth > 0) return refuse(where, "a single value of the ledger's state", name);
  return readValue(where, item, value);
}
