/**
 * The slow, obvious twin of assembly/fixed: fixed point over BigInt, written from the rules of substrate-fixed and the crate's
 * semantics. Exact values first, one rounding, then the range check; nothing is shared with the kernel or the host.
 */

export interface Format {
  readonly name: string;
  readonly bits: bigint;
  readonly fraction: bigint;
  readonly signed: boolean;
  readonly one: bigint;
  readonly min: bigint;
  readonly max: bigint;
}

function format(name: string, bits: bigint, fraction: bigint): Format {
  const signed = name.startsWith("i");
  const top = 1n << (signed ? bits - 1n : bits);
  return { name, bits, fraction, signed, one: 1n << fraction, min: signed ? -top : 0n, max: top - 1n };
}

export const FORMATS: readonly Format[] = [
  format("i32f32", 64n, 32n),
  format("i64f64", 128n, 64n),
  format("i96f32", 128n, 32n),
  format("u64f64", 128n, 64n),
  format("u96f32", 128n, 32n),
];

const I32F32 = FORMATS[0]!;
const U64F64 = FORMATS[3]!;

/** A result that does not exist: the text of the answer line. */
export class Refusal extends Error {}

const fits = (f: Format, x: bigint) => x >= f.min && x <= f.max;
const saturate = (f: Format, x: bigint) => (x < f.min ? f.min : x > f.max ? f.max : x);
const wrap = (f: Format, x: bigint) =>
  f.signed ? BigInt.asIntN(Number(f.bits), x) : BigInt.asUintN(Number(f.bits), x);
const magnitude = (x: bigint) => (x < 0n ? -x : x);

function checked(f: Format, x: bigint, text: string): bigint {
  if (!fits(f, x)) throw new Refusal(text);
  return x;
}

/** The exact product, floored. */
const product = (f: Format, a: bigint, b: bigint) => (a * b) >> f.fraction;

/** The exact quotient, truncated. */
function quotient(f: Format, a: bigint, b: bigint, text = "panic"): bigint {
  if (b === 0n) throw new Refusal(text);
  return (a << f.fraction) / b;
}

function safeDiv(f: Format, a: bigint, b: bigint): bigint {
  if (b === 0n) return 0n;
  const q = quotient(f, a, b);
  return fits(f, q) ? q : 0n;
}

const floor = (f: Format, x: bigint) => (x >> f.fraction) << f.fraction;

function round(f: Format, x: bigint): bigint {
  const nearest = ((magnitude(x) + f.one / 2n) >> f.fraction) << f.fraction;
  return wrap(f, x < 0n ? -nearest : nearest);
}

const clampInteger = (x: bigint, min: bigint, max: bigint) => (x < min ? min : x > max ? max : x);

/** From a double: nearest, ties to even, saturating. The crate panics above 2^1023 and saturates NaN by its sign. */
function fromDouble(f: Format, literal: string): bigint {
  const negative = literal.startsWith("-");
  const size = literal.replace(/^[+-]/, "").toLowerCase();
  if (size === "nan" || size.startsWith("inf")) return negative ? f.min : f.max;
  const x = Number(size);
  if (x === Number.POSITIVE_INFINITY) return negative ? f.min : f.max;
  if (x > 2 ** 1023) throw new Refusal("panic");
  if (x === 0) return 0n;
  // Every double is a whole number of 2^−1074.
  let mantissa = x;
  let exponent = 0n;
  for (; !Number.isInteger(mantissa); exponent--) mantissa *= 2;
  const shift = exponent + f.fraction;
  const whole = BigInt(mantissa);
  let bits = shift >= 0n ? whole << shift : whole >> -shift;
  if (shift < 0n) {
    const rest = whole - (bits << -shift);
    const half = 1n << (-shift - 1n);
    if (rest > half || (rest === half && bits % 2n === 1n)) bits++;
  }
  return saturate(f, negative ? -bits : bits);
}

/** e and log2 e with 23 fraction bits, widened. */
const widenE = (f: Format) => 22802600n << (f.fraction - 23n);
const widenLog2E = (f: Format) => 12102203n << (f.fraction - 23n);

function exp(f: Format, x: bigint): bigint {
  if (x === 0n) return f.one;
  if (x === f.one) return widenE(f);
  const argument = checked(f, magnitude(x), "err");
  let sum = checked(f, argument + f.one, "err");
  let term = argument;
  for (let i = 2n; i < f.fraction; i++) {
    term = checked(f, product(f, term, argument), "err") / i;
    sum = checked(f, sum + term, "err");
  }
  return x < 0n ? checked(f, quotient(f, f.one, sum), "err") : sum;
}

function log2(f: Format, x: bigint): bigint {
  if (x <= 0n) throw new Refusal("err");
  if (x < f.one) return -log2Above(f, checked(f, quotient(f, f.one, x), "err"));
  return log2Above(f, x);
}

function log2Above(f: Format, start: bigint): bigint {
  const halve = (y: bigint) => y / 2n + (y % 2n);
  let x = start;
  let result = 0n;
  for (; x >= 2n * f.one; x = halve(x)) result++;
  if (x === f.one) return result << f.fraction;
  for (let i = 0n; i < f.fraction; i++) {
    x = wrap(f, product(f, x, x));
    result *= 2n;
    if (x < 2n * f.one) continue;
    result++;
    x = halve(x);
  }
  return wrap(f, result);
}

const ln = (f: Format, x: bigint) => wrap(f, quotient(f, log2(f, x), widenLog2E(f)));

function sqrt(f: Format, x: bigint): bigint {
  if (x < 0n) throw new Refusal("err");
  if (x === 0n || x === f.one) return x;
  const invert = x < f.one;
  const value = invert ? checked(f, quotient(f, f.one, x), "err") : x;
  let root = wrap(f, value / 2n + f.one);
  for (let i = 0n; i < f.fraction; i++) root = wrap(f, root + wrap(f, quotient(f, value, root))) / 2n;
  return invert ? checked(f, quotient(f, f.one, root, "err"), "err") : root;
}

function checkedSqrt(f: Format, x: bigint, epsilon: bigint): bigint {
  if (x < 0n) throw new Refusal("none");
  let [low, high] = x > f.one ? [0n, x] : [x, f.one];
  const centre = () => safeDiv(f, saturate(f, high + low), 2n * f.one);
  const distance = (a: bigint, b: bigint) => saturate(f, magnitude(a - b));
  let middle = centre();
  let other = safeDiv(f, x, middle);
  let steps = 0;
  while (distance(other, middle) > epsilon) {
    if (other < middle) high = middle;
    else low = middle;
    middle = centre();
    other = safeDiv(f, x, middle);
    if (++steps > 128) break;
  }
  return middle;
}

function checkedPow(f: Format, x: bigint, k: bigint): bigint {
  const exponent = clampInteger(k, -(1n << 31n), (1n << 31n) - 1n);
  if (exponent === 0n) return f.one;
  if (x === 0n && exponent < 0n) throw new Refusal("none");
  let result = f.one;
  let base = x;
  for (const bit of [...magnitude(exponent).toString(2)].reverse()) {
    if (bit === "1") result = saturate(f, product(f, result, base));
    base = saturate(f, product(f, base, base));
  }
  return exponent < 0n ? safeDiv(f, f.one, result) : result;
}

function expSafe(x: bigint): bigint {
  const limited = clampInteger(x, -20n * I32F32.one, 20n * I32F32.one);
  return otherwise(limited <= 0n ? 0n : I32F32.max, () => exp(I32F32, limited));
}

/** What `compute` gives, or `fallback` where it is refused. */
function otherwise(fallback: bigint, compute: () => bigint): bigint {
  try {
    return compute();
  } catch (error) {
    if (error instanceof Refusal) return fallback;
    throw error;
  }
}

function alphaSigmoid([consensus, weight, bond, low, high, steepness]: bigint[]): bigint {
  const f = I32F32;
  const sub = (a: bigint, b: bigint) => saturate(f, a - b);
  const buy = clampInteger(sub(weight!, consensus!), 0n, f.one);
  const sell = clampInteger(sub(bond!, weight!), 0n, f.one);
  const difference = weight! >= bond! ? buy : sell;
  const slope = saturate(f, quotient(f, steepness!, -100n * f.one));
  const power = expSafe(saturate(f, product(f, slope, sub(difference, f.one / 2n))));
  const sigmoid = saturate(f, quotient(f, f.one, saturate(f, f.one + power)));
  const alpha = saturate(f, low! + saturate(f, product(f, sigmoid, sub(high!, low!))));
  const capped = alpha < high! ? alpha : high!;
  return capped > low! ? capped : low!;
}

function convert(from: Format, to: Format, x: bigint): bigint {
  const shift = to.fraction - from.fraction;
  return saturate(to, shift >= 0n ? x << shift : x >> -shift);
}

function safePow(a: bigint, p: bigint): bigint {
  const logarithm = otherwise(I32F32.min, () => ln(I32F32, convert(U64F64, I32F32, a)));
  if (logarithm === I32F32.min) return 0n;
  const exponent = saturate(I32F32, product(I32F32, convert(U64F64, I32F32, p), logarithm));
  return convert(
    I32F32,
    U64F64,
    otherwise(((1n << 31n) - 1n) * I32F32.one, () => exp(I32F32, exponent)),
  );
}

type Compute = (f: Format, x: bigint[]) => bigint;

const anyFormat: Readonly<Record<string, Compute>> = {
  add: (f, [a, b]) => saturate(f, a! + b!),
  sub: (f, [a, b]) => saturate(f, a! - b!),
  mul: (f, [a, b]) => saturate(f, product(f, a!, b!)),
  div: (f, [a, b]) => saturate(f, quotient(f, a!, b!)),
  cadd: (f, [a, b]) => checked(f, a! + b!, "none"),
  csub: (f, [a, b]) => checked(f, a! - b!, "none"),
  cmul: (f, [a, b]) => checked(f, product(f, a!, b!), "none"),
  cdiv: (f, [a, b]) => checked(f, quotient(f, a!, b!, "none"), "none"),
  wadd: (f, [a, b]) => wrap(f, a! + b!),
  wsub: (f, [a, b]) => wrap(f, a! - b!),
  wmul: (f, [a, b]) => wrap(f, product(f, a!, b!)),
  safe_div: (f, [a, b]) => safeDiv(f, a!, b!),
  floor: (f, [a]) => floor(f, a!),
  int: (f, [a]) => floor(f, a!),
  round: (f, [a]) => round(f, a!),
  frac: (f, [a]) => a! - floor(f, a!),
  tou16: (f, [a]) => clampInteger(a! >> f.fraction, 0n, 65535n),
  tou64: (f, [a]) => clampInteger(a! >> f.fraction, 0n, (1n << 64n) - 1n),
  toi64: (f, [a]) => clampInteger(a! >> f.fraction, -(1n << 63n), (1n << 63n) - 1n),
  fromu64: (f, [a]) => saturate(f, a! << f.fraction),
  fromi64: (f, [a]) => saturate(f, a! << f.fraction),
  sqrt: (f, [a]) => sqrt(f, a!),
  checked_sqrt: (f, [a, epsilon]) => checkedSqrt(f, a!, epsilon!),
  checked_pow: (f, [a, k]) => checkedPow(f, a!, k!),
  ...Object.fromEntries(FORMATS.map((to): [string, Compute] => [`to_${to.name}`, (f, [a]) => convert(f, to, a!)])),
};

const signedFormats: Readonly<Record<string, Compute>> = {
  exp: (f, [a]) => exp(f, a!),
  ln: (f, [a]) => ln(f, a!),
  log2: (f, [a]) => log2(f, a!),
};

const oneFormat: Readonly<Record<string, Compute>> = {
  "i32f32.exp_safe": (_f, [a]) => expSafe(a!),
  "i32f32.safe_ln": (f, [a]) => otherwise(0n, () => ln(f, a!)),
  "i32f32.alpha_sigmoid": (_f, operands) => alphaSigmoid(operands),
  "u64f64.safe_pow": (_f, [a, p]) => safePow(a!, p!),
};

/** Every operation name of a format, `fromf64` included. */
export function operationsOf(f: Format): string[] {
  const own = Object.keys(oneFormat).filter((name) => name.startsWith(f.name));
  const names = [...Object.keys(anyFormat), "fromf64", ...(f.signed ? Object.keys(signedFormats) : [])];
  return [...names, ...own.map((name) => name.slice(f.name.length + 1))];
}

/** The answer to one line `type.op a [b …]`; throws on what it does not know. */
export function oracleLine(line: string): string {
  const [name = "", ...texts] = line.split(" ");
  const [type, operation = ""] = name.split(".");
  const f = FORMATS.find((candidate) => candidate.name === type);
  const compute = oneFormat[name] ?? anyFormat[operation] ?? (f?.signed ? signedFormats[operation] : undefined);
  if (!f || (!compute && operation !== "fromf64")) throw new Error(`unknown operation: ${name}`);
  try {
    return (compute ? compute(f, texts.map(BigInt)) : fromDouble(f, texts[0] ?? "")).toString();
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}
