/** What it costs to register, a neuron or a subnet, and who makes room for a neuron. */
import * as abi from "../../assembly/contract.js";
import * as prune from "../../assembly/emission/contract.js";
import { YumaError } from "../errors.js";
import { guarded, type Kernel } from "../load/kernel.js";
import { array, integer, present, record, refuse, u16, u64, u64Array } from "../marshal/values.js";
import { wideInteger } from "../marshal/wide.js";
import type { U64 } from "../types.js";

/** The registration price of a subnet and its bounds, in rao (Burn, MinBurn, MaxBurn). */
export interface BurnPrice {
  readonly burn: U64;
  readonly minBurn: U64;
  readonly maxBurn: U64;
}

/** A price left alone for some blocks. */
export interface BurnDecayInput extends BurnPrice {
  /** Blocks in which the price halves, u16 (BurnHalfLife); 0 = it does not decay. */
  readonly halfLife: number;
  /** The first block to decay in. */
  readonly currentBlock: U64;
  /** How many blocks, up to a million. */
  readonly blocks: number;
}

/** A price that some registrations push up. */
export interface BurnIncreaseInput extends BurnPrice {
  readonly netuid: number;
  /** Factor a registration, raw U64F64 bits (BurnIncreaseMult); below one it counts as one. */
  readonly multiplier: bigint | string | number;
  /** How many registrations, up to a million. */
  readonly times: number;
}

/** What the price of a subnet depends on; amounts in rao. */
export interface LockCostInput {
  /** NetworkLastLockCost. */
  readonly lastLock: U64;
  /** NetworkMinLockCost. */
  readonly minLock: U64;
  /** Block of the last subnet registration, 0 = never. */
  readonly lastLockBlock: U64;
  readonly currentBlock: U64;
  /** NetworkLockReductionInterval as stored, in blocks. */
  readonly reductionInterval: U64;
  /** TotalIssuance, on which the interval's length depends. */
  readonly totalIssuance: U64;
}

/** The price of a subnet. */
export interface LockCost {
  /** Blocks in which the price falls by the last lock, as it holds now. */
  readonly interval: bigint;
  /** In rao. */
  readonly cost: bigint;
}

/** An account, in any spelling that tells accounts apart. */
export type Account = string | number;

/** What decides which neuron is pruned. */
export interface PruneInput {
  readonly n: number;
  readonly currentBlock: U64;
  /** Blocks, u16 (ImmunityPeriod). */
  readonly immunityPeriod: number;
  /** u16 (MinNonImmuneUids). */
  readonly minNonImmuneUids: number;
  /** u16 (ImmuneOwnerUidsLimit). */
  readonly immuneOwnerUidsLimit: number;
  /** The hotkey of each uid, all different. */
  readonly keys: readonly Account[];
  readonly blockAtRegistration: readonly U64[] | BigUint64Array;
  /** Emission of each uid in rao; uids beyond its end have none. */
  readonly emission: readonly U64[] | BigUint64Array;
  /** Hotkeys of the owner's coldkey, registered here or not, all different. */
  readonly ownedHotkeys: readonly Account[];
  /** The subnet owner's hotkey, null where none is stored. */
  readonly ownerHotkey: Account | null;
}

/** Who would be pruned. */
export interface Pruned {
  /** null: nobody may be. */
  readonly uid: number | null;
  /** The owner's protected uids, in the chain's order. */
  readonly immuneOwnerUids: readonly number[];
}

const MOST_STEPS = 1_000_000;
const ROOT_NETUID = 0;

/**
 * The burn price after each of `blocks` blocks: min(max(⌊burn·f⌋, minBurn), maxBurn), f^halfLife ≤ 1/2 in Q32; in rao, one
 * entry a block. Up to block 1 and with halfLife 0 nothing decays, but the bounds hold.
 *
 * Throws BAD_VALUE, MISSING_FIELD. Source: subtensor `subnets/registration.rs` `update_registration_prices_for_networks`.
 */
export function burnDecay({ exports }: Kernel, input: BurnDecayInput): bigint[] {
  const fields = record("A price", input);
  const { burn, min, max } = priceOf(fields);
  const halfLife = u16("halfLife", present("halfLife", fields.halfLife));
  const first = u64Of(fields, "currentBlock");
  const blocks = integer("blocks", present("blocks", fields.blocks), 0, MOST_STEPS);
  const after = (price: bigint, k: number) => {
    const block = BigInt.asUintN(64, first + BigInt(k));
    return exports.burnAfterBlock(price, min, max, halfLife, block);
  };
  return series(burn, blocks, after);
}

/**
 * The burn price after each of `times` registrations: min(max(⌊burn·max(multiplier, 1)⌋, minBurn), maxBurn) in rao. That of the
 * root, netuid 0, never changes.
 *
 * Throws BAD_VALUE, MISSING_FIELD. Source: subtensor `subnets/registration.rs` `bump_registration_price_after_registration`.
 */
export function burnIncrease({ exports }: Kernel, input: BurnIncreaseInput): bigint[] {
  const fields = record("A price", input);
  const { burn, min, max } = priceOf(fields);
  const netuid = u16("netuid", present("netuid", fields.netuid));
  const multiplier = wideInteger("multiplier", present("multiplier", fields.multiplier), 128, false);
  const times = integer("times", present("times", fields.times), 0, MOST_STEPS);
  const [low, high] = [BigInt.asUintN(64, multiplier), multiplier >> 64n];
  const after = (price: bigint) =>
    netuid === ROOT_NETUID ? price : exports.burnAfterRegistration(price, min, max, low, high);
  return series(burn, times, after);
}

/**
 * What a new subnet costs: max(minLock, lastLock·m − ⌊lastLock/interval⌋·(currentBlock − lastLockBlock)), saturating, m = 1 before
 * the first lock and 2 after it; interval = ⌊reductionInterval · block emission in TAO⌋, 0 dividing to 0.
 *
 * Throws BAD_VALUE, MISSING_FIELD. Source: subtensor `coinbase/root.rs` `get_network_lock_cost`.
 */
export function lockCost({ exports }: Kernel, input: LockCostInput): LockCost {
  const fields = record("A lock", input);
  const read = (name: keyof LockCostInput) => u64Of(fields, name);
  const [last, least, since] = [read("lastLock"), read("minLock"), read("lastLockBlock")];
  const now = read("currentBlock");
  const interval = unsigned(exports.lockInterval(read("reductionInterval"), read("totalIssuance")));
  return { interval, cost: unsigned(exports.lockCost(last, least, since, now, interval)) };
}

/**
 * The neuron that makes room in a full subnet: of those not protected as the owner's, the least by (emission, registration
 * block, uid) among the non-immune ones if these are more than minNonImmuneUids, else among the immune ones.
 *
 * Throws BAD_VALUE, BAD_LENGTH, MISSING_FIELD. Source: subtensor `subnets/registration.rs` `get_neuron_to_prune`.
 */
export function neuronToPrune(kernel: Kernel, input: PruneInput): Pruned {
  const fields = record("A subnet", input);
  const field = (name: keyof PruneInput) => present(name, fields[name]);
  const n = integer("n", field("n"), 0, abi.MAX_UIDS);
  const currentBlock = u64Of(fields, "currentBlock");
  const immunity = BigInt(u16("immunityPeriod", field("immunityPeriod")));
  const minNonImmune = u16("minNonImmuneUids", field("minNonImmuneUids"));
  const limit = u16("immuneOwnerUidsLimit", field("immuneOwnerUidsLimit"));
  const keys = array("keys", field("keys"), n);
  const uidOf = new Map(accounts("keys", keys).map((key, uid) => [key, uid]));
  const registered = u64Array("blockAtRegistration", field("blockAtRegistration"), n);
  const emission = emissionOf(field("emission"), n);
  const owned = new Uint8Array(n);
  for (const key of accounts("ownedHotkeys", array("ownedHotkeys", field("ownedHotkeys")))) {
    const uid = uidOf.get(key);
    if (uid !== undefined) owned[uid] = 1;
  }
  const owner = field("ownerHotkey");
  const ownerUid = owner === null ? prune.PRUNE_NONE : (uidOf.get(account("ownerHotkey", owner)) ?? prune.PRUNE_NONE);
  const { exports, memory } = kernel;
  const at = (id: number) => exports.pruneField(id) >>> 0;
  new BigUint64Array(memory.buffer, at(prune.PRUNE_EMISSION), n).set(emission);
  new BigUint64Array(memory.buffer, at(prune.PRUNE_REGISTRATION_BLOCK), n).set(registered);
  new Uint8Array(memory.buffer, at(prune.PRUNE_OWNED), n).set(owned);
  const uid = guarded(kernel, () => exports.pruneRun(n, currentBlock, immunity, minNonImmune, limit, ownerUid));
  const found = new Uint16Array(memory.buffer, at(prune.PRUNE_PROTECTED), exports.pruneProtected());
  return { uid: uid === prune.PRUNE_NONE ? null : uid, immuneOwnerUids: Array.from(found) };
}

/** The prices after each of `count` steps. */
function series(start: bigint, count: number, after: (price: bigint, k: number) => bigint): bigint[] {
  const prices: bigint[] = [];
  for (let price = start, k = 0; k < count; k++) {
    price = unsigned(after(price, k));
    prices.push(price);
  }
  return prices;
}

function priceOf(fields: Record<string, unknown>) {
  const [burn, min, max] = ["burn", "minBurn", "maxBurn"].map((name) => u64Of(fields, name)) as [
    bigint,
    bigint,
    bigint,
  ];
  return { burn, min, max };
}

function u64Of(fields: Record<string, unknown>, name: string): bigint {
  return u64(name, present(name, fields[name]));
}

function emissionOf(value: unknown, n: number): BigUint64Array {
  const given = value instanceof BigUint64Array ? Array.from(value) : array("emission", value);
  if (given.length > n) {
    throw new YumaError("BAD_LENGTH", `emission must have at most one entry a uid, ${n}, but has ${given.length}.`, {
      field: "emission",
      expected: n,
      length: given.length,
    });
  }
  const out = new BigUint64Array(n);
  out.set(u64Array("emission", given, given.length));
  return out;
}

function accounts(where: string, values: readonly unknown[]): Account[] {
  const seen = new Map<Account, number>();
  return Array.from(values, (value, k) => {
    const own = account(`${where}[${k}]`, value);
    const before = seen.get(own);
    if (before !== undefined) return refuse(`${where}[${k}]`, `another account than ${where}[${before}]`, own);
    seen.set(own, k);
    return own;
  });
}

function account(where: string, value: unknown): Account {
  const known = typeof value === "string" || Number.isSafeInteger(value);
  return known ? (value as Account) : refuse(where, "an account, as a string or an integer", value);
}

/** An i64 of WebAssembly as the u64 it stands for. */
function unsigned(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}
