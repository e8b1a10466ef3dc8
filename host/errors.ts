/** The one error shape: a stable code, the offending values, and a sentence made here, at the edge. */

/** Stable codes; tests and callers may rely on them. */
export type YumaErrorCode =
  /** Not JSON at all, or not the kind of document asked for. */
  | "BAD_JSON"
  /** A field is missing. */
  | "MISSING_FIELD"
  /** A field that could be a misspelt one. */
  | "UNKNOWN_FIELD"
  /** A value has the wrong type, shape or range. */
  | "BAD_VALUE"
  /** An array does not have one entry a uid. */
  | "BAD_LENGTH"
  /** A uid outside the subnet where that matters. */
  | "BAD_UID"
  /** The same uid twice in one row. */
  | "DUPLICATE_UID"
  /** A spec version whose rules are not known. */
  | "UNKNOWN_RULES"
  /** A setting that the chosen rules do not have. */
  | "RULES_CONFLICT"
  /** More than the kernel can hold. */
  | "TOO_LARGE"
  /** Stakes that no chain state can hold. */
  | "STAKE_OVERFLOW"
  /** A line of fixed-point operations that cannot be read. */
  | "BAD_OPERATION"
  /** Bytes that are not this kernel. */
  | "BAD_KERNEL"
  /** A kernel of another ABI version. */
  | "ABI_MISMATCH"
  /** A prepared epoch used after `dispose`, or read before `run`. */
  | "BAD_STATE"
  /** A command line that makes no sense. */
  | "USAGE"
  /** A file that cannot be read. */
  | "BAD_FILE"
  /** A defect of this library. */
  | "INTERNAL";

/** Every failure this library reports on purpose. `details` holds the offending values, plain enough for JSON. */
export class YumaError extends Error {
  override readonly name = "YumaError";

  constructor(
    readonly code: YumaErrorCode,
    message: string,
    readonly details: Record<string, unknown> = {},
  ) {
    super(message);
  }

  /** The error as an object for JSON output. */
  toJSON(): { code: YumaErrorCode; message: string; details: Record<string, unknown> } {
    return { code: this.code, message: this.message, details: this.details };
  }
}

const LONGEST_SHOWN = 60;

/** A value as it may stand in a sentence: short, quoted if a string, never throwing. */
export function shown(value: unknown): string {
  if (typeof value === "bigint") return value.toString();
  let text: string | undefined;
  try {
    text = JSON.stringify(value, (_key, inner) => (typeof inner === "bigint" ? inner.toString() : inner));
  } catch {
    text = undefined;
  }
  const plain = text ?? String(value);
  return plain.length > LONGEST_SHOWN ? `${plain.slice(0, LONGEST_SHOWN)}…` : plain;
}
