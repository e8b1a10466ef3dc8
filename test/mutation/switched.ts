/**
 * Many mutants of a file in one build: each place where it can be changed asks a number which change is on. Building takes most of the time a
 * mutant takes, and so it is paid once a file.
 *
 * Left to a build of their own are places where only a constant may stand: those of a module, offsets of loads and stores, lanes.
 */
import ts from "typescript";
import type { Mutation } from "./sites.js";

/** The number when no change is on; change k is on at NONE + k. All of them take four bytes in a binary. */
const NONE = 10_000_000;
const MOST = 100_000_000;
const NAME = "__change";

/** A file with switches in it, and the number of each change that has one. */
export interface Switched {
  readonly text: string;
  /** By `placeOf`. */
  readonly numbers: ReadonlyMap<string, number>;
}

/** Which change of its file this is. */
export function placeOf({ start, end, to }: Mutation): string {
  return `${start} ${end} ${to}`;
}

/** Puts a switch wherever one may stand. */
export function switched(file: string, text: string, mutations: readonly Mutation[]): Switched {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const numbers = new Map<string, number>();
  const at = new Map<ts.Node, Mutation[]>();
  for (const mutation of mutations) {
    const node = holderOf(tree, mutation);
    if (node === null || isConstant(node) || isBeyond(mutation)) continue;
    numbers.set(placeOf(mutation), NONE + numbers.size + 1);
    at.set(node, [...(at.get(node) ?? []), mutation]);
  }
  const emit = (node: ts.Node): string => {
    let out = "";
    let from = node.getStart(tree);
    node.forEachChild((child) => {
      out += text.slice(from, child.getStart(tree)) + emit(child);
      from = child.end;
    });
    out += text.slice(from, node.end);
    return (at.get(node) ?? []).reduce((rest, mutation) => {
      const isOn = `${NAME} === ${numbers.get(placeOf(mutation))}`;
      if (ts.isStatement(node)) return `{ if (!(${isOn})) { ${rest} } }`;
      const [before, after] = [text.slice(node.getStart(tree), mutation.start), text.slice(mutation.end, node.end)];
      return `(${isOn} ? (${before}${mutation.to}${after}) : (${rest}))`;
    }, out);
  };
  return { text: `${emit(tree)}\nlet ${NAME}: i32 = ${NONE};\n`, numbers };
}

/** The smallest expression or statement a change lies in as a whole; null if there is none that may be replaced. */
function holderOf(tree: ts.SourceFile, { start, end }: Mutation): ts.Node | null {
  let found: ts.Node | null = null;
  const visit = (node: ts.Node): void => {
    if (node.getStart(tree) > start || node.end < end) return;
    if (node.getStart(tree) === start && node.end === end) found = node;
    node.forEachChild(visit);
  };
  visit(tree);
  const node = found as ts.Node | null;
  if (node === null) return null;
  const { parent } = node;
  if (ts.isBinaryExpression(parent) && parent.operatorToken === node) return parent;
  if (ts.isCallExpression(parent) && parent.expression === node) return parent;
  return node;
}

/** Whether a number becomes one that may not fit its type any more, which the compiler minds only where it is not alone. */
function isBeyond({ from, to }: Mutation): boolean {
  const [before, after] = [Number(from), Number(to)];
  return [8, 16, 32].some((bits) => before === 2 ** bits - 1 && after === 2 ** bits);
}

/** How many arguments come before those that have to be constants, by the callee; of others, none has to. */
const VARIABLE_ARGUMENTS: readonly (readonly [callee: RegExp, count: number])[] = [
  [/^(load<.*>|load|v128\.load(\w*_zero|\w*_splat|\d+x\d+_[su])?)$/, 1],
  [/^(store<.*>|store|v128\.store)$/, 2],
  [/^v128\.(load|store)\d+_lane$/, 2],
  [/\.shuffle$/, 2],
  [/\.(extract_lane|extract_lane_[su]|replace_lane)$/, 1],
  [/^([if]\d+x\d+|memory\.data)$/, 0],
];

/** Whether only a constant may stand where the node does. */
function isConstant(node: ts.Node): boolean {
  for (let child = node; child.parent !== undefined; child = child.parent) {
    const { parent } = child;
    if (ts.isFunctionDeclaration(parent)) return false;
    if (ts.isCallExpression(parent) && parent.expression !== child) {
      const place = parent.arguments.indexOf(child as ts.Expression);
      const rule = VARIABLE_ARGUMENTS.find(([callee]) => callee.test(parent.expression.getText()));
      if (rule !== undefined && place >= rule[1]) return true;
    }
  }
  return true;
}

function bytesOf(number: number): number[] {
  const low = [0, 7, 14].map((shift) => ((number >> shift) & 0x7f) | 0x80);
  return [0x41, ...low, (number >> 21) & 0x7f, 0x0b];
}

/** The built file with a change on. */
export function switchOn(built: Uint8Array<ArrayBuffer>, number: number): Uint8Array<ArrayBuffer> {
  if (number <= NONE || number >= MOST) throw new Error(`${number} is no change.`);
  const off = Buffer.from(bytesOf(NONE));
  const place = Buffer.from(built.buffer, built.byteOffset, built.length).indexOf(off);
  if (place < 0) throw new Error("There is no switch in this build.");
  const out = built.slice();
  out.set(bytesOf(number), place);
  return out;
}
