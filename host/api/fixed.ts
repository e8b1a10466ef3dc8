/**
 * Fixed-point operations by name, one line of text in, one out: the batch interface of the conformance vectors.
 */
import * as contract from "../../assembly/fixed/contract.js";
import { shown, YumaError } from "../errors.js";
import { slotWords } from "../marshal/slotWords.js";

/** What of the kernel is needed here. */
export interface FixedKernel {
  readonly exports: {
    fixedSlots(): number;
    fixedApply(format: number, operation: number): number;
    alphaSigmoid(consensus: bigint, weight: bigint, bond: bigint, low: bigint, high: bigint, slope: bigint): bigint;
    sigmoidSlope(steepness: bigint): bigint;
  };
  readonly memory: WebAssembly.Memory;
}

/** The range of a raw integer: a two's complement number of `bits` bits. */
interface Range {
  readonly bits: number;
  readonly signed: boolean;
  readonly least: bigint;
  readonly most: bigint;
}

/** How an operand is written or a result read; `self` is the raw bits of the operation's own format. */
type Kind = "self" | "u16" | "u64" | "i64" | "i32" | "f64" | FormatName;
type FormatName = "i32f32" | "i64f64" | "i96f32" | "u64f64" | "u96f32";

interface Operation {
  readonly number: number;
  readonly operands: readonly Kind[];
  readonly result: Kind;
  /** The formats that have it; all of them if absent. */
  readonly formats?: readonly FormatName[];
}

const FORMATS: Readonly<Record<FormatName, number>> = {
  i32f32: contract.FORMAT_I32F32,
  i64f64: contract.FORMAT_I64F64,
  i96f32: contract.FORMAT_I96F32,
  u64f64: contract.FORMAT_U64F64,
  u96f32: contract.FORMAT_U96F32,
};

const signed = (bits: number): Range => ({
  bits,
  signed: true,
  least: -(1n << BigInt(bits - 1)),
  most: (1n << BigInt(bits - 1)) - 1n,
});
const unsigned = (bits: number): Range => ({ bits, signed: false, least: 0n, most: (1n << BigInt(bits)) - 1n });

const RANGES: Readonly<Record<Exclude<Kind, "self" | "f64">, Range>> = {
  u16: unsigned(16),
  u64: unsigned(64),
  i64: signed(64),
  i32: signed(32),
  i32f32: signed(64),
  i64f64: signed(128),
  i96f32: signed(128),
  u64f64: unsigned(128),
  u96f32: unsigned(128),
};

const SIGNED: readonly FormatName[] = ["i32f32", "i64f64", "i96f32"];

const unary = (number: number, result: Kind = "self"): Operation => ({ number, operands: ["self"], result });
const binary = (number: number): Operation => ({ number, operands: ["self", "self"], result: "self" });
const from = (number: number, operand: Kind): Operation => ({ number, operands: [operand], result: "self" });
const only = (formats: readonly FormatName[], operation: Operation): Operation => ({ ...operation, formats });

const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ["add", binary(contract.OPERATION_ADD)],
  ["sub", binary(contract.OPERATION_SUB)],
  ["mul", binary(contract.OPERATION_MUL)],
  ["div", binary(contract.OPERATION_DIV)],
  ["cadd", binary(contract.OPERATION_CHECKED_ADD)],
  ["csub", binary(contract.OPERATION_CHECKED_SUB)],
  ["cmul", binary(contract.OPERATION_CHECKED_MUL)],
  ["cdiv", binary(contract.OPERATION_CHECKED_DIV)],
  ["wadd", binary(contract.OPERATION_WRAPPING_ADD)],
  ["wsub", binary(contract.OPERATION_WRAPPING_SUB)],
  ["wmul", binary(contract.OPERATION_WRAPPING_MUL)],
  ["safe_div", binary(contract.OPERATION_SAFE_DIV)],
  ["floor", unary(contract.OPERATION_FLOOR)],
  ["round", unary(contract.OPERATION_ROUND)],
  ["int", unary(contract.OPERATION_INT)],
  ["frac", unary(contract.OPERATION_FRAC)],
  ["tou16", unary(contract.OPERATION_TO_U16, "u16")],
  ["tou64", unary(contract.OPERATION_TO_U64, "u64")],
  ["toi64", unary(contract.OPERATION_TO_I64, "i64")],
  ["fromu64", from(contract.OPERATION_FROM_U64, "u64")],
  ["fromi64", from(contract.OPERATION_FROM_I64, "i64")],
  ["fromf64", from(contract.OPERATION_FROM_F64, "f64")],
  ...(Object.keys(FORMATS) as FormatName[]).map(
    (name) => [`to_${name}`, unary(contract.OPERATION_CONVERT + FORMATS[name], name)] as const,
  ),
  ["exp", only(SIGNED, unary(contract.OPERATION_EXP))],
  ["ln", only(SIGNED, unary(contract.OPERATION_LN))],
  ["log2", only(SIGNED, unary(contract.OPERATION_LOG2))],
  ["sqrt", unary(contract.OPERATION_SQRT)],
  ["checked_sqrt", binary(contract.OPERATION_CHECKED_SQRT)],
  ["checked_pow", { number: contract.OPERATION_CHECKED_POW, operands: ["self", "i32"], result: "self" }],
  ["exp_safe", only(["i32f32"], unary(contract.OPERATION_EXP_SAFE))],
  ["safe_ln", only(["i32f32"], unary(contract.OPERATION_SAFE_LN))],
  ["safe_pow", only(["u64f64"], binary(contract.OPERATION_SAFE_POW))],
]);

const SIGMOID = "i32f32.alpha_sigmoid";
const SIGMOID_OPERANDS = 6;
const MOST_DIGITS = 60;
const LONGEST_DETAIL = 200;
const NAN_BITS = 0x7ff8n << 48n;
const SIGN_BIT = 1n << 63n;
const INTEGER = /^-?\d+$/;
const FLOAT = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|nan)$/i;

/**
 * Answers one line `type.op a [b …]` of the fixed-point vectors: raw bits as decimal integers (a decimal floating-point
 * literal for `fromf64`, an integer, saturated to i32, as exponent of `checked_pow`).
 *
 * Returns the result in decimal, or `none` (a checked operation does not fit), `err` (a function is undefined or
 * overflows), `panic` (division by zero, a double from 2^1023 on). Throws `BAD_OPERATION` for an unknown operation, a wrong number of operands, and
 * an operand that is no number or outside the raw range of its type.
 */
export function fixedLine(kernel: FixedKernel, line: string): string {
  const [name = "", ...texts] = line.trim().split(/\s+/);
  if (name === SIGMOID) return alphaSigmoid(kernel, line, texts);
  const named = NAMED.get(name);
  if (!named) throw bad(line, `There is no fixed-point operation ${shown(name)}.`, { operation: name });
  const { type, operation } = named;
  expectCount(line, texts, operation.operands.length);
  const operands = operation.operands.map((kind, i) =>
    parseOperand(line, texts[i] ?? "", kind === "self" ? type : kind),
  );
  const answer = apply(kernel, named, operands);
  return typeof answer === "string" ? answer : answer.toString();
}

/** What is no number: a checked operation does not fit, a function is undefined or overflows, the original panics. */
type NoNumber = "none" | "err" | "panic";

/** The same for a program: an operation by name on raw bits. Gives the raw result, or a word. Throws `BAD_OPERATION`. */
export function fixedValue(kernel: FixedKernel, name: string, operands: readonly bigint[]): bigint | NoNumber {
  const named = NAMED.get(name);
  const kinds = named?.operation.operands;
  if (named === undefined || kinds?.length !== operands.length) {
    throw bad(name, `There is no ${shown(name)} of ${operands.length} operands.`, { operation: name });
  }
  for (let i = 0; i < operands.length; i++) {
    const kind = kinds[i] === "self" ? named.type : (kinds[i] as Exclude<Kind, "self">);
    if (kind !== "f64" && !isInRange(operands[i]!, kind)) throw outside(name, String(operands[i]), kind);
  }
  return apply(kernel, named, operands);
}

/** An operation of a format. */
interface Named {
  readonly type: FormatName;
  readonly operation: Operation;
}

const NAMED: ReadonlyMap<string, Named> = new Map(
  [...OPERATIONS].flatMap(([name, operation]) =>
    (operation.formats ?? (Object.keys(FORMATS) as FormatName[])).map(
      (type) => [`${type}.${name}`, { type, operation }] as const,
    ),
  ),
);

const wordsOf = slotWords(
  ({ exports }: FixedKernel) => exports.fixedSlots(),
  contract.FIXED_SLOTS * contract.FIXED_SLOT_BYTES,
);

function apply(kernel: FixedKernel, { type, operation }: Named, operands: readonly bigint[]): bigint | NoNumber {
  const words = wordsOf(kernel);
  for (let i = 0; i < operands.length; i++) writeSlot(words, i + 1, operands[i]!);
  switch (kernel.exports.fixedApply(FORMATS[type], operation.number)) {
    case contract.FIXED_OK:
      return readSlot(words, operation.result === "self" ? type : operation.result);
    case contract.FIXED_NONE:
      return "none";
    case contract.FIXED_ERROR:
      return "err";
    default:
      return "panic";
  }
}

function alphaSigmoid({ exports }: FixedKernel, line: string, texts: string[]): string {
  expectCount(line, texts, SIGMOID_OPERANDS);
  const [consensus, weight, bond, low, high, steepness] = texts.map((text) => parseOperand(line, text, "i32f32"));
  return exports.alphaSigmoid(consensus!, weight!, bond!, low!, high!, exports.sigmoidSlope(steepness!)).toString();
}

function expectCount(line: string, texts: string[], expected: number): void {
  if (texts.length === expected) return;
  const message = `Expected ${expected} operand${expected === 1 ? "" : "s"}, found ${texts.length}: ${shown(line)}.`;
  throw bad(line, message, { expected, found: texts.length });
}

/** BAD_OPERATION with the line, and what of it offends, no longer than can be read. */
function bad(line: string, message: string, offending: Record<string, string | number>): YumaError {
  const short = (value: string | number) => (typeof value === "string" ? value.slice(0, LONGEST_DETAIL) : value);
  const details = Object.entries({ line, ...offending }).map(([key, value]) => [key, short(value)]);
  return new YumaError("BAD_OPERATION", message, Object.fromEntries(details));
}

/** The integer that goes into the slot. */
function parseOperand(line: string, text: string, kind: Exclude<Kind, "self">): bigint {
  if (kind === "f64") {
    if (!FLOAT.test(text)) throw bad(line, `${shown(text)} is not a number.`, { operand: text });
    return doubleBits(text);
  }
  if (!INTEGER.test(text)) throw bad(line, `${shown(text)} is not an integer.`, { operand: text });
  const value = BigInt(clipped(text));
  if (isInRange(value, kind)) return value;
  // The exponent of a power is any integer, saturated (sp-arithmetic's UniqueSaturatedInto).
  if (kind === "i32") return value < 0n ? -(1n << 31n) : (1n << 31n) - 1n;
  throw outside(line, text, kind);
}

function isInRange(value: bigint, kind: Exclude<Kind, "self" | "f64">): boolean {
  const { least, most } = RANGES[kind];
  return value >= least && value <= most;
}

function outside(line: string, text: string, kind: string): YumaError {
  return bad(line, `${shown(text).slice(1, -1)} is outside the range of ${kind}.`, { operand: text, type: kind });
}

/** The integer, cut to more digits than any format has: it stays out of range, and BigInt is spared a million digits. */
function clipped(text: string): string {
  const [, sign = "", digits = ""] = /^(-?)0*(\d*)$/.exec(text) ?? [];
  return `${sign}${digits.slice(0, MOST_DIGITS) || "0"}`;
}

/** The 64 bits of the double nearest to a decimal literal, the sign kept for zero and NaN too. */
function doubleBits(text: string): bigint {
  const [, sign = "", word = ""] = /^([+-]?)(.*)$/.exec(text.toLowerCase()) ?? [];
  const view = new DataView(new ArrayBuffer(8));
  if (word === "nan") view.setBigUint64(0, NAN_BITS);
  else view.setFloat64(0, word.startsWith("inf") ? Number.POSITIVE_INFINITY : Number(word));
  return view.getBigUint64(0) | (sign === "-" ? SIGN_BIT : 0n);
}

function writeSlot(words: BigUint64Array, slot: number, value: bigint): void {
  words[2 * slot] = value;
  words[2 * slot + 1] = value >> 64n;
}

/** The result, which the kernel has extended to 128 bits. */
function readSlot(words: BigUint64Array, kind: Exclude<Kind, "self">): bigint {
  const bits = words[0]! | (words[1]! << 64n);
  return kind !== "f64" && RANGES[kind].signed ? BigInt.asIntN(128, bits) : bits;
}
