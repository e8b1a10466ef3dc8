/** The house rules, each with its remedy in the message. */
import { readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { files, importsOf, lineOf, ROOT, type Source, sources, walk } from "./source.js";

const MAX_FILE_LINES = 300;
const MAX_FUNCTION_LINES = 70;
const TOP_LEVEL_FOLDERS = [".ci", ".github", "assembly", "bench", "host", "test"];
const MOST_SCRIPTS = 14;

const all = sources("assembly/", "host/", "bench/", "test/");
const kernel = sources("assembly/");

/** The complaints about all files, one a line; empty is good. */
function complaints(list: readonly Source[], about: (source: Source) => readonly string[]): string[] {
  return list.flatMap((source) => about(source).map((text) => `${source.path}: ${text}`));
}

describe("layers", () => {
  // A folder may import from itself, from what stands left of it, and from the leaves.
  const KERNEL_ORDER = [
    "assembly/fixed",
    "assembly/linear",
    "assembly/consensus",
    "assembly/pool",
    "assembly/emission",
    "assembly/binary",
    "assembly/index",
    "assembly/wasi",
    "assembly/selfTest",
  ];
  const CONTRACTS = [
    "assembly/contract",
    "assembly/fixed/contract",
    "assembly/linear/contract",
    "assembly/pool/contract",
    "assembly/emission/contract",
  ];
  const KERNEL_LEAVES = [...CONTRACTS, "assembly/trap", "assembly/arena"];
  const HOST_ORDER = [
    "host/load",
    "host/marshal",
    "host/timelock",
    "host/api",
    "host/public",
    "host/index",
    "host/slim",
    "host/worker",
    "host/browser",
    "host/chain",
    "host/ledger",
    "host/wallet",
    "host/client",
    "host/node",
    "host/web",
    "host/cli",
  ];
  const HOST_LEAVES = ["host/types", "host/errors", "host/units", "host/json", ...CONTRACTS];
  /** What has dependencies of its own and an entry of its own. */
  const ADAPTERS = [
    "host/chain/",
    "host/ledger/",
    "host/timelock/",
    "host/wallet/",
    "host/worker/",
    "host/client/",
    "host/node/",
    "host/web/",
    "host/cli/",
  ];

  const layerOf = (order: readonly string[], path: string) =>
    order.findIndex((layer) => path === layer || path === `${layer}.ts` || path.startsWith(`${layer}/`));

  const crossings = (order: readonly string[], leaves: readonly string[]) => (source: Source) => {
    const own = layerOf(order, source.path);
    const isLeaf = leaves.includes(source.path.replace(/\.ts$/, ""));
    return importsOf(source)
      .filter((target) => target.startsWith("assembly/") || target.startsWith("host/"))
      .filter((target) => !leaves.includes(target))
      .filter((target) => isLeaf || layerOf(order, target) < 0 || layerOf(order, target) > own)
      .map((target) => `imports ${target}, a layer above it; move what is shared down`);
  };

  it("arrows in the kernel go one way", () => {
    expect(complaints(kernel, crossings(KERNEL_ORDER, KERNEL_LEAVES))).toEqual([]);
  });

  it("arrows in the host go one way", () => {
    expect(complaints(sources("host/"), crossings(HOST_ORDER, HOST_LEAVES))).toEqual([]);
  });

  it("the kernel entry needs neither the file system nor the command's libraries", () => {
    const allowed = new Set(["valibot", "@assemblyscript/loader", "@noble/hashes/blake2.js", "node:fs/promises"]);
    const entry = sources("host/").filter(({ path }) => !ADAPTERS.some((folder) => path.startsWith(folder)));
    const outside = (source: Source) =>
      importsOf(source)
        .filter((target) => !target.startsWith("host/") && !target.startsWith("assembly/") && !allowed.has(target))
        .map((target) => `imports ${target}; only the adapters may`);
    expect(complaints(entry, outside)).toEqual([]);
  });
});

describe("size and shape", () => {
  it(`no file is longer than ${MAX_FILE_LINES} lines`, () => {
    const long = (source: Source) => {
      const lines = source.text.split("\n").length - 1;
      return lines > MAX_FILE_LINES ? [`${lines} lines; split it by meaning, not by count`] : [];
    };
    expect(complaints(all, long)).toEqual([]);
  });

  it(`no function is longer than ${MAX_FUNCTION_LINES} lines`, () => {
    const long = (source: Source) => {
      const out: string[] = [];
      const isTest = source.path.startsWith("test/");
      walk(source, (node) => {
        if (!ts.isFunctionLike(node) || (isTest && ts.isArrowFunction(node))) return;
        const lines = source.tree.getLineAndCharacterOfPosition(node.end).line + 2 - lineOf(source, node);
        if (lines > MAX_FUNCTION_LINES) out.push(`line ${lineOf(source, node)}: ${lines} lines; give its parts names`);
      });
      return out;
    };
    expect(complaints(all, long)).toEqual([]);
  });

  it("every file says what it is in its first lines", () => {
    const silent = (source: Source) =>
      /^(#!.*\n)?\/(\*\*|\/)/.test(source.text) ? [] : ["does not begin with a comment that says what it is"];
    expect(complaints(all, silent)).toEqual([]);
  });

  it("files and folders are named in camel case, without separators", () => {
    const named = files().filter((path) => /^(assembly|host|bench|test)\/.*\.tsx?$/.test(path));
    // The compiler takes the name of an import's module from the file that declares it.
    const given = ["assembly/wasi/wasi_snapshot_preview1.ts"];
    const odd = named.filter(
      (path) =>
        !given.includes(path) &&
        path.split("/").some((part) => !/^[a-z][a-zA-Z0-9]*(\.(test|d|config))?(\.tsx?)?$/.test(part)),
    );
    expect(odd).toEqual([]);
  });

  it("there is no other top-level folder", () => {
    const folders = new Set(
      files()
        .filter((path) => path.includes("/"))
        .map((path) => path.split("/")[0]),
    );
    expect([...folders].filter((folder) => !TOP_LEVEL_FOLDERS.includes(folder as string))).toEqual([]);
  });

  it("there are about a dozen npm scripts", () => {
    const manifest = JSON.parse(readFileSync(`${ROOT}package.json`, "utf8")) as { scripts: Record<string, string> };
    expect(Object.keys(manifest.scripts).length).toBeLessThanOrEqual(MOST_SCRIPTS);
  });
});

it("every package that is pinned runs on the oldest Node that is promised", () => {
  const { packages } = JSON.parse(readFileSync(`${ROOT}/package-lock.json`, "utf8")) as {
    packages: Record<string, { engines?: { node?: string } }>;
  };
  const [, major = 0, minor = 0] = (/^>=(\d+)\.(\d+)$/.exec(packages[""]?.engines?.node ?? "") ?? []).map(Number);
  // Of a range only what packages write: ">= 18.x", "^20.19.0 || >=22.12.0".
  const takes = (range: string) =>
    range.split("||").some((part) => {
      const [, sign, of = "", least = "0"] = /^\s*(>=|\^)\s*(\d+)(?:\.(\d+))?/.exec(part) ?? [];
      if (Number(of) === major) return Number(least) <= minor;
      return sign === ">=" && Number(of) < major;
    });
  const late = Object.entries(packages).filter(([, { engines }]) => engines?.node && !takes(engines.node));
  expect(
    late.map(([name]) => name),
    "take an earlier one, by overrides in package.json if others bring it",
  ).toEqual([]);
});

describe("the kernel's language", () => {
  it("has no floating point outside the fused path, but for quotients that integers answer for", () => {
    const floats = (source: Source) => {
      if (/^assembly\/(consensus\/fused\/|fixed\/(double|ratio|share)\.ts$)/.test(source.path)) return [];
      const out: string[] = [];
      walk(source, (node) => {
        const name = ts.isIdentifier(node) ? node.text : "";
        if (/^(f32|f64|f32x4|f64x2|Math|Mathf|NaN|Infinity|parseFloat)$/.test(name)) {
          out.push(
            `line ${lineOf(source, node)}: ${name}; integers only, or prove it in consensus/fused or fixed/ratio.ts, share.ts`,
          );
        }
        if (ts.isNumericLiteral(node) && /[.eE]/.test(node.getText()) && !/^0x/i.test(node.getText())) {
          out.push(`line ${lineOf(source, node)}: ${node.getText()} is a floating literal`);
        }
      });
      return out;
    };
    expect(complaints(kernel, floats)).toEqual([]);
  });

  it("has no decorators and no garbage-collected objects", () => {
    const heavy = (source: Source) => {
      const out: string[] = [];
      walk(source, (node) => {
        const object =
          ts.isDecorator(node) ||
          ts.isNewExpression(node) ||
          ts.isClassDeclaration(node) ||
          ts.isArrayLiteralExpression(node) ||
          ts.isObjectLiteralExpression(node) ||
          ts.isTemplateExpression(node);
        if (object)
          out.push(`line ${lineOf(source, node)}: ${ts.SyntaxKind[node.kind]}; the kernel has numbers and memory only`);
      });
      return out;
    };
    expect(complaints(kernel, heavy)).toEqual([]);
  });

  it("documents every exported function", () => {
    const bare = (source: Source) => {
      const out: string[] = [];
      source.tree.forEachChild((node) => {
        const exported =
          ts.canHaveModifiers(node) && ts.getModifiers(node)?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword);
        if (!exported || !ts.isFunctionDeclaration(node) || source.path === "assembly/linear/array.ts") return;
        if (ts.getJSDocCommentsAndTags(node).length === 0) out.push(`${node.name?.text ?? "?"} has no doc comment`);
      });
      return out;
    };
    expect(complaints([...kernel, ...sources("host/", "bench/")], bare)).toEqual([]);
  });
});
