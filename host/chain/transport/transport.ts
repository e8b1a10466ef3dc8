/** The network as one function type: JSON-RPC calls in, replies out. Everything else about the network is built around it. */
import { YumaError, type YumaErrorCode } from "../../errors.js";

/** One call of JSON-RPC 2.0. */
export interface RpcCall {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** What the node says of one call: a result, or why there is none. */
export type RpcReply = { readonly result: unknown } | { readonly error: RpcFailure };

/** The node's own error object. */
export interface RpcFailure {
  readonly code: number;
  readonly message: string;
  /** What it adds, where that is more than a text. */
  readonly data?: Record<string, unknown>;
}

/**
 * Sends some calls in one round trip and gives their replies in the same order. Rejects with NETWORK, TIMEOUT, ANSWER_TOO_LARGE or
 * BAD_ANSWER where there is no reply to give; a node's refusal of one call is a reply.
 */
export type Transport = (calls: readonly RpcCall[]) => Promise<readonly RpcReply[]>;

/** A transport and the end of it. */
export interface Connection {
  readonly send: Transport;
  /** Where to, for sentences. */
  readonly name: string;
  close(): void;
}

/** Bounds of one round trip. */
export interface Bounds {
  /** A round trip that takes longer is given up. */
  readonly timeoutMilliseconds: number;
  /** A longer answer is not read. */
  readonly mostAnswerBytes: number;
}

/** What a round trip is bound by where nothing else is said. A read of a whole subnet answers in about 2 MB. */
export const DEFAULT_BOUNDS: Bounds = { timeoutMilliseconds: 30_000, mostAnswerBytes: 64 << 20 };

const RETRYABLE: readonly YumaErrorCode[] = ["NETWORK", "TIMEOUT"];

/** Whether trying again, or elsewhere, may help. */
export function isPassing(error: unknown): boolean {
  return error instanceof YumaError && RETRYABLE.includes(error.code);
}

/** NETWORK: the endpoint cannot be reached, or the connection ended. */
export function networkError(name: string, why: string): YumaError {
  return new YumaError("NETWORK", `${name} cannot be reached: ${why}.`, { endpoint: name });
}

/** TIMEOUT: no answer within the bound. */
export function timeoutError(name: string, milliseconds: number): YumaError {
  const text = `${name} did not answer within ${milliseconds / 1000} s.`;
  return new YumaError("TIMEOUT", text, { endpoint: name, timeoutMilliseconds: milliseconds });
}

/** ANSWER_TOO_LARGE: more than one is willing to read. */
export function tooLargeError(name: string, most: number): YumaError {
  const text = `${name} answers with more than ${most} bytes, which are not read.`;
  return new YumaError("ANSWER_TOO_LARGE", text, { endpoint: name, mostAnswerBytes: most });
}

/** BAD_ANSWER: not JSON-RPC, or not what was asked for. */
export function badAnswer(name: string, why: string, details: Record<string, unknown> = {}): YumaError {
  return new YumaError("BAD_ANSWER", `${name} answers what was not asked: ${why}.`, { endpoint: name, ...details });
}

/** What went wrong below, on one line. */
export function reasonOf(cause: unknown): string {
  const text = cause instanceof Error ? ownReason(cause) : String(cause);
  return text.replace(/\s+/g, " ").replace(/\.$/, "").slice(0, 160) || "no reason given";
}

/** A fetch that fails says so only in its cause. */
function ownReason(error: Error): string {
  const inner = error.cause instanceof Error ? error.cause : error;
  return inner.message || (inner as NodeJS.ErrnoException).code || inner.name;
}
