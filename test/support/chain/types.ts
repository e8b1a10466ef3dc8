/**
 * SCALE by hand: types written as text, `Vec<(u16,u16)>`, encoded byte by byte and described for metadata. Independent of the codecs the
 * adapter uses, so that both can be held against each other.
 */

/** A type as a tree. */
export type Type =
  | { readonly kind: "integer"; readonly name: string; readonly bytes: number }
  | { readonly kind: "bool" }
  | { readonly kind: "vec"; readonly of: Type }
  | { readonly kind: "tuple"; readonly of: readonly Type[] }
  | { readonly kind: "array"; readonly of: Type; readonly length: number }
  | { readonly kind: "option"; readonly of: Type }
  /** One nameless field: the bytes are those of the inner type. */
  | { readonly kind: "wrapper"; readonly path: readonly string[]; readonly of: Type }
  | { readonly kind: "struct"; readonly path: readonly string[]; readonly fields: readonly Field[] }
  | { readonly kind: "enum"; readonly path: readonly string[]; readonly variants: readonly Variant[] };

/** A field of a struct or variant; null for one without a name. */
export type Field = readonly [name: string | null, type: Type];
/** A variant of an enum. */
export interface Variant {
  readonly name: string;
  readonly index: number;
  readonly fields: readonly Field[];
}

const integer = (name: string, bytes: number): Type => ({ kind: "integer", name, bytes });
const BYTE = integer("u8", 1);
const BYTES_32: Type = { kind: "array", of: BYTE, length: 32 };

const variants = (...names: string[]): Variant[] => names.map((name, index) => ({ name, index, fields: [] }));

const NAMED: Readonly<Record<string, Type>> = {
  u8: BYTE,
  u16: integer("u16", 2),
  u32: integer("u32", 4),
  u64: integer("u64", 8),
  u128: integer("u128", 16),
  i16: integer("i16", 2),
  i128: integer("i128", 16),
  bool: { kind: "bool" },
  any: { kind: "vec", of: BYTE },
  Acct: { kind: "wrapper", path: ["sp_core", "crypto", "AccountId32"], of: BYTES_32 },
  H256: { kind: "wrapper", path: ["primitive_types", "H256"], of: BYTES_32 },
  NetUid: { kind: "wrapper", path: ["subtensor_runtime_common", "NetUid"], of: integer("u16", 2) },
  Alpha: { kind: "wrapper", path: ["subtensor_runtime_common", "AlphaBalance"], of: integer("u64", 8) },
  Tao: { kind: "wrapper", path: ["subtensor_runtime_common", "TaoBalance"], of: integer("u64", 8) },
  PerU16: { kind: "wrapper", path: ["sp_arithmetic", "per_things", "PerU16"], of: integer("u16", 2) },
  I96F32: { kind: "struct", path: ["substrate_fixed", "FixedI128"], fields: [["bits", integer("i128", 16)]] },
  EpochConsensus: { kind: "enum", path: ["pallet_subtensor", "EpochConsensus"], variants: variants("Yuma", "Null") },
  LiquidMode: {
    kind: "enum",
    path: ["pallet_subtensor", "LiquidAlphaConsensusMode"],
    variants: variants("Current", "Previous", "Auto"),
  },
};

/** Reads a type: a name above, `Vec<T>`, `Option<T>` or `(A,B)`. */
export function typeOf(text: string): Type {
  const wrapped = /^(Vec|Option)<(.*)>$/.exec(text);
  if (wrapped) return { kind: wrapped[1] === "Vec" ? "vec" : "option", of: typeOf(wrapped[2] as string) };
  if (text.startsWith("(")) return { kind: "tuple", of: splitOutside(text.slice(1, -1)).map(typeOf) };
  const named = NAMED[text];
  if (named === undefined) throw new Error(`no such type: ${text}`);
  return named;
}

/** Parts between commas that stand in no brackets. */
function splitOutside(text: string): string[] {
  const parts: string[] = [];
  let [depth, from] = [0, 0];
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    if ("(<".includes(c)) depth++;
    if (")>".includes(c)) depth--;
    if (c === "," && depth === 0) {
      parts.push(text.slice(from, i));
      from = i + 1;
    }
  }
  return [...parts, text.slice(from)];
}

/** Hex digits, no prefix. */
export type Digits = string;

/** An unsigned or two's complement integer, little-endian. */
export function littleEndian(value: bigint | number, bytes: number): Digits {
  let left = BigInt.asUintN(8 * bytes, BigInt(value));
  let out = "";
  for (let i = 0; i < bytes; i++, left >>= 8n)
    out += Number(left & 255n)
      .toString(16)
      .padStart(2, "0");
  return out;
}

/** A length: one, two or four bytes, the low two bits telling which. */
export function compact(value: number): Digits {
  if (value < 1 << 6) return littleEndian(value * 4, 1);
  if (value < 1 << 14) return littleEndian(value * 4 + 1, 2);
  return littleEndian(BigInt(value) * 4n + 2n, 4);
}

/** SCALE of a value; accounts and hashes as hex digits, options null or the value, variants [name, …fields]. */
export function encode(type: Type, value: unknown): Digits {
  switch (type.kind) {
    case "integer":
      return littleEndian(value as bigint | number, type.bytes);
    case "bool":
      return value ? "01" : "00";
    case "vec":
      if (typeof value === "string") return compact(value.length / 2) + value;
      return compact((value as unknown[]).length) + (value as unknown[]).map((one) => encode(type.of, one)).join("");
    case "tuple":
      return type.of.map((part, i) => encode(part, (value as unknown[])[i])).join("");
    case "array":
      return value as string;
    case "option":
      return value === null ? "00" : `01${encode(type.of, value)}`;
    case "wrapper":
      return encode(type.of, value);
    case "struct":
      return type.fields.map(([, field], i) => encode(field, (value as unknown[])[i])).join("");
    case "enum": {
      const [name, ...fields] = value as [string, ...unknown[]];
      const variant = type.variants.find((one) => one.name === name);
      if (variant === undefined) throw new Error(`no variant ${name}`);
      return littleEndian(variant.index, 1) + variant.fields.map(([, field], i) => encode(field, fields[i])).join("");
    }
  }
}
