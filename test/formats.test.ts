/**
 * The modules that bind a 128-bit format's name to its fraction and sign. The kernel reaches the arithmetic below them by
 * number, so each module is compiled as an entry of its own and every export called against the BigInt twin.
 */
import asc from "assemblyscript/asc";
import { beforeAll, describe, expect, test } from "vitest";
import { FORMATS, oracleLine } from "./oracle/fixed.js";
import { type Instance, instantiate } from "./support/kernel.js";

type Exported = (...operands: (number | bigint)[]) => number | bigint | undefined;
type Format = (typeof FORMATS)[number];

const ROOT = new URL("..", import.meta.url).pathname;
/** Above the static data of every module. */
const OUT = 0x10000;
const A = OUT + 16;
const B = OUT + 32;

async function compile(name: string): Promise<Instance<Record<string, Exported>>> {
  const path = `assembly/fixed/${name}.ts`;
  let binary: Uint8Array<ArrayBuffer> | undefined;
  const options = ["--runtime", "stub", "--use", "abort=assembly/trap/abort", "--initialMemory", "2"];
  const run = await asc.main(
    [path, "--config", "none", "--baseDir", ROOT, "-O1", "--outFile", "out.wasm", ...options],
    {
      writeFile: (file, contents) => {
        if (file === "out.wasm" && typeof contents !== "string") binary = new Uint8Array(contents);
      },
    },
  );
  if (run.error || !binary) throw new Error(`${path} does not compile: ${run.stderr.toString()}`);
  return instantiate(binary);
}

/** How an export is called and which line of the twin answers it. */
type Shape = "pair" | "single" | "toNumber" | "fromNumber" | "power";

/** Exports whose name is not the operation's, and how they are called where it is not plain from the name. */
const PAIRS: Readonly<Record<string, string>> = {
  add: "add",
  sub: "sub",
  mul: "mul",
  div: "div",
  safeDiv: "safe_div",
  wrappingAdd: "wadd",
  wrappingSub: "wsub",
  wrappingMul: "wmul",
  wrappingDiv: "cdiv",
  checkedAdd: "cadd",
  checkedSub: "csub",
  checkedMul: "cmul",
  checkedDiv: "cdiv",
  checkedSqrt: "checked_sqrt",
  safePow: "safe_pow",
};
const SINGLES = ["floor", "int", "frac", "round", "exp", "log2", "ln", "sqrt"];

function describeExport(f: Format, name: string): { shape: Shape; operation: string } {
  const pair = PAIRS[name];
  if (pair) return { shape: "pair", operation: `${f.name}.${pair}` };
  if (SINGLES.includes(name)) return { shape: "single", operation: `${f.name}.${name}` };
  if (name === "checkedPow") return { shape: "power", operation: `${f.name}.checked_pow` };
  if (name === "toI32F32") return { shape: "toNumber", operation: `${f.name}.to_i32f32` };
  if (name === "fromI32F32") return { shape: "fromNumber", operation: `i32f32.to_${f.name}` };
  const source = FORMATS.find((other) => name === `from${other.name.toUpperCase()}`);
  if (source) return { shape: "single", operation: `${source.name}.to_${f.name}` };
  if (/^to[UI]\d+$/.test(name)) return { shape: "toNumber", operation: `${f.name}.${name.toLowerCase()}` };
  if (/^from[UIF]64$/.test(name)) return { shape: "fromNumber", operation: `${f.name}.${name.toLowerCase()}` };
  throw new Error(`nothing known about ${f.name}.${name}`);
}

/** Edges of a format, and numbers that tell 32 fraction bits from 64 and signed from unsigned. */
function samples(f: Format): bigint[] {
  const positive = [
    0n,
    1n,
    3n,
    f.one / 2n,
    f.one - 1n,
    f.one,
    f.one + 1n,
    3n * f.one,
    21n * f.one + 7n,
    f.max / 3n,
    f.max - 1n,
    f.max,
  ];
  return f.signed ? [...positive, ...positive.map((x) => -x), f.min] : positive;
}

const NUMBERS: Readonly<Record<string, readonly bigint[]>> = {
  fromU64: [0n, 1n, 1n << 31n, (1n << 63n) - 1n, 1n << 63n, (1n << 64n) - 1n],
  fromI64: [0n, 1n, -1n, (1n << 63n) - 1n, -(1n << 63n)],
  fromI32F32: [0n, 1n, -1n, 1n << 32n, (1n << 63n) - 1n, -(1n << 63n)],
};
const DOUBLES = ["0", "1.5", "-2.25", "1e-10", "1e19", "-1e40", "1.5e308"];

describe.each(FORMATS.filter((f) => f.bits === 128n).map((f) => [f.name, f] as const))("%s", (name, f) => {
  let module: Instance<Record<string, Exported>>;
  beforeAll(async () => {
    module = await compile(name);
  });

  const write = (address: number, x: bigint) => {
    const view = new DataView(module.memory.buffer, address);
    view.setBigUint64(0, BigInt.asUintN(64, x), true);
    view.setBigUint64(8, BigInt.asUintN(64, x >> 64n), true);
  };
  const read = (): bigint => {
    const view = new DataView(module.memory.buffer, OUT);
    const bits = view.getBigUint64(0, true) | (view.getBigUint64(8, true) << 64n);
    return f.signed ? BigInt.asIntN(128, bits) : bits;
  };

  /** The answer in the twin's words: a result of false says that there is none. */
  const call = (exported: string, ...operands: (number | bigint)[]): string => {
    const status = module.exports[exported]!(OUT, ...operands);
    return status === 0 && !exported.startsWith("wrapping") ? "refused" : read().toString();
  };
  const expected = (line: string): string => oracleLine(line).replace(/^(none|err|panic)$/, "refused");

  const pairs = (exported: string, operation: string): string[] =>
    samples(f).flatMap((a) =>
      samples(f).map((b) => {
        const line = `${operation} ${a} ${b}`;
        const wanted = expected(line);
        if (wanted === "refused" && (exported === "wrappingDiv" || exported === "div")) return "";
        write(A, a);
        write(B, b);
        const given = call(exported, A, B);
        return given === wanted ? "" : `${exported}: ${line} → ${given}, expected ${wanted}`;
      }),
    );

  const singles = (exported: string, operation: string): string[] => {
    const source = FORMATS.find((other) => operation.startsWith(other.name))!;
    return samples(source).map((a) => {
      write(A, a);
      const given = call(exported, A);
      const wanted = expected(`${operation} ${a}`);
      return given === wanted ? "" : `${exported}: ${operation} ${a} → ${given}, expected ${wanted}`;
    });
  };

  const toNumbers = (exported: string, operation: string): string[] =>
    samples(f).map((a) => {
      write(A, a);
      const given = BigInt(module.exports[exported]!(A)!);
      const wanted = BigInt(oracleLine(`${operation} ${a}`));
      return BigInt.asUintN(64, given) === BigInt.asUintN(64, wanted)
        ? ""
        : `${exported}: ${a} → ${given}, expected ${wanted}`;
    });

  const fromNumbers = (exported: string, operation: string): string[] => {
    const bits = (text: string) => new BigInt64Array(new Float64Array([Number(text)]).buffer)[0]!;
    const cases =
      NUMBERS[exported]?.map((n) => [String(n), n] as const) ?? DOUBLES.map((text) => [text, bits(text)] as const);
    return cases.map(([text, operand]) => {
      const given = call(exported, operand);
      const wanted = expected(`${operation} ${text}`);
      return given === wanted ? "" : `${exported}: ${text} → ${given}, expected ${wanted}`;
    });
  };

  const powers = (exported: string, operation: string): string[] =>
    samples(f).flatMap((a) =>
      [-3, -1, 0, 1, 2, 7].map((k) => {
        write(A, a);
        const given = call(exported, A, k);
        const wanted = expected(`${operation} ${a} ${k}`);
        return given === wanted ? "" : `${exported}: ${a} ^ ${k} → ${given}, expected ${wanted}`;
      }),
    );

  test("every export equals the twin", () => {
    const run = { pair: pairs, single: singles, toNumber: toNumbers, fromNumber: fromNumbers, power: powers };
    const names = Object.keys(module.exports).filter((exported) => exported !== "memory" && exported !== "one");
    expect(names.length).toBeGreaterThan(30);
    const wrong = names.flatMap((exported) => {
      const { shape, operation } = describeExport(f, exported);
      return run[shape](exported, operation).filter(Boolean);
    });
    expect(wrong).toEqual([]);
  });

  test("one is 1, and the destination may be an operand", () => {
    module.exports.one!(OUT);
    expect(read()).toBe(f.one);
    for (const exported of ["add", "sub", "mul", "div"]) {
      write(OUT, 5n * f.one + 3n);
      module.exports[exported]!(OUT, OUT, OUT);
      expect(read()).toBe(BigInt(oracleLine(`${name}.${exported} ${5n * f.one + 3n} ${5n * f.one + 3n}`)));
    }
  });
});
