/** Reading the two states around a block: typed questions, all of one step in one round trip, every answer kept as evidence. */
import { YumaError } from "../../errors.js";
import type { ChainMetadata } from "../metadata/metadata.js";
import { type StorageItem, storageItem } from "../metadata/storage.js";
import type { Hex } from "../rpc.js";
import type { Shape } from "./shape.js";

/** Before the block (after its parent), or after it. */
export type At = "before" | "after";

/** An entry of one of the two states. */
export interface StateKey {
  readonly at: At;
  readonly key: Hex;
}

/** Raw values by key, null where nothing is stored: a live node, or a bundle. */
export type StateSource = (keys: readonly StateKey[]) => Promise<readonly (Hex | null)[]>;

/** The two states and the metadata of the code that led from one to the other. */
export interface EpochState {
  readonly metadata: ChainMetadata;
  readonly source: StateSource;
}

/** A question about one entry. */
export interface Query<T> {
  readonly at: At;
  readonly pallet: string;
  readonly item: string;
  readonly args: readonly unknown[];
  readonly shape: Shape<T>;
  /** What holds in a runtime that has no such item; without it such a runtime is refused. */
  readonly absent?: T;
  /** Whether an entry that is not stored is null rather than the default. */
  readonly stored?: boolean;
}

const PALLET = "SubtensorModule";

/** A question about an entry of SubtensorModule; an entry not stored has the runtime's default. */
export function query<T>(at: At, item: string, args: readonly unknown[], shape: Shape<T>, absent?: T): Query<T> {
  return { at, pallet: PALLET, item, args, shape, ...(absent === undefined ? {} : { absent }) };
}

/** The same, but an entry not stored is null, and so is one of an item that this runtime has not. */
export function storedQuery<T>(at: At, item: string, args: readonly unknown[], shape: Shape<T>): Query<T | null> {
  const orNull: Shape<T | null> = (name, value) => (value === null ? null : shape(name, value));
  return { at, pallet: PALLET, item, args, shape: orNull, absent: null, stored: true };
}

/** Questions in any arrangement: one, a list, a record, and those of them. */
export type Plan = Query<unknown> | readonly Plan[] | { readonly [name: string]: Plan };
/** The answers in the same arrangement. */
export type Answers<P> =
  P extends Query<infer T> ? T : P extends readonly (infer Q)[] ? Answers<Q>[] : { [K in keyof P]: Answers<P[K]> };

/** Answers questions in one round trip. Throws BAD_METADATA, BAD_STORAGE. */
export async function read<P extends Plan>(state: EpochState, plan: P): Promise<Answers<P>> {
  const asked = new Map<string, StateKey>();
  eachQuery(plan, (one) => {
    const key = itemOf(state, one)?.key(one.args);
    if (key !== undefined) asked.set(`${one.at} ${key}`, { at: one.at, key });
  });
  const names = [...asked.keys()];
  const values = names.length === 0 ? [] : await state.source([...asked.values()]);
  const found = new Map(names.map((name, i) => [name, values[i] ?? null]));
  return arranged(plan, (one) => {
    const item = itemOf(state, one);
    if (item === null) return one.absent;
    const value = found.get(`${one.at} ${item.key(one.args)}`) ?? null;
    return one.shape(item.name, one.stored && value === null ? null : item.decode(value));
  }) as Answers<P>;
}

function isQuery(plan: Plan): plan is Query<unknown> {
  return "shape" in plan && typeof plan.shape === "function";
}

function eachQuery(plan: Plan, visit: (query: Query<unknown>) => void): void {
  if (isQuery(plan)) visit(plan);
  else for (const part of Object.values(plan)) eachQuery(part as Plan, visit);
}

function arranged(plan: Plan, answer: (query: Query<unknown>) => unknown): unknown {
  if (isQuery(plan)) return answer(plan);
  if (Array.isArray(plan)) return plan.map((part: Plan) => arranged(part, answer));
  return Object.fromEntries(Object.entries(plan).map(([name, part]) => [name, arranged(part as Plan, answer)]));
}

/** Whether this runtime has an item of SubtensorModule. */
export function hasItem(state: EpochState, item: string): boolean {
  return storageItem(state.metadata, PALLET, item) !== null;
}

function itemOf(state: EpochState, query: Query<unknown>): StorageItem | null {
  const item = storageItem(state.metadata, query.pallet, query.item);
  if (item !== null || query.absent !== undefined) return item;
  const name = `${query.pallet}.${query.item}`;
  const text = `The runtime of spec version ${state.metadata.specVersion} has no ${name}, which is needed here.`;
  throw new YumaError("BAD_METADATA", text, { item: name, specVersion: state.metadata.specVersion });
}
