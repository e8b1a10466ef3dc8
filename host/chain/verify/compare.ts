/** Two vectors held against each other, uid by uid. */

/** What became of one uid. */
export type Outcome = "equal" | "differs" | "excluded";

/** A uid whose values differ, or were not compared. Amounts and numbers as decimal strings, rows as [[uid, value], …]. */
export interface Finding {
  readonly uid: number;
  readonly outcome: Exclude<Outcome, "equal">;
  readonly recorded: unknown;
  readonly computed: unknown;
  /** recorded − computed, where both are numbers; for bonds the entries that differ: [uid, recorded, computed]. */
  readonly by?: unknown;
  /** Why it was not compared. */
  readonly reason?: string;
}

/** One output of the epoch, compared. */
export interface FieldReport {
  readonly field: string;
  /** The mechanism whose own it is; null for the subnet's. */
  readonly mechid: number | null;
  readonly outcomes: readonly Outcome[];
  /** All that is not equal. */
  readonly findings: readonly Finding[];
  /** Why the whole field is not compared. */
  readonly excluded?: string;
}

/** How two values of a field differ. */
export type Difference = (recorded: unknown, computed: unknown) => unknown;

/** A field to compare. */
export interface FieldInput<T> {
  readonly field: string;
  readonly mechid: number | null;
  /** Null where nothing was recorded. */
  readonly recorded: readonly T[] | null;
  readonly computed: readonly T[];
  /** Uids not to compare. */
  readonly skip: ReadonlyMap<number, string>;
  readonly isEqual: (recorded: T, computed: T) => boolean;
  readonly by: Difference;
}

/** Compares a field uid by uid. A vector shorter than the subnet differs where it has no entry. */
export function compareField<T>(input: FieldInput<T>): FieldReport {
  const { field, mechid, recorded, computed, skip } = input;
  if (recorded === null) return excludedField(field, mechid, computed.length, "this runtime does not record it");
  const findings: Finding[] = [];
  const outcomes = computed.map((own, uid): Outcome => {
    const other = recorded[uid];
    const reason = skip.get(uid);
    if (reason === undefined && other !== undefined && input.isEqual(other, own)) return "equal";
    const values = { recorded: plain(other ?? null), computed: plain(own) };
    if (reason !== undefined) findings.push({ uid, outcome: "excluded", ...values, reason });
    else {
      const by = other === undefined ? {} : { by: plain(input.by(other, own)) };
      findings.push({ uid, outcome: "differs", ...values, ...by });
    }
    return reason === undefined ? "differs" : "excluded";
  });
  return { field, mechid, outcomes, findings };
}

/** A field none of which is compared. */
export function excludedField(field: string, mechid: number | null, n: number, reason: string): FieldReport {
  return { field, mechid, outcomes: Array.from({ length: n }, () => "excluded"), findings: [], excluded: reason };
}

/** Numbers as they are, bigints as decimal strings. */
function plain(value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}

/** recorded − computed. */
export const difference: Difference = (recorded, computed) =>
  typeof recorded === "boolean" ? undefined : BigInt(recorded as bigint) - BigInt(computed as bigint);

type Row = readonly (readonly [uid: number, value: number])[];

/** Whether two rows hold the same entries in the same order, those on some uids left out. */
export function sameRow(recorded: Row, computed: Row, without: ReadonlyMap<number, string>): boolean {
  const left = recorded.filter(([uid]) => !without.has(uid));
  const right = computed.filter(([uid]) => !without.has(uid));
  return (
    left.length === right.length && left.every(([uid, value], i) => right[i]?.[0] === uid && right[i]?.[1] === value)
  );
}

/** The entries in which two rows differ: [uid, recorded, computed], null for an entry that is not there. */
export const rowDifference: Difference = (recorded, computed) => {
  const [left, right] = [new Map(recorded as Row), new Map(computed as Row)];
  const uids = [...new Set([...left.keys(), ...right.keys()])].sort((a, b) => a - b);
  return uids
    .filter((uid) => left.get(uid) !== right.get(uid))
    .map((uid) => [uid, left.get(uid) ?? null, right.get(uid) ?? null]);
};
