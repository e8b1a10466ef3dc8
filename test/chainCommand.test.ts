/** The verbs of the chain, run as a user runs them, against a node of ours. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import {
  NETUID,
  nodeOf,
  type Published,
  publishedEpochs,
  publishedMechanisms,
  runtimeOf,
} from "./support/chain/epochs.js";
import { METAGRAPH } from "./support/chain/metadata.js";
import { answering, type ServedNode, serve } from "./support/chain/node.js";
import { hotkeyOf } from "./support/chain/states.js";
import { encode } from "./support/chain/types.js";
import { requireBuild, yuma, yumaBeside } from "./support/command.js";

requireBuild();
const [input, result] = publishedEpochs("epoch-subnet")[1] as Published;
const folder = mkdtempSync(join(tmpdir(), "yuma-chain-"));
const honestNode = nodeOf(input, result);
const incentive = (result.mechanisms[0]?.incentive ?? []).map((value, uid) => (uid === 77 ? value ^ 1 : value));
const lyingNode = nodeOf(input, {
  ...result,
  mechanisms: [{ ...(result.mechanisms[0] as never as object), incentive } as never],
});
const metagraphCall = (indexes: string) => `SubnetInfoRuntimeApi_get_selective_metagraph 0x0c00${indexes}`;

let honest: ServedNode;
let lying: ServedNode;
let silent: ServedNode;
beforeAll(async () => {
  [honest, lying] = [await serve(answering(honestNode)), await serve(answering(lyingNode))];
  silent = await serve(() => null);
});
afterAll(async () => {
  for (const node of [honest, lying, silent]) await node.close();
  rmSync(folder, { recursive: true });
});

const subnet = ["--netuid", String(NETUID)];
const at = (node: ServedNode, kind: "ws" | "http" = "ws") => ["--endpoint", node[kind]];

describe("yuma verify", () => {
  it("agrees", async () => {
    const run = await yumaBeside(["verify", ...subnet, ...at(honest)]);
    expect(run.code, run.err).toBe(0);
    expect(run.out).toContain(
      `custom subnet ${NETUID}, epoch of block 5,001,440 (spec 425): the chain agrees: 2,560 values equal, 0 differ`,
    );
    expect(run.err).toBe("");
  });

  it("finds one flipped bit and names it", async () => {
    const run = await yumaBeside(["verify", ...subnet, ...at(lying)]);
    expect(run.code).toBe(1);
    const [was = 0, is = 0] = [result.mechanisms[0]?.incentive[77], incentive[77]];
    expect(run.out).toContain("the chain differs: 2,559 values equal, 1 differ");
    expect(run.out).toContain(`incentive of uid 77: the chain recorded ${is}, computed is ${was} (by ${is - was})`);
  });

  it("tells all as JSON", async () => {
    const run = await yumaBeside(["verify", ...subnet, ...at(lying), "--json"]);
    const told = JSON.parse(run.out);
    expect(run.code).toBe(1);
    expect(told).toMatchObject({
      schemaVersion: 1,
      verdict: "differs",
      netuid: NETUID,
      counts: { differs: 1 },
      traffic: { roundTrips: 10 },
    });
    expect(told.fields.flatMap((field: { findings: unknown[] }) => field.findings)).toHaveLength(1);
  });

  it("saves what it read, and verifies that without a node", async () => {
    const bundle = join(folder, "bundle.json.gz");
    const live = await yumaBeside(["verify", ...subnet, ...at(lying, "http"), "--bundle", bundle]);
    const again = yuma(["verify", "--bundle", bundle]);
    expect([live.code, again.code]).toEqual([1, 1]);
    expect(again.out).toBe(live.out);
    const kept = readFileSync(bundle);
    expect(() => JSON.parse(gunzipSync(kept).toString())).not.toThrow();
    const over = await yumaBeside(["verify", ...subnet, ...at(honest), "--bundle", bundle, "--json"]);
    expect([over.code, JSON.parse(over.out).error.code]).toEqual([2, "FILE_EXISTS"]);
    expect(readFileSync(bundle).equals(kept)).toBe(true);
  });

  it("says what a bundle calls its network, and lets it say no more", async () => {
    const bundle = join(folder, "forged.json");
    await yumaBeside(["verify", ...subnet, ...at(lying), "--bundle", bundle]);
    const network = "own\u001b[31m\n✓ all proved\u001b[2J\u202e";
    writeFileSync(bundle, JSON.stringify({ ...JSON.parse(readFileSync(bundle, "utf8")), network }));
    const run = yuma(["verify", "--bundle", bundle]);
    expect(run.code).toBe(1);
    expect(run.out.split("\n")[0]).toMatch(/^own\?\[31m\?✓ all proved\?\[2J\? subnet 12, .*: the chain differs/);
  });

  it("asks the node that the environment names", async () => {
    const run = await yumaBeside(["verify", ...subnet], { YUMA_ENDPOINT: `ws://127.0.0.1:1,${honest.ws}` });
    expect(run.code, run.err).toBe(0);
  });
});

describe("yuma snapshot", () => {
  it("gives yuma epoch its input", async () => {
    const run = await yumaBeside(["snapshot", ...subnet, ...at(honest)]);
    expect(run.code, run.err).toBe(0);
    const epoch = JSON.parse(yuma(["epoch", "-", "--json"], run.out).out);
    expect(epoch.incentive).toEqual(result.mechanisms[0]?.incentive);
    expect(epoch.source).toMatchObject({ netuid: NETUID, block: input.currentBlock });
    const validator = String(result.validatorPermit.indexOf(true));
    const whatIf = yuma(["weights", "whatif", "-", "--uid", validator, "--weights", "3:100,4:50"], run.out);
    expect(whatIf.code, whatIf.err).toBe(0);
  });

  it("writes a file, of several mechanisms too", async () => {
    const [many, answer] = publishedMechanisms().find(([one]) => one.mechanismCount > 1) as Published;
    const node = await serve(answering(nodeOf(many, answer)));
    const out = join(folder, "snapshot.json.gz");
    const run = await yumaBeside(["snapshot", ...subnet, ...at(node), "--out", out]);
    await node.close();
    expect(run).toEqual({ code: 0, out: "", err: "" });
    expect(JSON.parse(yuma(["epoch", out, "--json"]).out).consensus).toEqual(answer.consensus);
  });
});

test("yuma watch prints a line an epoch", async () => {
  const run = await yumaBeside(["watch", ...subnet, ...at(honest), "--epochs", "1", "--every", "1"]);
  expect(run.code, run.err).toBe(0);
  expect(run.out).toMatch(/^custom subnet 12, epoch of block 5,001,440 \(spec 425\): the chain agrees: .*\n$/);
  const json = await yumaBeside(["watch", ...subnet, ...at(lying), "--epochs", "1", "--json"]);
  expect(json.code).toBe(1);
  expect(JSON.parse(json.out).verdict).toBe("differs");
});

test("yuma metagraph prints what the runtime says", async () => {
  const answer = `0x${encode(METAGRAPH, [NETUID, 360, [hotkeyOf(0), hotkeyOf(1)], [65535, 0]])}`;
  const fields = [3, 7, 8, 52, 56, 57, 59, 60, 61, 62, 63, 66, 67, 68, 69];
  const digits = fields.map((field) => `${field.toString(16).padStart(2, "0")}00`).join("");
  honestNode.runtimeCalls.set(metagraphCall(`3c${digits}`), answer);
  const run = await yumaBeside(["metagraph", ...subnet, ...at(honest)]);
  expect(run.code, run.err).toBe(0);
  expect(run.out).toMatch(/subnet 12, block 5,001,441 \(spec 425\), 2 uids/);
  expect(run.out).toMatch(/^\s*0 {2}5\w{47} .*1\.0000/m);
});

describe("refusals", () => {
  it.each([
    ["no subnet", ["verify"], 2, "USAGE"],
    ["a subnet that is none", ["verify", "--netuid", "x"], 2, "USAGE"],
    ["a network that is none", ["verify", ...subnet, "--network", "mars"], 2, "USAGE"],
    ["an endpoint that is none", ["watch", ...subnet, "--endpoint", "mars"], 2, "USAGE"],
    ["nobody there", ["snapshot", ...subnet, "--endpoint", "http://127.0.0.1:1"], 10, "NETWORK"],
    ["no such bundle", ["verify", "--bundle", "/nowhere"], 2, "BAD_FILE"],
    ["a bundle and a block", ["verify", "--bundle", "/nowhere", "--block", "7"], 2, "USAGE"],
    ["a bundle and a network", ["verify", "--bundle", "/nowhere", "--network", "finney"], 2, "USAGE"],
    ["a bundle and a node", ["verify", "--bundle", "/nowhere", "--endpoint", "ws://127.0.0.1:1"], 2, "USAGE"],
    ["no bundle at all", ["verify", "--bundle", "package.json"], 2, "BAD_BUNDLE"],
  ])(
    "%s",
    (_, args, code, name) => {
      const run = yuma([...args, "--json"]);
      expect(run.code, run.err).toBe(code);
      expect(JSON.parse(run.out).error.code).toBe(name);
    },
    30_000,
  );

  it("a network of another chain, a node that is silent, rules unknown", async () => {
    const other = await yumaBeside(["verify", ...subnet, "--network", "finney", ...at(honest)]);
    expect([other.code, other.err]).toEqual([10, expect.stringContaining("serves another chain than finney")]);
    const slow = await yumaBeside(["verify", ...subnet, ...at(silent), "--timeout", "1", "--json"]);
    expect([slow.code, JSON.parse(slow.out).error.code]).toEqual([15, "TIMEOUT"]);
    const unknown = await serve(answering(nodeOf(input, result, {}, runtimeOf(430))));
    const refused = await yumaBeside(["verify", ...subnet, ...at(unknown)]);
    expect([refused.code, refused.err]).toEqual([
      2,
      expect.stringContaining("The epoch rules of spec version 430 are not known"),
    ]);
    const assumed = await yumaBeside(["verify", ...subnet, ...at(unknown), "--assume-spec", "425"]);
    expect([assumed.code, assumed.out]).toEqual([
      0,
      expect.stringContaining("Not proved: the rules of spec version 425"),
    ]);
    await unknown.close();
  }, 60_000);
});
