/** The shape of an explanation: sections, each with a sentence that answers a question, and the steps that bear it out. */

/** One number of the arithmetic. */
export interface Quantity {
  readonly name: string;
  /** Format of `raw`: I32F32 (value = raw / 2^32), I64F64 (raw / 2^64), u16 (over 65535), rao, block, count. */
  readonly format: "I32F32" | "I64F64" | "u16" | "rao" | "block" | "count";
  /** The exact integer. */
  readonly raw: bigint;
  /** The same for people. */
  readonly decimal: string;
}

/** One step: what was computed, and the numbers in it. */
export interface Step {
  readonly sentence: string;
  /** The step as a formula, in the names of the quantities. */
  readonly formula: string;
  readonly quantities: readonly Quantity[];
}

/** A row's cells: numbers of the arithmetic, or words. */
export type TableRow = readonly (Quantity | string)[];

/** Rows that a step sums over or chooses among. */
export interface ExplanationTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
  /** Where the rows are cut in two, if they are. */
  readonly cut?: TableCut;
}

/** A cut through a table's rows, and what stands on each side of it. */
export interface TableCut {
  /** The first row below the cut. */
  readonly row: number;
  /** The column of which each side holds a total: the index of one with numbers. */
  readonly column: number;
  readonly above: TableSide;
  readonly below: TableSide;
}

/** One side of a cut. */
export interface TableSide {
  readonly rows: number;
  readonly total: Quantity;
  readonly sentence: string;
}

/** One question about the uid, answered. */
export interface ExplanationSection {
  readonly topic:
    | "stake"
    | "permit"
    | "weights"
    | "consensus"
    | "incentive"
    | "validatorTrust"
    | "bonds"
    | "dividends"
    | "emission";
  readonly title: string;
  /** The answer. */
  readonly sentence: string;
  readonly steps: readonly Step[];
  readonly tables: readonly ExplanationTable[];
}

/** Why one uid's numbers are what they are. Every step was recomputed from the kernel's own intermediates and agrees with them. */
export interface Explanation {
  readonly name?: string;
  readonly uid: number;
  readonly hotkey?: string;
  readonly specVersion: number | null;
  readonly sections: readonly ExplanationSection[];
}
