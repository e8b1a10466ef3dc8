/** The `yuma` command on bad input, bad lines and broken pipes: one sentence, exit code 2, never a stack trace. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { requireBuild, shell, yuma } from "./support/command.js";
import { validMechanisms, validSnapshot } from "./support/snapshots.js";
import { lines } from "./support/vectors.js";

const SEED = Number(process.env.FC_SEED ?? 20260704);

requireBuild();
console.info(`random documents: FC_SEED=${SEED}`);
const folder = mkdtempSync(join(tmpdir(), "yuma-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const text = JSON.stringify(validSnapshot());
const good = file("good.json", text);
const [cases, results] = [lines("epoch-small.cases.jsonl.gz"), lines("epoch-small.results.jsonl.gz")];

describe("bad input: exit code 2, one sentence, nothing else", () => {
  const truncated = gzipSync(cases.join("\n")).subarray(0, 5000);
  const refusals: [string, string[], string | Uint8Array, string, RegExp][] = [
    ["a missing file", ["epoch", "/nowhere"], "", "BAD_FILE", /\/nowhere cannot be read: there is no such file/],
    ["a directory", ["epoch", folder], "", "BAD_FILE", /it is a directory/],
    ["no JSON", ["epoch", "-"], "nonsense\n\u0007", "BAD_JSON", /Standard input is not JSON: unexpected token/],
    ["nothing", ["epoch", "-"], "", "BAD_JSON", /it is empty/],
    ["an array", ["epoch", "-"], "[]", "BAD_VALUE", /must be a JSON object/],
    ["truncated gzip", ["epoch", file("cut.gz", truncated)], "", "BAD_FILE", /its gzip data ends too soon/],
    [
      "damaged gzip",
      ["epoch", "-"],
      Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 255, 255, 255]),
      "BAD_FILE",
      /damaged/,
    ],
    ["several documents", ["epoch", "-"], `${text}\r\n${text}`, "BAD_JSON", /--jsonl/],
    [
      "an amount that lost digits",
      ["epoch", "-"],
      text.replace('"1000000000"', "9007199254740993"),
      "BAD_VALUE",
      /in quotes/,
    ],
    [
      "a snapshot of mechanisms",
      ["explain", "-", "--uid", "0"],
      JSON.stringify(validMechanisms()),
      "MISSING_FIELD",
      /mechanisms/,
    ],
    ["a uid that is not there", ["explain", good, "--uid", "3"], "", "BAD_UID", /no uid 3 in a subnet of 3/],
    ["a uid that is none", ["explain", good, "--uid", "-1"], "", "USAGE", /--uid takes/],
    ["no uid", ["explain", good], "", "USAGE", /--uid/],
    ["--limit 0", ["epoch", good, "--limit", "0"], "", "USAGE", /--limit takes/],
    ["--limit of many digits", ["epoch", good, "--limit", "9".repeat(20)], "", "USAGE", /from 1 to 999999, not/],
    ["--limit x", ["epoch", good, "--limit", "x\ny"], "", "USAGE", /--limit takes/],
    ["an unknown order", ["epoch", good, "--sort", "beauty"], "", "USAGE", /Allowed choices are uid, stake/],
    ["an unknown option", ["epoch", good, "--nope"], "", "USAGE", /Unknown option '--nope'/],
    ["no file", ["epoch"], "", "USAGE", /Missing required argument 'file'/],
    ["too many files", ["epoch", good, good], "", "USAGE", /Too many arguments/],
  ];

  test.each(refusals)("%s", (_name, args, input, code, said) => {
    const { code: exit, out, err } = yuma(args, input);
    expect([exit, out]).toEqual([2, ""]);
    expect(err).toMatch(/^yuma: [^\n]+[.?]\n$/);
    expect(err).toMatch(said);
    const json = yuma([...args, "--json"], input);
    expect([json.code, json.err]).toEqual([2, err]);
    const { schemaVersion, error } = JSON.parse(json.out);
    expect([schemaVersion, error.code, `yuma: ${error.message}\n`, typeof error.details]).toEqual([
      1,
      code,
      err,
      "object",
    ]);
  });

  test.each([
    [["epohc", good], /Unknown command 'epohc'.*Did you mean epoch/],
    [["conform", "nope"], /no suite "nope"; there are epoch, chain/],
    [["epoch", good, "--trace"], /--trace adds matrices to JSON output/],
  ])("yuma %j", (args, said) => {
    const { code, out, err } = yuma(args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/^yuma: [^\n]+\.\n$/);
    expect(err).toMatch(said);
  });

  test("no verb shows the help on stderr", () => {
    const { code, out, err } = yuma([]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("Usage: yuma");
  });
});

describe("batches", () => {
  test("a bad line is answered by an error and the others as ever", () => {
    const { code, out, err } = yuma(["epoch", "-", "--jsonl"], [cases[0], "", "{nope", '{"n":1}', cases[1]].join("\n"));
    const [first, syntax, field, last] = out.split("\n");
    expect([code, first, last]).toEqual([2, results[0], results[1]]);
    expect(JSON.parse(syntax!)).toMatchObject({ line: 3, error: { code: "BAD_JSON" } });
    expect(JSON.parse(field!)).toMatchObject({
      line: 4,
      error: { code: "MISSING_FIELD", details: { field: "lastUpdate" } },
    });
    expect(err).toMatch(/^yuma: line 3: [^\n]+\nyuma: line 4: lastUpdate is missing\.\n$/);
  });

  test("fixed answers a bad line with its code", () => {
    const { code, out, err } = yuma(["conform", "fixed"], `i32f32.add 1 2\nx.y ${"9".repeat(1e6)}\ni32f32.add 3 4`);
    expect([code, out]).toEqual([2, "3\nerror BAD_OPERATION\n7\n"]);
    expect(err).toBe('yuma: line 2: There is no fixed-point operation "x.y".\n');
  });

  test("what came before the end of truncated gzip is answered", () => {
    const { code, out, err } = yuma(["epoch", "-", "--jsonl"], gzipSync(cases.join("\n")).subarray(0, 60_000));
    const answered = out.trimEnd().split("\n");
    expect([code, err]).toEqual([2, "yuma: Standard input cannot be read: its gzip data ends too soon.\n"]);
    expect(answered.length).toBeGreaterThan(10);
    expect(answered).toEqual(results.slice(0, answered.length));
  });

  test("random documents give typed errors", () => {
    const spoilt = fc
      .record({ field: fc.constantFrom(...Object.keys(validSnapshot())), value: fc.jsonValue({ maxDepth: 4 }) })
      .map(({ field, value }) => JSON.stringify(validSnapshot({ [field]: value })));
    const document = fc.oneof(
      spoilt,
      fc.json(),
      fc.string().map((each) => each.replace(/[\r\n]/g, "") || "x"),
    );
    const documents = fc.sample(document, { seed: SEED, numRuns: 600 }).filter((each) => each.trim() !== "");
    const { out } = yuma(["epoch", "-", "--jsonl"], documents.join("\n"));
    const answers = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(answers.length).toBe(documents.length);
    for (const { error, emission } of answers) {
      if (error)
        expect(error).toEqual({
          code: expect.stringMatching(/^[A-Z_]+$/),
          message: expect.any(String),
          details: expect.any(Object),
        });
      else expect(emission.length).toBe(3);
    }
    // Both occur, or the test says nothing.
    expect(new Set(answers.map(({ error }) => error === undefined)).size).toBe(2);
    for (const each of documents.slice(0, 6)) expect(yuma(["epoch", "-"], each).err).toMatch(/^$|^yuma: [^\n]+\n$/);
  });
});

describe("pipes", () => {
  const batch = file("batch.jsonl.gz", gzipSync(cases.join("\n")));
  const spoilt = file("spoilt.jsonl", cases.join("\n").replaceAll('"n":', '"m":'));

  test("a reader that goes away ends the command quietly", () => {
    expect(shell(`$YUMA epoch ${batch} --jsonl | head -1`)).toEqual({ code: 0, out: `${results[0]}\n`, err: "" });
    expect(shell(`set -o pipefail; $YUMA epoch ${batch} --jsonl | head -1 >/dev/null`)).toMatchObject({
      code: 0,
      err: "",
    });
    expect(shell(`$YUMA conform epoch ${spoilt} 2>&1 >/dev/null | head -1`).out).toBe("yuma: line 1: n is missing.\n");
  });

  test("a full disk is told", () => {
    if (!existsSync("/dev/full")) return console.info("not tested: this system has no /dev/full");
    const { code, err } = shell(`$YUMA epoch ${good} >/dev/full`);
    expect([code, err.startsWith("yuma: Standard output cannot be written: there is no space left")]).toEqual([
      2,
      true,
    ]);
  });
});
