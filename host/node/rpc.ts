/** JSON-RPC 2.0: text in, text out. One request or a batch; parameters by place or by name; notifications get no answer. */
import { type Method, RPC_CODE } from "../client/contract.js";
import { shown, YumaError, type YumaErrorCode } from "../errors.js";
import { toJson } from "../json.js";
import type { Asked, Handler } from "./handlers.js";
import { METHODS } from "./methods.js";

/** Who is told of each request: for metrics and logs. `code` is 0 where it was answered. */
export type OnAnswer = (method: string, code: number, milliseconds: number, cause?: unknown) => void;

/** How requests are answered. */
export interface RpcOptions {
  readonly asked: Asked;
  readonly mostBatch: number;
  readonly onAnswer: OnAnswer;
  /** Throws LIMIT_EXCEEDED where so many requests are too many now. */
  readonly admit: (requests: number) => Promise<void>;
}

type Id = string | number | null;

const NO_PARAMS: readonly unknown[] = [];

/** The answer to a text; undefined where there is none to give. Never rejects. */
export async function answerText(text: string, options: RpcOptions): Promise<string | undefined> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return refusal(null, RPC_CODE.notJson, "This is not JSON.");
  }
  const requests = Array.isArray(parsed) ? parsed : [parsed];
  if (requests.length === 0) return refusal(null, RPC_CODE.noRequest, "An empty batch.");
  try {
    if (requests.length > options.mostBatch) {
      const { mostBatch } = options;
      throw new YumaError("LIMIT_EXCEEDED", `A batch has at most ${mostBatch} requests.`, {
        limit: "mostBatch",
        mostBatch,
      });
    }
    await options.admit(requests.length);
  } catch (error) {
    return refusalOf(null, error);
  }
  // All begin in the order they stand in, so that calls of one account keep theirs.
  const answers = (await Promise.all(requests.map((request) => answer(request, options)))).filter(Boolean);
  if (answers.length === 0) return undefined;
  return Array.isArray(parsed) ? `[${answers.join(",")}]` : answers[0];
}

async function answer(request: unknown, { asked, onAnswer }: RpcOptions): Promise<string | undefined> {
  const started = performance.now();
  const { jsonrpc, id, method, params } = (typeof request === "object" && request !== null ? request : {}) as {
    readonly [name: string]: unknown;
  };
  const isId = id === null || typeof id === "string" || typeof id === "number";
  if (jsonrpc !== "2.0" || typeof method !== "string" || !(isId || id === undefined)) {
    onAnswer("?", RPC_CODE.noRequest, 0);
    return refusal(isId ? (id as Id) : null, RPC_CODE.noRequest, "This is not a request of JSON-RPC 2.0.");
  }
  const handler = Object.hasOwn(METHODS, method) ? (METHODS[method as Method] as Handler) : undefined;
  let [code, cause, text]: [number, unknown, string] = [0, undefined, ""];
  try {
    if (handler === undefined) {
      code = RPC_CODE.noMethod;
      text = refusal(id as Id, code, `There is no method ${shown(method)}.`);
    } else {
      const result = await handler.answer(asked, ...inPlaces(handler, params));
      text = toJson({ jsonrpc: "2.0", id, result: result ?? null });
    }
  } catch (error) {
    cause = error;
    code = codeOf(error);
    text = refusalOf(id as Id, error);
  }
  onAnswer(handler === undefined ? "?" : method, code, performance.now() - started, cause);
  return id === undefined ? undefined : text;
}

/** Parameters in their places. Throws BAD_VALUE, UNKNOWN_FIELD. */
function inPlaces({ names }: Handler, params: unknown = NO_PARAMS): readonly unknown[] {
  if (Array.isArray(params)) {
    if (params.length <= names.length) return params;
    throw new YumaError("BAD_VALUE", `There are ${params.length} parameters, ${names.length} at most.`, { names });
  }
  if (typeof params !== "object" || params === null) {
    throw new YumaError("BAD_VALUE", "Parameters are a list, or an object of their names.", { names });
  }
  for (const name of Object.keys(params)) {
    if (!names.includes(name)) throw new YumaError("UNKNOWN_FIELD", `There is no parameter ${shown(name)}.`, { names });
  }
  return names.map((name) => (params as Record<string, unknown>)[name]);
}

const PARAMETER_CODES: readonly YumaErrorCode[] = [
  "BAD_VALUE",
  "MISSING_FIELD",
  "UNKNOWN_FIELD",
  "BAD_BINARY",
  "BAD_UID",
  "BAD_LENGTH",
];

function codeOf(error: unknown): number {
  if (!(error instanceof YumaError) || error.code === "INTERNAL") return RPC_CODE.internal;
  if (error.code === "CALL_REFUSED") return RPC_CODE.callRefused;
  if (error.code === "LIMIT_EXCEEDED") return RPC_CODE.limitExceeded;
  return PARAMETER_CODES.includes(error.code) ? RPC_CODE.badParams : RPC_CODE.other;
}

/** An error as an answer. What is none of ours stays inside: nobody out there can act on it. */
function refusalOf(id: Id, error: unknown): string {
  const code = codeOf(error);
  if (code === RPC_CODE.internal || !(error instanceof YumaError)) {
    return refusal(id, code, "A defect of the node.", { code: "INTERNAL", details: {} });
  }
  return refusal(id, code, error.message, { code: error.code, details: error.details });
}

/** An error as an answer: its code, its sentence, and the YumaError's code and details where it is one. */
export function refusal(id: Id, code: number, message: string, data?: object): string {
  return toJson({ jsonrpc: "2.0", id, error: { code, message, ...(data === undefined ? {} : { data }) } });
}
