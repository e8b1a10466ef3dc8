/** `yuma weights`: what it prints, what it exits with, and what it refuses. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { commitHash } from "../host/api/weights/commitHash.js";
import { requireBuild, yuma } from "./support/command.js";
import { validSnapshot } from "./support/snapshots.js";
import { lines } from "./support/vectors.js";

requireBuild();
const folder = mkdtempSync(join(tmpdir(), "yuma-weights-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
};

const SUBNET = { netuid: 7, minAllowedWeights: 1, weightsVersionKey: "3", weightsSetRateLimit: 100 };
const EPOCHS = { subnetEpochIndex: 12, lastEpochBlock: 800, revealPeriodEpochs: 1, commits: [] };
const state = file("state.json", validSnapshot({ ...SUBNET, ...EPOCHS }));
const snapshot = file("snapshot.json", validSnapshot());
const row = ["--weights", "2:5,0:10"];
const HOTKEY = `0x${"0f".repeat(32)}`;

describe("check", () => {
  test("accepted: every rule ticked, the row as it is stored, exit code 0", () => {
    const { code, out, err } = yuma(["weights", "check", state, "--uid", "1", ...row]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^set_weights by uid 1: accepted\n/);
    expect(out.match(/^✓/gm)).toHaveLength(14);
    expect(out).toMatch(/^pool {3}lets it through\nstored row 2:32768,0:65535; last update 1,000\n$/m);
  });

  test("refused: the first failing rule, those after it unreached, exit code 1", () => {
    const { code, out, err } = yuma(["weights", "check", state, "--uid", "1", "--weights", "2:5,2:10"]);
    expect([code, err]).toEqual([1, ""]);
    expect(out).toMatch(/^set_weights by uid 1: refused, DuplicateUids\n/);
    expect(out.match(/^✗/gm)).toHaveLength(1);
    expect(out).toMatch(/^✗ {2}DuplicateUids +uid 2 is\n·.*\n·.*\n·/m);
    expect(out).toContain("stored nothing");
  });

  test("fields and the version key by options; what the pool says first", () => {
    const more = ["--set", "weightsSetRateLimit=101", "--version-key", "2", "--json"];
    const { code, out } = yuma(["weights", "check", state, "--uid", "1", ...row, ...more]);
    const { schemaVersion, call, accepted, error, pool, effect } = JSON.parse(out);
    expect([code, schemaVersion, accepted, error, effect]).toEqual([1, 1, false, "IncorrectWeightVersionKey", null]);
    expect([call.versionKey, pool.error, pool.code]).toEqual(["2", "SettingWeightsTooFast", 6]);
  });

  test.each([
    [
      "pairs",
      [
        [2, 5],
        [0, 10],
      ],
    ],
    ["two lists", { uids: [2, 0], values: [5, 10] }],
  ])("weights from a file of %s", (name, weights) => {
    const path = file(`${name}.json`, weights);
    const args = (given: string) => ["weights", "check", state, "--uid", "1", "--weights", given, "--json"];
    expect(yuma(args(path)).out).toBe(yuma(args("2:5,0:10")).out);
  });
});

describe("commit", () => {
  const args = ["weights", "commit", state, "--uid", "1", ...row, "--salt", "1,2,3", "--hotkey", HOTKEY];

  test("the hash, the window and the verdict", () => {
    const on = [...args, "--set", "commitRevealEnabled=true"];
    const commit = { hotkey: HOTKEY, netuid: 7, uids: [2, 0], values: [5, 10], salt: [1, 2, 3], versionKey: 3n };
    const hash = commitHash(commit);
    const { code, out } = yuma(on);
    expect(code).toBe(0);
    expect(out).toContain(`hash   ${hash}\nreveal in epoch 13, from block 1,160 to 1,519 by the present schedule\n`);
    const json = JSON.parse(yuma([...on, "--json"]).out);
    expect([json.hash, json.window.opensAtBlock, json.effect.commits[0].hash]).toEqual([hash, "1160", hash]);
    const elsewhere = JSON.parse(yuma([...on, "--json", "--set", "mechid=1", "--set", "mechanismCount=2"]).out);
    expect(elsewhere.hash).toBe(commitHash({ ...commit, mechid: 1 }));
  });

  test("where commit-reveal is off the chain refuses it", () => {
    const { code, out } = yuma(args);
    expect([code, out.split("\n")[0]]).toEqual([1, "commit_weights by uid 1: refused, CommitRevealDisabled"]);
  });
});

describe("whatif", () => {
  test("before and after, from a plain snapshot", () => {
    const { code, out, err } = yuma(["weights", "whatif", snapshot, "--uid", "1", ...row]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^Uid 1 of by hand with other weights: 1 other uid changes\n\nstored 2:32768,0:65535\n/);
    expect(out).toMatch(/^ {2}1 {2}vtrust +0\.49999 +0\.33333 +-0\.16666$/m);
    expect(out).toMatch(/^ {2}0 {2}emission \(alpha\) +[\d.]+ +[\d.]+ +\+[\d.]+$/m);
  });

  test("as JSON, the numbers in full", () => {
    const {
      own,
      others,
      row: stored,
    } = JSON.parse(yuma(["weights", "whatif", snapshot, "--uid", "1", ...row, "--json"]).out);
    const { before, after, difference } = own.emission;
    expect(BigInt(after) - BigInt(before)).toBe(BigInt(difference));
    expect([stored, others.map((each: { uid: number }) => each.uid)]).toEqual([
      [
        [2, 32768],
        [0, 65535],
      ],
      [0],
    ]);
  });
});

describe("refusals exit with 2", () => {
  const check = ["weights", "check", state, "--uid", "1"];
  const commit = ["weights", "commit", state, "--uid", "1", ...row];
  test.each<[string, string[], string]>([
    ["a state that lacks a field", ["weights", "check", snapshot, "--uid", "1", ...row], "MISSING_FIELD"],
    ["a uid outside", ["weights", "check", state, "--uid", "3", ...row], "BAD_UID"],
    ["a uid that is none", ["weights", "check", state, "--uid", "x", ...row], "USAGE"],
    ["weights that are none", [...check, "--weights", "1:2,3"], "USAGE"],
    ["a value below zero", [...check, "--weights", "3:-1"], "USAGE"],
    ["a value that is no whole number", [...check, "--weights", "3:1.5"], "USAGE"],
    ["pairs of words", [...check, "--weights", "a:b"], "USAGE"],
    ["a value of 17 bits", [...check, "--weights", "1:65536"], "BAD_VALUE"],
    ["a file that is not there", [...check, "--weights", join(folder, "nope.json")], "BAD_FILE"],
    ["a file of something else", [...check, "--weights", file("else.json", [1, 2])], "BAD_VALUE"],
    ["a setting without a value", [...check, ...row, "--set", "tempo"], "USAGE"],
    ["a setting of no field", [...check, ...row, "--set", "foo=1"], "UNKNOWN_FIELD"],
    ["a misspelt setting", [...check, ...row, "--set", "Tempo=1"], "UNKNOWN_FIELD"],
    [
      "a setting of a state's field where an epoch is asked for",
      ["weights", "whatif", snapshot, "--uid", "1", ...row, "--set", "weightsSetRateLimit=1"],
      "UNKNOWN_FIELD",
    ],
    ["a setting out of range", [...check, ...row, "--set", "netuid=5000"], "BAD_VALUE"],
    ["no hotkey", [...commit, "--salt", "1"], "USAGE"],
    ["a salt that is none", [...commit, "--salt", "1,x", "--hotkey", HOTKEY], "USAGE"],
    ["no salt", [...commit, "--hotkey", HOTKEY], "USAGE"],
    ["a part that is not there", ["weights", "nope"], "USAGE"],
    ["a target outside", ["weights", "whatif", snapshot, "--uid", "1", "--weights", "9:1"], "BAD_UID"],
  ])("%s", (_name, args, code) => {
    const { code: exit, out, err } = yuma([...args, "--json"]);
    expect([exit, JSON.parse(out).error.code]).toEqual([2, code]);
    expect(err).toMatch(/^yuma: [^\n]+[.?]\n$/);
  });
});

test("conform weights answers the published cases, and bad lines by an error", () => {
  const cases = lines("weights.cases.jsonl.gz");
  const { code, out } = yuma(["conform", "weights"], cases.join("\n"));
  expect([code, out]).toEqual([0, `${lines("weights.results.jsonl.gz").join("\n")}\n`]);
  const bad = [
    '{"op":"max_upscale"}',
    '{"op":"toString"}',
    '{"op":"max_upscale_fixed","values":["9223372036854775808"]}',
  ];
  const refused = yuma(["conform", "weights"], bad.join("\n"));
  const codes = refused.out.trim().split("\n");
  expect([refused.code, codes.map((line) => JSON.parse(line).error.code)]).toEqual([
    2,
    ["MISSING_FIELD", "BAD_VALUE", "BAD_VALUE"],
  ]);
});
