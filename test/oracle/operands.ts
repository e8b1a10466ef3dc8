/** Random operands for every fixed-point operation, for fast-check: the edges where the arithmetic turns, and any magnitude. */
import fc from "fast-check";
import type { Format } from "./fixed.js";

/** Raw numbers of a range: its edges, whole numbers and halves, powers of two and their neighbours, any magnitude. */
function raw(bits: number, fraction: number, signed: boolean): fc.Arbitrary<bigint> {
  const top = 1n << BigInt(signed ? bits - 1 : bits);
  const min = signed ? -top : 0n;
  const one = 1n << BigInt(fraction);
  const near = fc.constantFrom(-1n, 0n, 1n);
  const power = fc.tuple(fc.nat(bits), near).map(([n, offset]) => (1n << BigInt(n)) + offset);
  const scale = fc.tuple(fc.constantFrom(0n, 1n, one, 2n * one, 20n * one, top - one, top / 2n, top, 100n * one), near);
  const size = fc.oneof(
    scale.map(([value, offset]) => value + offset),
    power,
    fc.tuple(fc.nat(40), near).map(([n, offset]) => BigInt(n) * (one / 2n) + offset),
    fc.tuple(power, power, power).map(([a, b, c]) => a ^ b ^ c),
    fc.tuple(fc.bigInt(0n, top), fc.nat(bits)).map(([value, shift]) => value >> BigInt(shift)),
    fc.bigInt(0n, 25n * one),
  );
  const clamped = fc.tuple(size, fc.boolean()).map(([value, negative]) => (negative && signed ? -value : value));
  return clamped.map((value) => (value < min ? min : value >= top ? top - 1n : value));
}

const literals = fc.oneof(
  fc.double().map((x) => (Object.is(x, -0) ? "-0" : String(x))),
  fc
    .tuple(fc.integer({ min: -(2 ** 20), max: 2 ** 20 }), fc.integer({ min: -120, max: 130 }))
    .map(([m, e]) => String(m * 2 ** e)),
  fc
    .tuple(fc.bigInt(1n << 52n, (1n << 53n) - 1n), fc.integer({ min: -130, max: 80 }), fc.constantFrom("", "-"))
    .map(([m, e, sign]) => sign + String(Number(m) * 2 ** e)),
  fc.constantFrom(
    "NaN",
    "-NaN",
    "inf",
    "-inf",
    "Infinity",
    "0.5",
    "1e308",
    "9e307",
    "-1.7e308",
    "5e-324",
    ".5",
    "1.",
    "+2",
  ),
);

/** The operands of one operation as text. */
export function operands(f: Format, operation: string): fc.Arbitrary<string> {
  const self = raw(Number(f.bits), Number(f.fraction), f.signed).map(String);
  const joined = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((texts) => texts.join(" "));
  if (operation === "fromu64") return raw(64, 0, false).map(String);
  if (operation === "fromi64") return raw(64, 0, true).map(String);
  if (operation === "fromf64") return literals;
  if (operation === "checked_pow") {
    const exponent = fc.oneof(
      fc.integer({ min: -130, max: 130 }),
      fc.integer(),
      fc.constantFrom(-(2 ** 31), 2 ** 40, -(2 ** 40)),
    );
    return joined(self, exponent.map(String));
  }
  if (operation === "alpha_sigmoid") {
    const share = fc.bigInt(0n, 1n << 32n).map(String);
    const steepness = fc.integer({ min: -32768, max: 32767 }).map((n) => String(BigInt(n) << 32n));
    return fc.oneof(joined(self, self, self, self, self, self), joined(share, share, share, share, share, steepness));
  }
  const binary = /^(add|sub|mul|div|[cw](add|sub|mul|div)|safe_div|safe_pow|checked_sqrt)$/.test(operation);
  return binary ? joined(self, self) : self;
}
