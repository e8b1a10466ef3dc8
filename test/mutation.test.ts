/** The mutation script does what it says: it finds places, builds them wrong, and the suite notices. */
import { beforeAll, describe, expect, it } from "vitest";
import { AREAS, areaOf } from "./mutation/areas.js";
import { arithmeticFiles, buildKernel } from "./mutation/build.js";
import { EQUIVALENT, keysIn } from "./mutation/equivalents.js";
import { firstWrong, type Item } from "./mutation/judge.js";
import { type Mutation, mutated, mutationsOf } from "./mutation/sites.js";
import { sourceOf } from "./mutation/source.js";
import { makeSuite } from "./mutation/suite.js";
import { placeOf, switched, switchOn } from "./mutation/switched.js";

const ITEMS = 200;
const CLIP = "assembly/consensus/clip.ts";

/** What of a small text is changed, as "from → to". */
const changes = (text: string) => mutationsOf("a.ts", text).map(({ from, to }) => `${from} → ${to}`);

describe("places", () => {
  it.each<[string, string[]]>([
    ["x = a + b;", ["+ → -"]],
    ["x = a < 10;", ["< → <=", "< → >=", "10 → 11", "10 → 9"]],
    ["x = -a;", ["-a → a"]],
    ["x = min(a, 0);", ["min → max", "0 → 1"]],
    ["if (ok) return;", ["if (ok) return; → ;", "ok → !(ok)"]],
    ["set(x);", ["set(x); → ;"]],
    ["const slot = memory.data(8);", []],
    ["import { a } from '../b';", []],
  ])("%s", (text, expected) => expect(changes(text).sort()).toEqual(expected.sort()));

  it("are found in every file with arithmetic", () => {
    const empty = arithmeticFiles().filter((file) => mutationsOf(file, sourceOf(file) ?? "").length === 0);
    expect(empty.filter((file) => !/(array|yuma3Bonds)\.ts$/.test(file))).toEqual([]);
  });

  it("that are called equivalent still exist", () => {
    const all = arithmeticFiles().flatMap((file) => mutationsOf(file, sourceOf(file) ?? ""));
    const present = new Set(all.flatMap((mutation) => keysIn(mutation, sourceOf(mutation.file) ?? "")));
    const gone = [...EQUIVALENT].filter((key) => !present.has(key));
    expect(gone, gone.join("\n")).toEqual([]);
    expect(EQUIVALENT.size).toBeGreaterThan(0);
  });
});

describe("switches", () => {
  const textOf = (text: string) => {
    const made = switched("a.ts", text, mutationsOf("a.ts", text));
    return [made.text, made.numbers.size] as const;
  };

  it("stand wherever a value may vary", () => {
    const [text, count] = textOf("function f(): void { if (a < 7) return; }");
    expect(count).toBe(6);
    expect(text).toContain("if (!(__change === 10000001)) { if (");
    expect(text).toContain("(a < (__change === 10000006 ? (6) : ((__change === 10000005 ? (8) : (7)))))");
    expect(text).toContain("? (a <= 7)");
    // An `else` stays with its own `if`.
    expect(textOf("function f(): void { if (ok) g(); else h(); }")[0]).toMatch(
      /\{ if \(!\(\S+ === \d+\)\) \{ g\(\); \} \} else \{ if/,
    );
  });

  it("do not stand where only constants may", () => {
    const [text, count] = textOf(
      "const A: u32 = 7;\nfunction f(): v128 { return i32x4.shuffle(v128.load(a, 16), b, 0, 1, 2, 3); }",
    );
    expect(count).toBe(0);
    expect(text).toMatch(
      /^const A: u32 = 7;\nfunction f\(\): v128 \{ return i32x4.shuffle\(v128.load\(a, 16\), b, 0, 1, 2, 3\); \}\nlet /,
    );
  });

  it("make the kernels that builds of their own are", async () => {
    const text = sourceOf(CLIP) ?? "";
    const area = areaOf(CLIP);
    const made = switched(CLIP, text, mutationsOf(CLIP, text));
    const whole = await buildKernel(area, CLIP, made.text);
    const suite = makeSuite((await buildKernel(area)) ?? new Uint8Array(), area, ITEMS);
    expect(firstWrong(whole!, suite)).toBeNull();
    let told = 0;
    for (const mutation of mutationsOf(CLIP, text)) {
      const number = made.numbers.get(placeOf(mutation));
      if (number === undefined) continue;
      const own = await buildKernel(area, CLIP, mutated(text, mutation));
      expect(firstWrong(switchOn(whole!, number), suite)).toBe(firstWrong(own!, suite));
      told++;
    }
    expect(told).toBeGreaterThan(5);
    expect(() => switchOn(whole!, 10_000_000)).toThrow("is no change");
    expect(() => switchOn(new Uint8Array(8), 10_000_001)).toThrow("no switch");
  });
});

describe("the suite", () => {
  let suite: readonly Item[];
  let original: Uint8Array<ArrayBuffer>;

  const verdict = async (mutation: Mutation) => {
    const bytes = await buildKernel(
      areaOf(mutation.file),
      mutation.file,
      mutated(sourceOf(mutation.file) ?? "", mutation),
    );
    return bytes === null ? "does not build" : firstWrong(bytes, suite);
  };

  beforeAll(async () => {
    original = (await buildKernel(areaOf(CLIP))) ?? new Uint8Array();
    suite = makeSuite(original, areaOf(CLIP), ITEMS);
  });

  it("passes the kernel as it is", () => {
    expect(suite.length).toBe(ITEMS);
    expect(firstWrong(original, suite)).toBeNull();
  });

  it.each(AREAS)("of an area passes that area's kernel: %s", async (area) => {
    const bytes = (await buildKernel(area)) ?? new Uint8Array();
    expect(firstWrong(bytes, makeSuite(bytes, area, ITEMS))).toBeNull();
  });

  it("asks first what caught a mutant lately", async () => {
    const [mutation] = mutationsOf(CLIP, sourceOf(CLIP) ?? "").filter(({ from }) => from.startsWith("sparse.endRow"));
    const bytes = await buildKernel(areaOf(CLIP), CLIP, mutated(sourceOf(CLIP) ?? "", mutation!));
    const lately: number[] = [];
    let asked = 0;
    const caught = () => firstWrong(bytes!, suite, () => asked++, lately);
    const [first, again] = [caught(), caught()];
    expect(again).toBe(first);
    expect(first).toBe(`epoch ${asked - 2}`);
    expect(lately).toEqual([asked - 2]);
  });

  it("notices a clip that keeps what it should cut, and that it is cut at all", async () => {
    const wrong = mutationsOf(CLIP, sourceOf(CLIP) ?? "").filter(({ from }) => from.startsWith("weight <= limit"));
    const turned = mutationsOf(CLIP, sourceOf(CLIP) ?? "").filter(({ from }) => from.startsWith("sparse.endRow"));
    for (const mutation of [...wrong, ...turned]) expect(await verdict(mutation)).toMatch(/^epoch \d+$/);
    expect(wrong.length + turned.length).toBe(2);
  });

  it("is not asked about what does not build", async () => {
    const text = sourceOf(CLIP) ?? "";
    const at = text.indexOf("let kept");
    expect(await verdict({ file: CLIP, line: 1, start: at, end: at + 3, from: "let", to: "lte" })).toBe(
      "does not build",
    );
  });
});
