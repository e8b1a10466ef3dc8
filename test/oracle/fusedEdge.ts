/** How an epoch for the fused path is made of a subnet, and what it may fall back on: the makings of fusedEdges.ts. */
import { REFUSED_NOT, REFUSED_ROWS } from "../../assembly/contract.js";
import { makeSubnet, type SubnetShape } from "../../bench/subnet.js";
import { KINDS } from "../support/kinds.js";
import type { EpochSnapshot, StoredRow } from "./types.js";

/** What the kernel may have counted: a reason exactly, columns by hand exactly (null = any), rows and pairs done in integers at most so many. */
export interface Allowed {
  readonly refusal: number;
  readonly columns: number | null;
  readonly quotients: number;
  readonly alphas: number;
  readonly shares: number;
}

export type Counted = { readonly [name in keyof Allowed]: number };
export const AS_ALLOWED = "as allowed";

export interface FusedEdge {
  readonly name: string;
  readonly snapshot: EpochSnapshot;
  readonly allowed: Allowed;
}

export type Change = (snapshot: EpochSnapshot) => Partial<EpochSnapshot>;
export type Kind = (typeof KINDS)[number];

/** Nothing by hand; a row of eight in a thousand by chance, as few pairs. */
export const lanes = ({ n, validators }: Shape): Allowed => ({
  refusal: REFUSED_NOT,
  columns: 0,
  quotients: 1 + Math.floor((n * validators) / 1000),
  alphas: Math.floor((n * validators) / 1000),
  // Of a row as many as a sum of incentives, those of eight columns taken for the largest of them: at most eight; and what codes leave open.
  shares: 8 * validators + Math.floor((n * validators) / 100),
});

export type Shape = Pick<SubnetShape, "n" | "validators">;
export type Expect = (shape: Shape, kind: Kind) => Partial<Allowed>;

/** One subnet of every kind, changed. */
export function every(name: string, shape: Shape, change: Change, expect: Expect = () => ({})): FusedEdge[] {
  return KINDS.map((kind, k) => {
    const made = makeSubnet({ density: 1, seed: 31, ...shape, ...kind }) as EpochSnapshot;
    const snapshot = { ...made, ...change(made) };
    return { name: `${name}, kind ${k}`, snapshot, allowed: { ...lanes(shape), ...expect(shape, kind) } };
  });
}

export const refused = (refusal: number) => () => ({ refusal, quotients: 0, alphas: 0, shares: 0 });
/** Columns with one holder each: how many of them are by hand, and how many shares are whole, is of no interest. */
export const alone = ({ n, validators }: Shape) => ({
  columns: null,
  quotients: n * validators,
  shares: n * validators,
});
/** So many columns by hand, and their pairs with them. */
export const handed =
  (count: number) =>
  ({ validators }: Shape) => ({ columns: count, alphas: count * validators });
export const unlessLiquid = (_: Shape, kind: Kind) => (kind.liquidAlpha ? refused(REFUSED_ROWS)() : {});

export type Keeps = (uid: number, row: number) => boolean;
export const only = (rows: readonly StoredRow[], keeps: Keeps): StoredRow[] =>
  rows.map((row, i) => row.filter(([uid]) => keeps(uid, i)));
export const naming = (keeps: Keeps): Change => {
  return ({ weights, bonds }) => ({ weights: only(weights, keeps), bonds: only(bonds, keeps) });
};

export const likeUids = (rows: readonly StoredRow[]): StoredRow[] =>
  rows.map((row, i) => row.map(([uid]) => [uid, 1 + ((37 * uid + 11 * i) % 480)] as const));

export const SMALL = { n: 37, validators: 9 };
export const SPARSE = { n: 150, validators: 9 };

/** Nine stakes that sum to 2^32, so that they are shares as they stand: uid 0 has the minority under kappa 32767, and some more. */
export function silentMinority(n: number, more: bigint): string[] {
  const minority = 2147516417n + more;
  const rest = (1n << 32n) - minority - 7n;
  return Array.from({ length: n }, (_, uid) => String(uid === 0 ? minority : uid === 1 ? rest : uid < 9 ? 1n : 0n));
}

/** What a kernel says of its counters where they are as they may be; of those that are not, what they are. */
export function toldOf(allowed: Allowed, found: Counted): string {
  const { refusal, columns, quotients, alphas, shares } = found;
  const right = [
    refusal === allowed.refusal || `path refused for ${refusal}`,
    columns === allowed.columns || allowed.columns === null || `${columns} columns by hand`,
    quotients <= allowed.quotients || `${quotients} rows of eight divided exactly`,
    alphas <= allowed.alphas || `${alphas} exact α`,
    shares <= allowed.shares || `${shares} exact shares`,
    Math.min(quotients, alphas, shares) >= 0 || "counted backwards",
  ];
  return right.filter((told) => told !== true).join(", ") || AS_ALLOWED;
}
