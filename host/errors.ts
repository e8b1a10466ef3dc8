/** The one error shape: a stable code, the offending values, and a sentence made here, at the edge. */

/** Stable codes; tests and callers may rely on them. */
export type YumaErrorCode =
  /** Not JSON at all, or not the kind of document asked for. */
  | "BAD_JSON"
  /** Bytes that are not the binary format; `details.reason` is magic, version, length, truncated, trailing or empty. */
  | "BAD_BINARY"
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
  /** The same account twice where it may stand once. */
  | "DUPLICATE_ACCOUNT"
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
  /** A ledger's call refused: `details.error` is the chain's name of the error. */
  | "CALL_REFUSED"
  /** A store that is not a whole ledger: damaged, of another genesis, or of unknown items. */
  | "BAD_STORE"
  /** A block of another ledger that does not come out alike here; `details` name the first key that differs, where it is known. */
  | "DIVERGED"
  /** A key file that cannot be read, or whose password is wrong; `details.reason` says which. */
  | "BAD_KEYFILE"
  /** A file that cannot be read. */
  | "BAD_FILE"
  /** A file that is there and is not to be written over. */
  | "FILE_EXISTS"
  /** A node cannot be reached, or the connection was cut. */
  | "NETWORK"
  /** A node did not answer in time. */
  | "TIMEOUT"
  /** A node answered with an error of its own; `details.rpcCode` is its code. */
  | "RPC_ERROR"
  /** More asked for than a server allows; `details.limit` says which bound. */
  | "LIMIT_EXCEEDED"
  /** An answer that is not what was asked for. */
  | "BAD_ANSWER"
  /** An answer larger than one is willing to read. */
  | "ANSWER_TOO_LARGE"
  /** A node that no longer keeps the state asked for. */
  | "PRUNED_STATE"
  /** A node of another chain than the one named. */
  | "WRONG_NETWORK"
  /** A block that is not there, or in which the subnet ran no epoch. */
  | "NO_BLOCK"
  /** Metadata that cannot be read or lacks what an epoch needs. */
  | "BAD_METADATA"
  /** A storage value that is not what the metadata says, or no state a chain can hold. */
  | "BAD_STORAGE"
  /** An epoch whose inputs the states around it do not tell; `details.reason` says why. */
  | "NOT_RECONSTRUCTABLE"
  /** A bundle of evidence that contradicts itself or lacks what it needs. */
  | "BAD_BUNDLE"
  /** A worker could not be started, or died at its work; `details.reason` says what is known. */
  | "WORKER_FAILED"
  /** A defect of this library. */
  | "INTERNAL";

/** Text of unknown origin as it may stand on a terminal: one line, nothing that controls it. */
export function harmless(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "?");
}

/**
 * Every failure this library reports on purpose. Its sentence is harmless on a terminal, whosever words it repeats; `details` holds the
 * offending values, plain enough for JSON.
 */
export class YumaError extends Error {
  override readonly name = "YumaError";

  constructor(
    readonly code: YumaErrorCode,
    message: string,
    readonly details: Record<string, unknown> = {},
  ) {
    super(harmless(message));
  }

  /** The error as an object for JSON output. */
  toJSON(): { code: YumaErrorCode; message: string; details: Record<string, unknown> } {
    return { code: this.code, message: this.message, details: this.details };
  }
}

/** The error with where it happened: `<where>: <sentence>`, and `place` among its details. What is no YumaError stays as it is. */
export function located(error: unknown, where: string, place: Record<string, unknown>): unknown {
  if (!(error instanceof YumaError)) return error;
  return new YumaError(error.code, `${where}: ${error.message}`, { ...error.details, ...place });
}

const LONGEST_SHOWN = 60;

/** A value as it may stand in a sentence: one short line, strings quoted. Looks no deeper than it shows and never throws. */
export function shown(value: unknown): string {
  let text: string;
  try {
    text = sketch(value, LONGEST_SHOWN);
  } catch {
    // A revoked proxy, a getter that throws.
    text = `an unreadable ${typeof value}`;
  }
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

/** What kind of thing a value is, where its content says nothing: "Null", "String", "Array", "DataView". Never throws. */
export function kindOf(value: unknown): string {
  try {
    return Object.prototype.toString.call(value).slice("[object ".length, -1).slice(0, LONGEST_SHOWN);
  } catch {
    return typeof value;
  }
}

/** JSON-like text of a value, at least its first `room` characters. */
function sketch(value: unknown, room: number): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, Math.max(room, 0)));
  if (typeof value === "bigint") return value > -HUGE && value < HUGE ? String(value) : "a bigint of many digits";
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return String(value);
  const isArray = Array.isArray(value);
  let text = isArray ? "[" : "{";
  // Each step adds a character at least, so that depth and length are bounded by the room.
  for (const key of isArray ? value.keys() : Object.keys(value)) {
    if (text.length > room) return text;
    if (text.length > 1) text += ",";
    if (!isArray) text += `${sketch(String(key), room)}:`;
    text += sketch((value as Record<PropertyKey, unknown>)[key], room - text.length);
  }
  return text + (isArray ? "]" : "}");
}

/** Bigints from here on are not written out. */
const HUGE = 1n << 200n;
