/** `yuma weights` with --netuid: what a node says, taken for what a file would. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commitHash } from "../host/index.js";
import { NETUID, type Published, publishedEpochs } from "./support/chain/epochs.js";
import { answering, type ServedNode, serve } from "./support/chain/node.js";
import { hotkeyOf } from "./support/chain/states.js";
import { addressOf, nodeAhead, nodeBefore, storeWeightState } from "./support/chain/weightStates.js";
import { requireBuild, yuma, yumaBeside } from "./support/command.js";
import { plain } from "./support/plain.js";
import { goodState } from "./support/weightState.js";

requireBuild();

describe("yuma weights with --netuid", () => {
  const state = goodState();
  const ahead = publishedEpochs("epoch-subnet")[1] as Published;
  const [input] = ahead;
  const folder = mkdtempSync(join(tmpdir(), "yuma-chain-weights-"));
  const file = join(folder, "state.json");
  writeFileSync(file, JSON.stringify(plain(state)));
  let calls: ServedNode;
  let epochs: ServedNode;
  let silent: ServedNode;
  beforeAll(async () => {
    calls = await serve(answering(nodeBefore(state.currentBlock, storeWeightState(state))));
    epochs = await serve(answering(nodeAhead(ahead, 3)));
    silent = await serve(() => null);
  });
  afterAll(async () => {
    for (const node of [calls, epochs, silent]) await node.close();
    rmSync(folder, { recursive: true });
  });
  const row = ["--weights", "3:5,4:10"];
  const live = (verb: string, ...more: string[]) =>
    yumaBeside(["weights", verb, "--netuid", "7", "--endpoint", calls.ws, ...row, ...more]);
  const SOURCE = { network: "custom", netuid: 7, mechid: 0, block: 9_999, specVersion: 425 };

  test("check says what the file would make it say", async () => {
    for (const who of [addressOf(1), `0x${hotkeyOf(1)}`]) {
      const run = await live("check", "--hotkey", who, "--json");
      expect(run.code, run.err).toBe(0);
      const { source, ...told } = JSON.parse(run.out);
      expect(source).toMatchObject(SOURCE);
      expect(told).toEqual(JSON.parse(yuma(["weights", "check", file, "--uid", "1", ...row, "--json"]).out));
    }
    const people = await live("check", "--uid", "1", "--set", "minAllowedWeights=4");
    expect(people.code).toBe(1);
    expect(people.out).toMatch(
      /^custom subnet 7, state after block 9,999 \(spec 425\)\nset_weights by uid 1: refused, W/,
    );
  });

  test("a hotkey that is not registered", async () => {
    const run = await live("check", "--hotkey", addressOf(9));
    expect(run.code).toBe(1);
    expect(run.out).toContain("set_weights by a hotkey without uid: refused, HotKeyNotRegisteredInSubNet");
  });

  test("commit hashes with the hotkey of the chain", async () => {
    const run = await live("commit", "--uid", "1", "--salt", "1,2", "--set", "commitRevealEnabled=true", "--json");
    const told = JSON.parse(run.out);
    expect([run.code, told.accepted]).toEqual([0, true]);
    const hotkey = `0x${hotkeyOf(1)}`;
    expect(told.hash).toBe(
      commitHash({ hotkey, netuid: 7, mechid: 0, uids: [3, 4], values: [5, 10], salt: [1, 2], versionKey: 5n }),
    );
    const given = [
      "weights",
      "commit",
      file,
      "--uid",
      "1",
      "--salt",
      "1,2",
      "--hotkey",
      addressOf(1),
      ...row,
      "--json",
    ];
    expect(JSON.parse(yuma(given).out).hash).toBe(told.hash);
  });

  test("whatif runs the epoch to come", async () => {
    const uid = input.validatorPermit.indexOf(true);
    const more = ["--netuid", String(NETUID), "--hotkey", addressOf(uid), "--endpoint", epochs.http, ...row, "--json"];
    const run = await yumaBeside(["weights", "whatif", ...more]);
    expect(run.code, run.err).toBe(0);
    const { source, name, ...told } = JSON.parse(run.out);
    expect(name).toBe(`custom subnet ${NETUID}, the epoch due in block ${input.currentBlock}`);
    expect(source.block).toBe(input.currentBlock - 3);
    const snapshot = join(folder, "snapshot.json");
    const { mechanisms, mechanismCount, split, ...shared } = input;
    writeFileSync(snapshot, JSON.stringify({ ...shared, ...mechanisms[0] }));
    const { name: _, ...byFile } = JSON.parse(
      yuma(["weights", "whatif", snapshot, "--uid", String(uid), ...row, "--json"]).out,
    );
    expect(told).toEqual(byFile);
    const stranger = await yumaBeside(["weights", "whatif", ...more, "--hotkey", addressOf(9999)]);
    expect([stranger.code, JSON.parse(stranger.out).error.code]).toEqual([2, "BAD_UID"]);
  });

  test("usage, and a network that fails", async () => {
    const refused = async (args: string[]) => {
      const run = await yumaBeside(["weights", "check", ...args, ...row, "--json"]);
      return [run.code, JSON.parse(run.out).error.code];
    };
    const netuid = ["--netuid", "7"];
    expect(await refused([...netuid])).toEqual([2, "USAGE"]);
    expect(await refused([...netuid, "--uid", "1", "--hotkey", addressOf(1)])).toEqual([2, "USAGE"]);
    expect(await refused([file, ...netuid, "--uid", "1"])).toEqual([2, "USAGE"]);
    expect(await refused(["--uid", "1"])).toEqual([2, "USAGE"]);
    expect(await refused([file])).toEqual([2, "USAGE"]);
    expect(await refused([...netuid, "--hotkey", "nobody"])).toEqual([2, "BAD_VALUE"]);
    expect(await refused([...netuid, "--uid", "1", "--endpoint", "http://127.0.0.1:1"])).toEqual([10, "NETWORK"]);
    expect(await refused([...netuid, "--uid", "1", "--endpoint", silent.ws, "--timeout", "1"])).toEqual([
      15,
      "TIMEOUT",
    ]);
  }, 60_000);
});
