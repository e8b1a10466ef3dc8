/** What a method is made of. */
import type { Method, Methods } from "../client/contract.js";
import type { LedgerNode } from "./node.js";

/** A connection that can be told things: what a subscription needs. */
export interface Listener {
  subscribe(): string;
  unsubscribe(subscription: string): boolean;
}

/** What a method may use. */
export interface Asked {
  readonly node: LedgerNode;
  readonly version: string;
  /** Absent over HTTP. */
  readonly listener?: Listener;
}

/** A method: the names of its parameters, in order, and what it does. */
export interface Handler {
  readonly names: readonly string[];
  readonly answer: (asked: Asked, ...params: unknown[]) => unknown;
}

/** A handler for each method of the contract. */
export type Handlers = { readonly [M in Method]: Handler & { readonly answer: Answer<M> } };
type Answer<M extends Method> = (
  asked: Asked,
  ...params: unknown[]
) => Methods[M]["answer"] | Promise<Methods[M]["answer"]>;
