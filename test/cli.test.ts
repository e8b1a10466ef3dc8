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
const published = file("published.json", cases[0]!);

describe("epoch", () => {
  const table = yuma(["epoch", good]).out.replace(/[\d.]+ ms/, "x ms");

  test("prints a table with aligned columns, and totals", () => {
    const [headline, blank, head = "", ...rows] = table.split("\n");
    expect([headline, blank]).toEqual(["by hand: 3 uids, block 1,000, Yuma 3", ""]);
    expect(head).toBe("uid  stake weight  permit   vtrust  consensus  incentive  dividends  emission (alpha)");
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
        .slice(3, 6)
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
