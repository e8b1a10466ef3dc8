/** The inputs of an epoch: inherited stake and the block's emission against published values, and the epochs that cannot be rebuilt. */
import { describe, expect, it, test } from "vitest";
import { blockParts } from "../host/chain/inputs/blockParts.js";
import { epochSnapshot, verifyEpoch } from "../host/chain/verify/verify.js";
import { mechanismsEpoch, epoch as run } from "../host/index.js";
import type { EpochSnapshot, MechanismsSnapshot } from "../host/types.js";
import { POOL, partsByText } from "./support/chain/emissionStates.js";
import {
  clientOf,
  NETUID,
  nodeOf,
  type Published,
  publishedEpochs,
  publishedMechanisms,
  runtimeOf,
} from "./support/chain/epochs.js";
import { accountOf, keyOf, scaleOf } from "./support/chain/items.js";
import { hotkeyOf } from "./support/chain/states.js";
import { plain } from "./support/plain.js";
import { rejectionOf } from "./support/refusal.js";
import { pairs } from "./support/vectors.js";

const small = publishedEpochs("epoch-small");
type ByNetuid = readonly (readonly [number, string])[];

describe("published values", () => {
  it("of the block's parts", () => {
    let compared = 0;
    for (const [input, answer] of pairs<{ op: string; name: string }, Record<string, ByNetuid>>("emission")) {
      if (input.op !== "emit") continue;
      const of = (name: string, netuid: number) => BigInt(answer[name]?.find(([own]) => own === netuid)?.[1] ?? 0);
      const { subnets, rootTao, taoWeight, ownerCut } = input as unknown as {
        subnets: { netuid: number; alphaIn: string; alphaOut: string; ownerCutEnabled?: boolean }[];
        rootTao: string;
        taoWeight: string;
        ownerCut: number;
      };
      for (const { netuid, alphaIn, alphaOut, ownerCutEnabled = true } of subnets) {
        const parts = blockParts({
          alphaIn: BigInt(alphaIn),
          alphaOut: BigInt(alphaOut),
          mintedIn: of("alphaInAfter", netuid) - BigInt(alphaIn),
          mintedOut: of("alphaOutEmission", netuid),
          rootTao: BigInt(rootTao),
          taoWeight: BigInt(taoWeight),
          ownerCut,
          ownerCutEnabled,
        });
        expect(parts, `${input.name} ${netuid}`).toEqual({
          server: of("pendingServer", netuid),
          validator: of("pendingValidator", netuid),
          root: of("pendingRootAlpha", netuid) + of("recycled", netuid),
        });
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(1000);
  });
});

test("the block's parts by the text are those of the code", () => {
  for (const taoWeight of [0n, 1n, 971_718_665_099_567_868n, 3_320_413_933_267_719_290n, (1n << 64n) - 1n]) {
    const minted = { mintedIn: 123_456_789n, mintedOut: 1_000_000_000n };
    expect(blockParts({ ...POOL, ...minted, taoWeight, ownerCut: 11_796, ownerCutEnabled: true })).toEqual(
      partsByText(taoWeight),
    );
  }
});

test("stake is read with its families, parents elsewhere included", async () => {
  const [input, result] = small.find(([one]) => one.n === 3) as Published;
  const node = nodeOf(input, result);
  const state = node.blocks[1]?.state as Map<string, string>;
  const put = (item: string, hotkey: string, netuid: number, value: unknown) =>
    state.set(keyOf(item, hotkey, netuid), scaleOf(item, value));
  const parent = accountOf(5);
  const half = (1n << 63n) - 1n;
  put("TotalHotkeyAlpha", hotkeyOf(0), NETUID, 1000n);
  put("TotalHotkeyAlpha", hotkeyOf(0), 0, 400n);
  put("TotalHotkeyAlpha", parent, NETUID, 5000n);
  put("TotalHotkeyAlpha", parent, 0, 70n);
  put("TotalHotkeyAlpha", hotkeyOf(1), NETUID, 20n);
  put("TotalHotkeyAlpha", hotkeyOf(1), 0, 0n);
  // Just below a half, in 32 bits: one rao less than a half of an even number.
  put("ChildKeys", hotkeyOf(0), NETUID, [[half, hotkeyOf(1)]]);
  put("ParentKeys", hotkeyOf(1), NETUID, [
    [half, hotkeyOf(0)],
    [half, parent],
  ]);
  const { alphaStake, taoStake } = await epochSnapshot(clientOf(node), NETUID);
  expect(alphaStake.slice(0, 2)).toEqual([500n, 20n + 499n + 2499n + 1n]);
  expect(taoStake.slice(0, 2)).toEqual([200n, 199n + 34n + 1n]);
});

describe("a snapshot of a live epoch", () => {
  it("holds the published inputs, and computes the published outputs", async () => {
    const [input, result] = publishedEpochs("epoch-subnet")[2] as Published;
    const snapshot = (await epochSnapshot(clientOf(nodeOf(input, result)), NETUID)) as EpochSnapshot;
    expect(snapshot.source).toMatchObject({
      network: "local",
      netuid: NETUID,
      mechid: 0,
      block: input.currentBlock,
      specVersion: 425,
    });
    expect(snapshot.hotkeys?.[0]).toMatch(/^5[a-zA-Z0-9]{47}$/);
    const again = plain(snapshot) as Record<string, unknown>;
    for (const field of ["n", "tempo", "kappa", "bondsPenalty", "yuma3", "liquidAlpha", "validatorPermit"] as const) {
      expect(again[field], field).toEqual(input[field]);
    }
    expect(again.alphaStake).toEqual(input.alphaStake.map(String));
    expect(again.raoEmission).toBe(String(input.raoEmission));
    expect(again.activityCutoff).toBe(String(input.activityCutoff));
    expect(again.weights).toEqual(input.mechanisms[0]?.weights);
    expect(run(again as unknown as EpochSnapshot).incentive).toEqual(result.mechanisms[0]?.incentive);
  });

  it("of several mechanisms is one of all", async () => {
    const [input, result] = publishedMechanisms().find(([one]) => one.mechanismCount > 1) as Published;
    const snapshot = (await epochSnapshot(clientOf(nodeOf(input, result)), NETUID)) as MechanismsSnapshot;
    expect(snapshot.split).toEqual(input.split);
    expect(mechanismsEpoch(plain(snapshot) as MechanismsSnapshot).consensus).toEqual(result.consensus);
  });
});

describe("later rules", () => {
  const [input, result] = small.find(
    ([one]) => one.yuma3 && one.liquidAlpha && one.n > 8 && one.lastMechanismStepBlock > 1,
  ) as Published;
  const nodeWith = (spec: number, values: Record<string, unknown>) => {
    const node = nodeOf(input, result, {}, runtimeOf(spec));
    for (const [name, value] of Object.entries(values))
      node.blocks[1]?.state.set(keyOf(name, NETUID), scaleOf(name, value));
    return node;
  };

  it("choose the consensus liquid alpha sees, which is not proved", async () => {
    const current = await verifyEpoch(clientOf(nodeWith(446, { LiquidAlphaConsensusMode: ["Current"] })), NETUID);
    expect(current).toMatchObject({
      verdict: "agrees",
      proved: true,
      snapshot: { liquidAlphaConsensusMode: "current" },
    });
    const stored = { LiquidAlphaConsensusMode: ["Previous"], Consensus: Array.from({ length: input.n }, () => 9) };
    const previous = await verifyEpoch(clientOf(nodeWith(446, stored)), NETUID);
    expect(previous.proved).toBe(false);
    expect(previous.unproved[0]).toContain("liquid alpha");
    expect(previous.snapshot.mechanisms[0]?.previousConsensus).toEqual(stored.Consensus);
  });

  it("know Null mode, which is not proved", async () => {
    const verification = await verifyEpoch(
      clientOf(nodeWith(475, { SubnetEpochConsensus: ["Null"], LastYumaStepBlock: 1 })),
      NETUID,
    );
    expect(verification).toMatchObject({
      proved: false,
      snapshot: { epochConsensus: "null", lastMechanismStepBlock: 1n },
    });
  });

  it("do not pad a stored consensus of another length", async () => {
    const { details } = await rejectionOf(verifyEpoch(clientOf(nodeWith(446, { Consensus: [1, 2] })), NETUID));
    expect(details.reason).toContain("stored consensus");
  });
});

describe("an epoch that cannot be rebuilt says why", () => {
  const [input, result] = small.find(([one]) => one.n === 9) as Published;
  const revealed = [3];
  const event = (...fields: [string, ...unknown[]]) => [
    { phase: "ApplyExtrinsic", pallet: "SubtensorModule", event: fields } as const,
  ];

  it.each([
    ["a revealed row set again", { revealed, events: event("WeightsSet", NETUID, 3) }, "written again"],
    [
      "a revealed row's uid given away",
      { revealed, events: event("NeuronRegistered", NETUID, 3, "01".repeat(32)) },
      "written again",
    ],
  ])("%s", async (_, arrangement, reason) => {
    const error = await rejectionOf(verifyEpoch(clientOf(nodeOf(input, result, arrangement)), NETUID));
    expect(error.code).toBe("NOT_RECONSTRUCTABLE");
    expect(error.details.reason).toContain(reason);
  });

  it.each([
    ["two uids with one hotkey", "Keys", [NETUID, 2], hotkeyOf(1), "same hotkey"],
    ["too few last updates", "LastUpdate", [NETUID], [1, 2], "2 last updates"],
    ["networks nobody can find", "TotalNetworks", [], 9, "counts 9 networks"],
  ])("%s", async (_, item, args, value, reason) => {
    const node = nodeOf({ ...input, raoEmission: "900000000000" }, result, { eligible: true });
    node.blocks[1]?.state.set(keyOf(item, ...args), scaleOf(item, value));
    const error = await rejectionOf(verifyEpoch(clientOf(node), NETUID));
    expect(error.code).toBe("NOT_RECONSTRUCTABLE");
    expect(error.details.reason).toContain(reason);
  });
});
