/** `yuma conform --against`: every published suite by one command, and every way in which answers and results may part. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requireBuild, yuma } from "./support/command.js";
import { lines } from "./support/vectors.js";

beforeAll(requireBuild);
const folder = mkdtempSync(join(tmpdir(), "yuma-conformity-"));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function file(text: string): string {
  const path = join(folder, `${files++}.jsonl`);
  writeFileSync(path, text);
  return path;
}

describe("the published suites", () => {
  test.each([
    ["epoch", "epoch-small", "2,400 of 2,400 answers equal"],
    ["epoch", "epoch-subnet", "16 of 16 answers equal"],
    ["chain", "chain", "96 of 96 answers equal; of 64 more epochs there are no results"],
    ["mechanisms", "mechanisms", "60 of 60 answers equal"],
    ["emission", "emission", "6,000 of 6,000 answers equal"],
    ["pool", "pool", "4,000 of 4,000 answers equal"],
    ["shares", "shares", "400 of 400 answers equal"],
    ["registration", "registration", "1,500 of 1,500 answers equal"],
    ["weights", "weights", "1,500 of 1,500 answers equal"],
  ])("%s: %s", (suite, name, verdict) => {
    const [cases, results] = ["cases", "results"].map((part) => `test/vectors/${name}.${part}.jsonl.gz`);
    const run = yuma(["conform", suite, cases!, "--against", results!]);
    expect(run).toEqual({ code: 0, out: `✓ ${suite}: ${verdict}\n`, err: "" });
  });

  test("fixed, 100,000 lines of text", () => {
    const run = yuma(["conform", "fixed", "test/vectors/fixed.txt.gz", "--against", "test/vectors/fixed.out.txt.gz"]);
    expect(run).toEqual({ code: 0, out: "✓ fixed: 100,000 of 100,000 answers equal\n", err: "" });
  });
});

describe("what differs", () => {
  const cases = file(lines("epoch-small.cases.jsonl.gz").slice(0, 3).join("\n"));
  const results = lines("epoch-small.results.jsonl.gz").slice(0, 3);
  const against = (expected: readonly string[], ...more: string[]) =>
    yuma(["conform", "epoch", cases, "--against", file(expected.join("\n")), ...more]);
  const changed = (change: (result: Record<string, unknown>) => void) => {
    const result = JSON.parse(results[1]!);
    change(result);
    return [results[0]!, JSON.stringify(result), results[2]!];
  };

  test("order of keys and blanks do not", () => {
    const turned = results.map((line) =>
      JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(line)).reverse()), null, 1).replaceAll("\n", " "),
    );
    expect(against(turned)).toEqual({ code: 0, out: "✓ epoch: 3 of 3 answers equal\n", err: "" });
  });

  test("a value, by line and field", () => {
    const bits = JSON.parse(results[1]!).stakeBits as string[];
    const one = (BigInt(bits[0]!) + 1n).toString();
    const { code, out } = against(changed((result) => ((result.stakeBits as string[])[0] = one)));
    expect([code, out]).toEqual([
      1,
      `✗ epoch: 1 of 3 answers differ\n  case line 2: stakeBits[0] is ${bits[0]}, expected ${one}\n`,
    ]);
  });

  test("a field too many, one too few, a number for its text", () => {
    const tell = (change: (result: Record<string, unknown>) => void) => against(changed(change)).out.split("\n")[1];
    expect(tell((result) => (result.more = 5))).toBe("  case line 2: more is absent, expected 5");
    expect(tell((result) => delete result.name)).toMatch(/^ {2}case line 2: name is \S+, expected absent$/);
    const stake = JSON.parse(results[1]!).stake[0];
    expect(tell((result) => ((result.stake as unknown[])[0] = Number(stake) % 7))).toMatch(
      /^ {2}case line 2: stake\[0\] is /,
    );
  });

  test("results too few, too many, or none at all", () => {
    expect(against(results.slice(0, 2))).toMatchObject({
      code: 1,
      out: "✗ epoch: 1 of 3 answers differ\n  case line 3: one answer more than expected\n",
    });
    expect(against([...results, results[0]!])).toMatchObject({
      code: 1,
      out: "✗ epoch: 1 of 4 answers differ\n  expected line 4: no answer to it\n",
    });
    const empty = file("");
    expect(yuma(["conform", "epoch", empty, "--against", empty])).toMatchObject({
      code: 1,
      out: "✗ epoch: no answers, and none expected\n",
    });
  });

  test("a chain whose run ends before its results do", () => {
    const [run, expected] = [lines("chain.cases.jsonl.gz")[0]!, lines("chain.results.jsonl.gz").slice(0, 12)];
    const short = file(JSON.stringify({ ...JSON.parse(run), epochs: 11 }));
    const { code, out } = yuma(["conform", "chain", short, "--against", file(expected.join("\n"))]);
    expect([code, out]).toEqual([1, "✗ chain: 1 of 12 answers differ\n  expected line 12: no answer to it\n"]);
  });

  test("a line that cannot be answered, which is told besides", () => {
    const lines = file("i32f32.add 1 2\ni32f32.pow 1 2\n");
    const { code, out, err } = yuma(["conform", "fixed", lines, "--against", file("3\n1\n")]);
    expect([code, out]).toEqual([
      1,
      "✗ fixed: 1 of 2 answers differ\n  case line 2: error BAD_OPERATION, expected 1\n",
    ]);
    expect(err).toMatch(/^yuma: line 2: /);
  });

  test("as JSON: the count of all, the first five", () => {
    const questions = file(Array.from({ length: 7 }, (_, k) => `i32f32.add ${k} 1`).join("\n"));
    const expected = file(Array.from({ length: 7 }, () => "100").join("\n"));
    const { code, out } = yuma(["conform", "fixed", questions, "--against", expected, "--json"]);
    const { differences, ...told } = JSON.parse(out);
    expect([code, told]).toEqual([
      1,
      { schemaVersion: 1, suite: "fixed", equal: false, answers: 7, different: 7, beyond: 0 },
    ]);
    expect(differences.length).toBe(5);
    expect(differences[0]).toEqual({ line: 1, expectedLine: 1, field: "", answer: "1", expected: "100" });
    expect(yuma(["conform", "fixed", questions, "--against", expected]).out).toMatch(/\n {2}… 2 more\n$/);
  });

  test.each([
    [["--against", "-"], "cannot both be standard input"],
    [["--json"], "--json goes with --against"],
    [["--against", "/nowhere"], "/nowhere cannot be read"],
  ])("%j is refused", (options, said) => {
    const { code, err } = yuma(["conform", "epoch", "-", ...options], "");
    expect(code).toBe(2);
    expect(err).toContain(said);
  });
});
