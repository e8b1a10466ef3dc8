/**
 * Where a kernel file can be made wrong, and how: every operator, comparison, constant, condition, early exit and call
 * statement, each changed by itself. Types, imports, sizes of static memory and first values of module variables are left
 * alone.
 */
import ts from "typescript";

/** One way to make one file wrong. */
export interface Mutation {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The text from `start` to `end` becomes `to`. */
  readonly start: number;
  readonly end: number;
  readonly from: string;
  readonly to: string;
}

type Change = readonly [node: ts.Node, to: string];

const K = ts.SyntaxKind;

/** What stands in for each operator. */
const OPERATORS: ReadonlyMap<ts.SyntaxKind, readonly string[]> = new Map([
  [K.PlusToken, ["-"]],
  [K.MinusToken, ["+"]],
  [K.AsteriskToken, ["/", "+"]],
  [K.SlashToken, ["*"]],
  [K.PercentToken, ["/"]],
  [K.LessThanLessThanToken, [">>"]],
  [K.GreaterThanGreaterThanToken, ["<<"]],
  [K.AmpersandToken, ["|"]],
  [K.BarToken, ["&"]],
  [K.CaretToken, ["&"]],
  [K.LessThanToken, ["<=", ">="]],
  [K.LessThanEqualsToken, ["<", ">"]],
  [K.GreaterThanToken, [">=", "<="]],
  [K.GreaterThanEqualsToken, [">", "<"]],
  [K.EqualsEqualsEqualsToken, ["!=="]],
  [K.ExclamationEqualsEqualsToken, ["==="]],
  [K.AmpersandAmpersandToken, ["||"]],
  [K.BarBarToken, ["&&"]],
  [K.PlusEqualsToken, ["-="]],
  [K.MinusEqualsToken, ["+="]],
  [K.AmpersandEqualsToken, ["|="]],
  [K.BarEqualsToken, ["&="]],
  [K.LessThanLessThanEqualsToken, [">>="]],
  [K.GreaterThanGreaterThanEqualsToken, ["<<="]],
]);

/** All single changes of a file, in the order of their places. */
export function mutationsOf(file: string, text: string): Mutation[] {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const out: Mutation[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || isStaticMemory(node) || isModuleVariable(node)) return;
    for (const [place, to] of changes(node)) {
      const start = place.getStart(tree);
      const line = tree.getLineAndCharacterOfPosition(start).line + 1;
      out.push({ file, line, start, end: place.end, from: text.slice(start, place.end), to });
    }
    node.forEachChild(visit);
  };
  visit(tree);
  return out.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** The file with the mutation in it. */
export function mutated(text: string, { start, end, to }: Mutation): string {
  return text.slice(0, start) + to + text.slice(end);
}

/** `memory.data(…)`: a byte more or less of scratch means nothing. */
function isStaticMemory(node: ts.Node): boolean {
  return ts.isCallExpression(node) && node.expression.getText() === "memory.data";
}

/** `let x = …` of a module: every one of them is written before it is read. */
function isModuleVariable(node: ts.Node): boolean {
  return (
    ts.isVariableStatement(node) &&
    ts.isSourceFile(node.parent) &&
    (node.declarationList.flags & ts.NodeFlags.Let) !== 0
  );
}

function changes(node: ts.Node): readonly Change[] {
  if (ts.isBinaryExpression(node)) {
    return (OPERATORS.get(node.operatorToken.kind) ?? []).map((to): Change => [node.operatorToken, to]);
  }
  if (ts.isNumericLiteral(node)) return literal(node);
  if (ts.isPrefixUnaryExpression(node)) return prefix(node);
  if (ts.isPostfixUnaryExpression(node)) {
    return [[node, `${node.operand.getText()}${node.operator === K.PlusPlusToken ? "--" : "++"}`]];
  }
  if (ts.isIfStatement(node)) return condition(node);
  if (ts.isConditionalExpression(node)) return [[node.condition, `!(${node.condition.getText()})`]];
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
    if (node.expression.text === "min") return [[node.expression, "max"]];
    if (node.expression.text === "max") return [[node.expression, "min"]];
  }
  if (ts.isExpressionStatement(node) && ts.isCallExpression(node.expression)) return [[node, ";"]];
  if (node.kind === K.TrueKeyword) return [[node, "false"]];
  if (node.kind === K.FalseKeyword) return [[node, "true"]];
  return [];
}

/** One more and one less; below zero is another type, so zero only grows. */
function literal(node: ts.NumericLiteral): readonly Change[] {
  const text = node.getText().replaceAll("_", "");
  // Doubles of the fused path are not nudged: one ulp or one unit of them is no mistake anyone makes.
  if (!/^(0x[0-9a-f]+|\d+)$/i.test(text)) return [];
  const value = BigInt(text);
  const near = value > 0n ? [value + 1n, value - 1n] : [1n];
  return near.map((other): Change => [node, other.toString()]);
}

function prefix(node: ts.PrefixUnaryExpression): readonly Change[] {
  const operand = node.operand.getText();
  if (node.operator === K.PlusPlusToken) return [[node, `--${operand}`]];
  if (node.operator === K.MinusMinusToken) return [[node, `++${operand}`]];
  return [[node, operand]];
}

/** The condition turned round; and, of an early exit, the whole statement gone. */
function condition(node: ts.IfStatement): readonly Change[] {
  const turned: Change = [node.expression, `!(${node.expression.getText()})`];
  const last = ts.isBlock(node.thenStatement) ? node.thenStatement.statements.at(-1) : node.thenStatement;
  const leaves =
    last !== undefined && (ts.isReturnStatement(last) || ts.isContinueStatement(last) || ts.isBreakStatement(last));
  return leaves && node.elseStatement === undefined ? [turned, [node, ";"]] : [turned];
}
