/** What comes back from a worker. Refusals travel as plain objects, since a message keeps of an error its sentence only. */
import { YumaError, type YumaErrorCode } from "../errors.js";

/** An answer: a value, a refusal to be thrown on this side, or that the worker knows no such prepared epoch. */
export type Answer =
  | { readonly value: unknown }
  | { readonly refusal: { code: YumaErrorCode; message: string; details: Record<string, unknown> } }
  | { readonly lost: true };

/** The value of an answer. Throws the YumaError it stands for. */
export function opened(answer: Answer): unknown {
  if ("value" in answer) return answer.value;
  if ("lost" in answer)
    throw new YumaError("WORKER_FAILED", "The worker of this epoch was replaced while it was asked.");
  const { code, message, details } = answer.refusal;
  throw new YumaError(code, message, details);
}
