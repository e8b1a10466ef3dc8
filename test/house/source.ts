/** The project's own source, parsed, for the house rules. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** The project's root. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** A source file of the project. */
export interface Source {
  /** From the root, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

/** Every file under version control or about to be, from the root. */
export function files(): string[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  return [...new Set(listed.split("\n").filter(Boolean))].sort();
}

/** The parsed TypeScript files whose path begins with one of the given folders. */
export function sources(...folders: string[]): Source[] {
  return files()
    .filter((path) => /\.tsx?$/.test(path) && folders.some((folder) => path.startsWith(folder)))
    .map((path) => {
      const text = readFileSync(`${ROOT}${path}`, "utf8");
      return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true) };
    });
}

/** Visits every node of a file. */
export function walk(source: Source, visit: (node: ts.Node) => void): void {
  const step = (node: ts.Node): void => {
    visit(node);
    node.forEachChild(step);
  };
  step(source.tree);
}

/** The line a node starts in, from 1. */
export function lineOf(source: Source, node: ts.Node): number {
  return source.tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
}

/** The modules a file imports or re-exports, relative ones resolved to paths from the root without an ending. */
export function importsOf(source: Source): string[] {
  const out: string[] = [];
  walk(source, (node) => {
    const from =
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier
        ? node.moduleSpecifier
        : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
          ? node.arguments[0]
          : undefined;
    if (from && ts.isStringLiteral(from)) out.push(resolve(source.path, from.text));
  });
  return out;
}

function resolve(from: string, specifier: string): string {
  if (!specifier.startsWith(".")) return specifier;
  return new URL(specifier, `file:///${from}`).pathname.slice(1).replace(/\.js$/, "");
}
