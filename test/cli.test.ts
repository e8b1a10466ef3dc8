/** The `yuma` command on good input: every way to give it, every form of the answer. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { requireBuild, yuma } from "./support/command.js";
import { validMechanisms, validSnapshot } from "./support/snapshots.js";
import { lines } from "./support/vectors.js";

const SAMPLE = 150;

requireBuild();
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
const SHIPPED = "host/cli/demo/subnet-256.snapshot.json.gz";
const published = file("published.json", cases[0]!);

describe("epoch", () => {
  const table = yuma(["epoch", good]).out.replace(/[\d.]+ ms/, "x ms");

  test("prints a table with aligned columns, and totals", () => {
    const [headline, blank, over, head = "", ...rows] = table.split("\n");
    expect([headline, blank]).toEqual(["by hand: 3 uids, block 1,000, Yuma 3", ""]);
    expect([over, head]).toEqual([
      "       stake                                                       emission",
      "uid   weight  permit   vtrust  consensus  incentive  dividends      (alpha)",
    ]);
    expect(rows.slice(0, 3).map((row) => row.trimStart().split(" ")[0])).toEqual(["0", "1", "2"]);
    for (const row of rows.slice(0, 3)) expect(row.length).toBe(head.length);
    expect(table).toMatch(/^emission {2}[\d.]+ of 1\.000000000 alpha: miners [\d.]+, validators [\d.]+$/m);
    expect(table).toContain("spec 425");
  });

  test.each([
    ["standard input", () => yuma(["epoch", "-"], text)],
    ["gzip", () => yuma(["epoch", file("good.json.gz", gzipSync(text))])],
    ["gzip on standard input", () => yuma(["epoch", "-"], gzipSync(text))],
    ["a byte order mark", () => yuma(["epoch", "-"], `\ufeff${text}`)],
    ["UTF-16", () => yuma(["epoch", "-"], Buffer.from(`\ufeff${text}`, "utf16le"))],
    [
      "CRLF and indentation",
      () => yuma(["epoch", "-"], JSON.stringify(validSnapshot(), null, 2).replaceAll("\n", "\r\n")),
    ],
  ])("reads %s", (_name, run) => {
    const { code, out, err } = run();
    expect([code, err, out.replace(/[\d.]+ ms/, "x ms")]).toEqual([0, "", table]);
  });

  test("--json is one document: the published result, a version and the rules", () => {
    const { code, out, err } = yuma(["epoch", published, "--json"]);
    const { schemaVersion, rules, ...result } = JSON.parse(out);
    expect([code, err, schemaVersion, rules.specVersion]).toEqual([0, "", 1, 425]);
    expect(result).toEqual(JSON.parse(results[0]!));
    expect(typeof result.emission[0]).toBe("string");
    expect(yuma(["epoch", published, "--json-output"]).out).toBe(out);
  });

  test("--trace adds the matrices", () => {
    const traced = lines("epoch-traced.cases.jsonl.gz")[0]!;
    const { schemaVersion, rules, ...result } = JSON.parse(yuma(["epoch", "-", "--json", "--trace"], traced).out);
    expect(result).toEqual(JSON.parse(lines("epoch-traced.results.jsonl.gz")[0]!));
  });

  test("--jsonl and conform epoch answer line by line, byte for byte as published", () => {
    const input = `${cases.slice(0, SAMPLE).join("\n")}\n`;
    const wanted = `${results.slice(0, SAMPLE).join("\n")}\n`;
    for (const args of [
      ["epoch", "-", "--jsonl"],
      ["conform", "epoch"],
      ["epoch", file("cases.jsonl", input), "--jsonl"],
    ]) {
      expect(yuma(args, input)).toEqual({ code: 0, out: wanted, err: "" });
    }
    expect(yuma(["conform", "epoch"], gzipSync(input.replaceAll("\n", "\r\n"))).out).toBe(wanted);
  });

  test("--sort and --limit", () => {
    const uids = (key: string) =>
      yuma(["epoch", good, "--sort", key])
        .out.split("\n")
        .slice(4, 7)
        .map((row) => Number.parseInt(row, 10));
    // By hand: stake 3, 1, 0; only uid 2 has incentive; both validators gave it their weight.
    expect([uids("uid"), uids("stake")]).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
    expect(uids("incentive")[0]).toBe(2);
    expect(yuma(["epoch", good, "--limit", "1"]).out).toContain("\n… 2 more\n");
  });

  test("a subnet with mechanisms gives its aggregate as JSON", () => {
    const cased = lines("mechanisms.cases.jsonl.gz")[0]!;
    const { schemaVersion, ...result } = JSON.parse(yuma(["epoch", "-", "--json"], cased).out);
    expect(result).toEqual(JSON.parse(lines("mechanisms.results.jsonl.gz")[0]!));
    expect(yuma(["epoch", "-"], cased).err).toMatch(/give --json/);
    expect(yuma(["epoch", "-", "--trace", "--json"], JSON.stringify(validMechanisms())).code).toBe(2);
  });

  test("everything printed fits 80 columns", () => {
    const width = 80;
    const explained = ["98", "146"].map((uid) => ["explain", SHIPPED, "--uid", uid]);
    for (const args of [["demo"], ["epoch", SHIPPED], ...explained]) {
      const printed = yuma(args, "", { COLUMNS: String(width) }).out.split("\n");
      expect(printed.length).toBeGreaterThan(40);
      expect(printed.filter((line) => line.length > width)).toEqual([]);
    }
  });

  test.each([
    [
      "50",
      "Of 361.000000000 alpha, uid 146 receives\n  6.658867756 (1.8 %): 6.658867756 as miner,\n  0.000000000 as validator.",
    ],
    [
      "60",
      "Of 361.000000000 alpha, uid 146 receives 6.658867756\n  (1.8 %): 6.658867756 as miner, 0.000000000 as validator.",
    ],
  ])("a sentence in %s columns, no number parted from its percent sign", (columns, sentence) => {
    expect(yuma(["explain", SHIPPED, "--uid", "146"], "", { COLUMNS: columns }).out).toContain(
      `Emission\n  ${sentence}\n`,
    );
  });

  test("a pipe stays plain, in CI too; FORCE_COLOR and NO_COLOR decide", () => {
    const colours = (env: Record<string, string>) => yuma(["epoch", good], "", env).out.includes("\u001b[");
    expect(colours({ CI: "true" })).toBe(false);
    expect(colours({ FORCE_COLOR: "1" })).toBe(true);
    expect(colours({ FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(false);
  });

  test("a name cannot steer the terminal", () => {
    const { out } = yuma(["epoch", "-"], JSON.stringify(validSnapshot({ name: "a\u001b[31m\nb\u202e" })));
    expect(out.split("\n")[0]).toBe("a?[31m?b?: 3 uids, block 1,000, Yuma 3");
  });
});

describe("explain, conform, demo, help", () => {
  test("explain tells every topic, as text and as JSON", () => {
    const { code, out, err } = yuma(["explain", good, "--uid", "1"]);
    expect([code, err]).toEqual([0, ""]);
    for (const title of ["Emission", "Weights it set", "Bonds", "Stake"]) expect(out).toContain(`\n${title}\n`);
    const json = JSON.parse(yuma(["explain", "-", "--uid", "1", "--json"], text).out);
    expect([json.schemaVersion, json.uid, json.name, json.specVersion]).toEqual([1, 1, "by hand", 425]);
    expect(json.sections.map(({ topic }: { topic: string }) => topic)).toContain("dividends");
  });

  test("explain shows the votes nearest to the clip on each side of it, and what the others hold", () => {
    const short = yuma(["explain", SHIPPED, "--uid", "146"]).out;
    const [, above] = short.match(
      /highest first\n.+\n( {4}… 18 more holding .*\n(?: .*above: clipped\n){10}) {4}▲ above: 28 /,
    )!;
    expect(above).toMatch(/^ +… 18 more holding 30\.3 % \(--all\)\n/);
    expect(short).toMatch(
      /▼ at or below: 31 .*\n(?: .*at the clip\n){2}(?: .*below\n){8} {4}… 21 more holding 36\.2 % \(--all\)/,
    );
    const all = yuma(["explain", SHIPPED, "--uid", "146", "--all"]).out;
    expect(all).toMatch(
      /highest first\n.+\n(?: .*above: clipped\n){28} +▲.*\n +▼.*\n(?: .*at the clip\n){2}(?: .*below\n){29}\n/,
    );
  });

  test("conform fixed", () => {
    const run = yuma(["conform", "fixed"], lines("fixed.txt.gz").slice(0, 3000).join("\n"));
    expect(run).toEqual({ code: 0, out: `${lines("fixed.out.txt.gz").slice(0, 3000).join("\n")}\n`, err: "" });
  });

  test.each([
    ["chain", 1, 12],
    ["mechanisms", 6, 6],
  ])("conform %s", (suite, count, answers) => {
    const { code, out, err } = yuma(["conform", suite], lines(`${suite}.cases.jsonl.gz`).slice(0, count).join("\n"));
    const given = out
      .trimEnd()
      .split("\n")
      .slice(0, answers)
      .map((line) => JSON.parse(line));
    expect([code, err]).toEqual([0, ""]);
    expect(given).toEqual(
      lines(`${suite}.results.jsonl.gz`)
        .slice(0, answers)
        .map((line) => JSON.parse(line)),
    );
  });

  test("demo agrees with the reference", () => {
    const { code, out, err } = yuma(["demo"]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("✓ equal to the chain's own arithmetic in all 18 outputs");
    expect(JSON.parse(yuma(["demo", "--json"]).out)).toMatchObject({ schemaVersion: 1, equal: true, different: [] });
  });

  test("help and version", () => {
    for (const args of [["--help"], ["help"], ["epoch", "--help"], ["explain", "-h"], ["conform", "--help"]]) {
      expect(yuma(args)).toMatchObject({ code: 0, err: "" });
    }
    const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
    expect(yuma(["--version"]).out).toBe(`${version}\n`);
  });
});
