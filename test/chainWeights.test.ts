/** What weight calls and the epoch to come read off a node: the very states that were stored. */
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { hexOfAccount, readAccount } from "../host/chain/account.js";
import { nextEpochSnapshot } from "../host/chain/nextEpoch.js";
import { uidOfHotkey, weightsState } from "../host/chain/weights.js";
import { epoch } from "../host/index.js";
import type { TwinState } from "./oracle/weightCalls.js";
import { partsByText } from "./support/chain/emissionStates.js";
import {
  clientOf,
  NETUID,
  nodeOf,
  type Published,
  publishedEpochs,
  publishedMechanisms,
  runtimeOf,
} from "./support/chain/epochs.js";
import { keyOf, prefixOf, put, scaleOf } from "./support/chain/items.js";
import { type RawState, TestNode } from "./support/chain/node.js";
import { hotkeyOf } from "./support/chain/states.js";
import { addressOf, nodeAhead, nodeBefore, storeWeightState } from "./support/chain/weightStates.js";
import { plain } from "./support/plain.js";
import { refusalOf, rejectionOf } from "./support/refusal.js";
import { anyState, goodState } from "./support/weightState.js";

const HASHES = [`0x${"12".repeat(32)}`, `0x${"ab".repeat(32)}`];

describe("weightsState", () => {
  const byUid = (state: TwinState) => ({ ...state, commits: [...state.commits].sort((a, b) => a.uid - b.uid) });
  const readBack = async (state: TwinState) => {
    const { hotkeys, source, commitRevealVersion, ...read } = await weightsState(
      clientOf(nodeBefore(state.currentBlock, storeWeightState(state))),
      state.netuid,
      { mechid: state.mechid },
    );
    expect(commitRevealVersion).toBe(4);
    expect(hotkeys).toEqual(state.lastUpdate.map((_, uid) => addressOf(uid)));
    expect(source).toMatchObject({ netuid: state.netuid, block: Number(state.currentBlock) - 1, specVersion: 425 });
    return read;
  };

  it("is the state that was stored, whatever it is", async () => {
    // Block 0 and 1 have no block before them; on the root, alpha and TAO are one entry.
    const storable = anyState(HASHES).map((state) => ({
      ...state,
      netuid: 7,
      currentBlock: state.currentBlock < 3n ? 3n : state.currentBlock,
    }));
    const property = fc.asyncProperty(storable, async (state) => {
      expect(await readBack(state)).toEqual(byUid(state));
    });
    await fc.assert(property, { numRuns: Number(process.env.FC_RUNS ?? 60), seed: Number(process.env.FC_SEED ?? 5) });
  });

  it("of an earlier block, of vectors that end too soon, of a chain without a beacon", async () => {
    const state = goodState();
    const raw = storeWeightState(state);
    const node = nodeBefore(state.currentBlock, raw);
    const later: RawState = new Map(raw);
    put(later, "LastUpdate", [7], [1n]);
    put(later, "ValidatorPermit", [7], [true]);
    later.delete(`0x${prefixOf("Drand", "LastStoredRound")}`);
    node.add(Number(state.currentBlock), later, runtimeOf(425));
    const client = clientOf(node);
    const now = await weightsState(client, 7);
    expect(now).toMatchObject({ currentBlock: 10_001n, lastUpdate: [1n, 0n, 0n, 0n, 0n], lastStoredRound: 0n });
    expect(now.validatorPermit).toEqual([true, false, false, false, false]);
    expect(await weightsState(client, 7, { block: 9_999 })).toMatchObject(state);
  });

  it("knows uids by hotkey", async () => {
    const state = await weightsState(clientOf(nodeBefore(10_000n, storeWeightState(goodState()))), 7);
    expect(uidOfHotkey(state, addressOf(3))).toBe(3);
    expect(uidOfHotkey(state, `0x${hotkeyOf(3).toUpperCase()}`)).toBe(3);
    expect(uidOfHotkey(state, addressOf(9))).toBeNull();
    expect(() => uidOfHotkey(state, addressOf(3).slice(1))).toThrow("hotkey must be an ss58 address");
    const none = undefined as never;
    const refusals: [() => unknown, string][] = [
      [() => uidOfHotkey(none, addressOf(3)), "state must be a JSON object, not undefined."],
      [() => uidOfHotkey({ hotkeys: none }, addressOf(3)), "hotkeys must be an array, not undefined."],
      [() => uidOfHotkey(state, none), "hotkey is missing."],
      [() => hexOfAccount(`${addressOf(3)}x`), "account must be an ss58 address, not "],
      [() => readAccount("signer", "5x"), "signer must be an ss58 address, or 0x and 64 hex digits, not "],
      [() => readAccount(addressOf(3), none), "readAccount must be given a field's name and then the account, not "],
    ];
    for (const [work, sentence] of refusals) expect(refusalOf(work).message).toContain(sentence);
  });

  it("takes few round trips", async () => {
    const client = clientOf(nodeBefore(10_000n, storeWeightState(goodState())));
    await weightsState(client, 7);
    expect(client.traffic.roundTrips).toBe(8);
  });

  it("refuses what it cannot read", async () => {
    const state = goodState();
    const node = nodeBefore(state.currentBlock, storeWeightState(state));
    const codeOf = async (work: Promise<unknown>) => (await rejectionOf(work)).code;
    expect(await codeOf(weightsState(clientOf(node), 8))).toBe("NO_BLOCK");
    expect(await codeOf(weightsState(clientOf(node), 7, { block: 77 }))).toBe("NO_BLOCK");
    const [, , top] = node.blocks;
    const unknown = new TestNode();
    unknown.add(0, new Map(), runtimeOf(430));
    unknown.add(9_999, top?.state as RawState, runtimeOf(430));
    expect(await codeOf(weightsState(clientOf(unknown), 7))).toBe("UNKNOWN_RULES");
    expect(await weightsState(clientOf(unknown), 7, { assumeSpec: 425 })).toMatchObject(state);
    node.prunedBelow = 20_000;
    expect(await codeOf(weightsState(clientOf(node), 7))).toBe("PRUNED_STATE");
  });
});

/** What a snapshot holds, less what a test's case calls its own. */
function withoutNames(snapshot: object): unknown {
  const { name, schemaVersion, source, hotkeys, rules, mechanismCount, split, mechanisms, ...rest } =
    snapshot as Record<string, unknown>;
  return JSON.parse(JSON.stringify(plain(rest)), (_key, value) =>
    typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value,
  );
}

describe("nextEpochSnapshot", () => {
  const [small, subnet] = [publishedEpochs("epoch-small"), publishedEpochs("epoch-subnet").slice(0, 2)];
  // With a tempo below 2 the epoch would be due before.
  const due = small.filter(([{ tempo, currentBlock }]) => tempo > 1 && currentBlock > tempo + 2);
  const dueLater = [...due.filter((_, i) => i % 8 === 0), ...subnet];

  it("is the input of the epoch that follows, if nothing happens", async () => {
    for (const one of dueLater) {
      const [input, result] = one;
      const snapshot = await nextEpochSnapshot(clientOf(nodeAhead(one, 2)), NETUID);
      // Where commit-reveal is off, nobody asks for commits; where it is on, nobody's are a list of none.
      const given = input.mechanisms[0]?.commitBlocks ?? Array.from({ length: input.n }, () => null);
      const wanted = { ...input, commitBlocks: input.commitRevealEnabled ? given : null };
      expect(withoutNames(snapshot), input.name).toEqual(withoutNames(wanted));
      expect(epoch(snapshot).incentive).toEqual(result.mechanisms[0]?.incentive);
    }
    expect(dueLater.length).toBeGreaterThan(5);
  });

  const atMost64Bits = (sum: bigint) => (sum < 1n << 64n ? sum : (1n << 64n) - 1n);
  it("counts what the blocks to come will add", async () => {
    let eligible = 0;
    for (const one of due.filter((_, i) => i % 4 === 0)) {
      const [{ raoEmission, taoWeight, tempo, currentBlock, name }] = one;
      const parts = partsByText(BigInt(taoWeight));
      const each = parts.server + parts.validator;
      if (BigInt(raoEmission) < each || tempo < 5 || currentBlock < tempo + 5) continue;
      const snapshot = await nextEpochSnapshot(clientOf(nodeAhead(one, 4, { eligible: true })), NETUID);
      expect(snapshot.raoEmission, name).toBe(atMost64Bits(BigInt(raoEmission) + 3n * each));
      eligible++;
    }
    expect(eligible).toBeGreaterThan(5);
  });

  it("of one of several mechanisms, with its share", async () => {
    const many = publishedMechanisms().find(([{ mechanismCount, tempo, currentBlock }]) => {
      return mechanismCount > 1 && tempo > 2 && currentBlock > tempo + 2;
    }) as Published;
    const [input, result] = many;
    for (const [mechid, { incentive }] of result.mechanisms.entries()) {
      const snapshot = await nextEpochSnapshot(clientOf(nodeAhead(many, 1)), NETUID, { mechid });
      expect(epoch(snapshot).incentive).toEqual(incentive);
    }
    const beyond = nextEpochSnapshot(clientOf(nodeAhead(many, 1)), NETUID, { mechid: input.mechanismCount });
    expect((await rejectionOf(beyond)).code).toBe("BAD_VALUE");
  });

  it("is refused where there is none", async () => {
    const one = subnet[0] as Published;
    const node = nodeAhead(one, 1);
    node.blocks.at(-1)?.state.set(keyOf("Tempo", NETUID), scaleOf("Tempo", 0));
    expect((await rejectionOf(nextEpochSnapshot(clientOf(node), NETUID))).code).toBe("NO_BLOCK");
    expect((await rejectionOf(nextEpochSnapshot(clientOf(node), 99))).code).toBe("NO_BLOCK");
  });
});

test("a state in which an epoch has just run is read like any other", async () => {
  const [input, result] = publishedEpochs("epoch-subnet")[1] as Published;
  const state = await weightsState(clientOf(nodeOf(input, result)), NETUID);
  expect(state.validatorPermit).toEqual(result.validatorPermit);
  expect(state.lastEpochBlock).toBe(BigInt(input.currentBlock));
});
