/** `yuma epoch --to-binary` and `--from-binary`: from JSON to the reference's bytes through the command alone. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { encodeResult } from "../host/marshal/binaryResult.js";
import { encodeSnapshot } from "../host/marshal/binarySnapshot.js";
import { PackedRow } from "../host/marshal/packedRow.js";
import type { EpochSnapshot } from "../host/types.js";
import { ROOT, run } from "./support/native.js";
import { revive, vectorExchange } from "./support/streams.js";
import { lines, records } from "./support/vectors.js";

const folder = mkdtempSync(join(tmpdir(), "yuma-binary-"));
afterAll(() => rmSync(folder, { recursive: true }));

const path = (name: string) => join(folder, name);
const yuma = (words: readonly string[], input?: Uint8Array) =>
  run(process.execPath, [`${ROOT}dist/host/cli/main.js`, "epoch", ...words], input);
const cases = lines("epoch-small.cases.jsonl.gz");
const one = JSON.parse(cases[11] as string) as EpochSnapshot;
const expected = records<Record<string, unknown>>("epoch-small.results.jsonl.gz")[11] as Record<string, unknown>;

/** A snapshot that only the run finds wrong. */
function overflowing(): Uint8Array {
  const alphaStake = one.alphaStake.map(() => "9223372036854775807");
  return encodeSnapshot({ ...one, alphaStake, stakeThreshold: "0" });
}

it("JSON → snapshot → result, through files and through pipes", () => {
  writeFileSync(path("one.json"), JSON.stringify(one));
  expect(yuma([path("one.json"), "--to-binary", path("snap.bin")]).status).toBe(0);
  expect(readFileSync(path("snap.bin")).equals(encodeSnapshot(one))).toBe(true);
  expect(yuma(["--from-binary", path("snap.bin"), "--to-binary", path("result.bin")]).status).toBe(0);
  expect(readFileSync(path("result.bin")).equals(encodeResult(revive(expected)))).toBe(true);
  const piped = yuma(["-", "--to-binary", "-"], Buffer.from(JSON.stringify(one)));
  expect(piped.stdout.equals(readFileSync(path("snap.bin")))).toBe(true);
  const answer = yuma(["--from-binary", "-", "--to-binary", "-"], piped.stdout);
  expect(answer.stdout.equals(readFileSync(path("result.bin")))).toBe(true);
});

it("2,400 lines → a stream of snapshots → a stream of results, or lines again", () => {
  const { snapshots, results } = vectorExchange("epoch-small");
  const stream = yuma(["-", "--jsonl", "--to-binary", "-"], Buffer.from(cases.join("\n"))).stdout;
  expect(stream.equals(snapshots)).toBe(true);
  expect(yuma(["--from-binary", "-", "--to-binary", "-"], stream).stdout.equals(results)).toBe(true);
  const printed = yuma(["--from-binary", "-", "--jsonl"], stream).stdout.toString().trim().split("\n");
  const { name: _, ...values } = expected;
  expect([printed.length, JSON.parse(printed[11] as string)]).toEqual([2400, values]);
});

it("matrices are asked for by --trace, at either end", () => {
  const asked = yuma(["-", "--to-binary", "-", "--trace"], Buffer.from(JSON.stringify(one))).stdout;
  expect(asked.equals(encodeSnapshot(one, { matrices: true }))).toBe(true);
  const traced = yuma(["--from-binary", "-", "--to-binary", "-"], asked).stdout;
  const late = yuma(["--from-binary", "-", "--to-binary", "-", "--trace"], encodeSnapshot(one)).stdout;
  expect(traced.equals(late)).toBe(true);
  expect(traced.length).toBeGreaterThan(encodeResult(revive(expected)).length);
});

it("entries take no memory but their bytes: two million of them in a heap no pairs would fit in", () => {
  const n = 1024;
  const each = <T>(value: T) => Array.from({ length: n }, () => value);
  const rows = each(new PackedRow(Uint16Array.from({ length: 2 * n }, (_, k) => (k % 2 === 0 ? k / 2 : 65_535 - k))));
  const amounts = each("1000000000");
  const arrays = { lastUpdate: each("1"), blockAtRegistration: each("0"), alphaStake: amounts, taoStake: amounts };
  const more = { n, ...arrays, validatorPermit: each(true), commitBlocks: null, previousConsensus: null };
  const stream = encodeSnapshot({ ...one, ...more, ownerUid: null, weights: rows, bonds: rows } as never);
  const words = ["--max-old-space-size=80", `${ROOT}dist/host/cli/main.js`, "epoch", "--from-binary", "-"];
  const ran = run(process.execPath, [...words, "--to-binary", "-"], stream);
  expect([ran.status, ran.stderr]).toEqual([0, ""]);
  expect(ran.stdout.readUInt32LE(20)).toBe(n);
}, 60_000);

it("one binary snapshot is shown as a JSON one is", () => {
  const table = yuma(["--from-binary", "-", "--sort", "stake", "--limit", "2"], encodeSnapshot(one));
  expect(table.status).toBe(0);
  expect(table.stdout.toString()).toContain("incentive");
  const document = JSON.parse(yuma(["--from-binary", "-", "--json"], encodeSnapshot(one)).stdout.toString());
  expect(document.emission).toEqual(expected.emission);
});

it.each([
  ["garbage", ["--from-binary", "-"], Buffer.from("not binary at all"), "no binary snapshot"],
  ["nothing", ["--from-binary", "-"], Buffer.alloc(0), "no snapshot"],
  ["half of it", ["--from-binary", "-", "--to-binary", "-"], encodeSnapshot(one).subarray(0, 200), "only 200"],
  ["two for one table", ["--from-binary", "-"], Buffer.concat([encodeSnapshot(one), encodeSnapshot(one)]), "--jsonl"],
  ["stakes no chain holds", ["--from-binary", "-", "--jsonl"], overflowing(), "Snapshot 1 at byte 0: "],
  ["JSON and bytes", ["-", "--json", "--to-binary", "-"], Buffer.from("{}"), "--json"],
  ["mechanisms", ["-", "--to-binary", "-"], Buffer.from('{"mechanisms": []}'), "mechanism"],
  ["nowhere to write", ["-", "--to-binary", "/no/such/place"], Buffer.from(JSON.stringify(one)), "cannot be written"],
])("%s: exit code 2, one sentence, no bytes", (_, words, input, sentence) => {
  const ran = yuma(words, input);
  expect(ran.status).toBe(2);
  expect(ran.stderr).toMatch(/^yuma: [^\n]+\n$/);
  expect(ran.stderr).toContain(sentence);
  if (!words.includes("--json")) expect(ran.stdout.length).toBe(0);
});

it("a line that is refused is told by its number", () => {
  const told = (line: string) => {
    const ran = yuma(["-", "--jsonl", "--to-binary", "-"], Buffer.from(`${cases[0]}\n\n${line}\n`));
    expect([ran.status, ran.stdout.length]).toEqual([2, 0]);
    return ran.stderr;
  };
  expect(told('{"n": 1}')).toBe("yuma: Line 3: lastUpdate is missing.\n");
  expect(told("{")).toMatch(/^yuma: Line 3: This line is not JSON: [^\n]+\n$/);
});
