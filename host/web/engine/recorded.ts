/** Recorded outputs of an epoch, read out of unknown JSON and held against what the kernel computes. */
import { compareField, difference, type FieldReport, rowDifference, sameRow } from "../../chain/verify/compare.js";
import { YumaError } from "../../errors.js";
import { rows } from "../../marshal/rows.js";
import { array, flags, i64, u16Array, u64Array } from "../../marshal/values.js";
import type { EpochResult } from "../../types.js";

type Row = readonly (readonly [uid: number, value: number])[];
type Value = boolean | number | bigint | Row;
type Field = Exclude<keyof EpochResult, "name">;
type Reader = (where: string, value: unknown, n: number) => readonly Value[];

const readFlags: Reader = (where, value, n) => Array.from(flags(where, value, n), (flag) => flag === 1);
const readShares: Reader = (where, value, n) => Array.from(u16Array(where, value, n));
const readAmounts: Reader = (where, value, n) => Array.from(u64Array(where, value, n));
const readBits: Reader = (where, value, n) => array(where, value, n).map((bits, i) => i64(`${where}[${i}]`, bits));
const readRows: Reader = (where, value, n) => {
  const { start, uids, values } = rows(where, value, n);
  return Array.from({ length: n }, (_, uid) => {
    const [from = 0, to = 0] = [start[uid], start[uid + 1]];
    return Array.from(uids.subarray(from, to), (other, k) => [other, values[from + k] ?? 0] as const);
  });
};

/** Every output of an epoch and how it is written; in the order in which a verdict lists them. */
const READERS: Readonly<Record<Field, Reader>> = {
  emission: readAmounts,
  incentive: readShares,
  dividends: readShares,
  consensus: readShares,
  validatorTrust: readShares,
  stakeWeight: readShares,
  validatorPermit: readFlags,
  active: readFlags,
  bonds: readRows,
  serverEmission: readAmounts,
  validatorEmission: readAmounts,
  stake: readAmounts,
  consensusBits: readBits,
  incentiveBits: readBits,
  dividendsBits: readBits,
  validatorTrustBits: readBits,
  stakeBits: readBits,
  activeStakeBits: readBits,
};

const FIELDS = Object.keys(READERS) as Field[];
const NONE: ReadonlyMap<number, string> = new Map();

/** Outputs by name, those that were recorded. */
export type Recorded = ReadonlyMap<Field, readonly Value[]>;

/** Whether a document holds outputs of an epoch and no inputs. */
export function isRecorded(document: Readonly<Record<string, unknown>>): boolean {
  return (
    document.weights === undefined &&
    document.mechanisms === undefined &&
    FIELDS.some((f) => Array.isArray(document[f]))
  );
}

/**
 * Reads recorded outputs of n uids; a field that is missing or null was not recorded, others are ignored.
 *
 * Throws BAD_VALUE, BAD_LENGTH with the field, MISSING_FIELD where there is none at all.
 */
export function readRecorded(document: Readonly<Record<string, unknown>>, n: number, where = ""): Recorded {
  const given = FIELDS.filter((field) => document[field] !== undefined && document[field] !== null);
  if (given.length === 0) {
    throw new YumaError(
      "MISSING_FIELD",
      `${where || "The document"} holds none of an epoch's outputs: ${FIELDS.join(", ")}.`,
      {
        field: where,
      },
    );
  }
  const path = (field: string) => (where ? `${where}.${field}` : field);
  return new Map(given.map((field) => [field, READERS[field](path(field), document[field], n)]));
}

/** Compares every recorded output with the computed one. */
export function compareRecorded(recorded: Recorded, result: EpochResult): FieldReport[] {
  return [...recorded].map(([field, values]) =>
    field === "bonds"
      ? compareField<Row>({
          field,
          mechid: null,
          recorded: values as readonly Row[],
          computed: result.bonds,
          skip: NONE,
          isEqual: (left, right) => sameRow(left, right, NONE),
          by: rowDifference,
        })
      : compareField<Value>({
          field,
          mechid: null,
          recorded: values,
          computed: result[field],
          skip: NONE,
          isEqual: Object.is,
          by: difference,
        }),
  );
}
