/**
 * The one error this package throws: a stable code for programs, the offending values, and a sentence for people.
 */

export type YumaErrorCode = "BAD_INPUT" | "BAD_OPERATION" | "KERNEL";

export class YumaError extends Error {
  constructor(
    readonly code: YumaErrorCode,
    message: string,
    readonly details: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = "YumaError";
  }
}
