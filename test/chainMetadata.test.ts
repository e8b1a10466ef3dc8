/** Reading by metadata: keys, values, defaults and events, in three formats, held against SCALE and keys made by hand. */
import { AccountId } from "@polkadot-api/substrate-bindings";
import { describe, expect, it, test } from "vitest";
import { blockEvents } from "../host/chain/inputs/blockEvents.js";
import { eventsOf } from "../host/chain/metadata/events.js";
import { readMetadata } from "../host/chain/metadata/metadata.js";
import { hasRuntimeApi } from "../host/chain/metadata/runtimeApi.js";
import { storageItem } from "../host/chain/metadata/storage.js";
import { accountOf, ITEMS, keyOf, prefixOf, scaleOf } from "./support/chain/items.js";
import { encodeEvents, makeMetadata } from "./support/chain/metadata.js";
import { refusalOf } from "./support/refusal.js";
import { sharedBytes } from "./support/vectors.js";

const address = AccountId();
const ss58 = (digits: string) => address.dec(`0x${digits}`);

describe.each([14, 15, 16] as const)("metadata of format %i", (format) => {
  const metadata = readMetadata(makeMetadata({ format, specVersion: 425 }));

  it("names its format and version", () => {
    expect(metadata).toMatchObject({ format, specVersion: 425 });
    expect(metadata.hash).toMatch(/^0x[0-9a-f]{64}$/);
  });

  it("gives the keys that the protocol gives", () => {
    const hotkey = accountOf(7);
    const cases: [string, unknown[], string][] = [
      ["TaoWeight", [], keyOf("TaoWeight")],
      ["Tempo", [12], keyOf("Tempo", 12)],
      ["Yuma3On", [12], keyOf("Yuma3On", 12)],
      ["RevealPeriodEpochs", [12], keyOf("RevealPeriodEpochs", 12)],
      ["Weights", [4108, 255], keyOf("Weights", 4108, 255)],
      ["Keys", [12, 3], keyOf("Keys", 12, 3)],
      ["TotalHotkeyAlpha", [ss58(hotkey), 12], keyOf("TotalHotkeyAlpha", hotkey, 12)],
      ["Uids", [12, ss58(hotkey)], keyOf("Uids", 12, hotkey)],
      ["WeightCommits", [12, ss58(hotkey)], keyOf("WeightCommits", 12, hotkey)],
      ["TimelockedWeightCommits", [12, 9n], keyOf("TimelockedWeightCommits", 12, 9n)],
    ];
    for (const [name, args, key] of cases) {
      expect(storageItem(metadata, "SubtensorModule", name)?.key(args), name).toBe(key);
    }
  });

  it("decodes values and defaults", () => {
    const decode = (name: string, value: unknown) =>
      storageItem(metadata, "SubtensorModule", name)?.decode(value === null ? null : scaleOf(name, value));
    expect(decode("Tempo", 99)).toBe(99);
    expect(decode("Tempo", null)).toBe(360);
    expect(decode("TaoWeight", null)).toBe(971_718_665_099_567_868n);
    expect(decode("AlphaSigmoidSteepness", -5)).toBe(-5);
    expect(decode("AlphaValues", null)).toEqual([45_875, 58_982]);
    expect(decode("SubnetMovingPrice", [-7n])).toBe(-7n);
    expect(decode("TotalHotkeyAlpha", 2n ** 64n - 1n)).toBe(2n ** 64n - 1n);
    expect(decode("Consensus", [1, 65535])).toEqual([1, 65535]);
    expect(
      decode("Weights", [
        [3, 4],
        [1, 0],
      ]),
    ).toEqual([
      [3, 4],
      [1, 0],
    ]);
    expect(decode("FirstEmissionBlockNumber", null)).toBeNull();
    expect(decode("ChildKeys", [[5n, accountOf(1)]])).toEqual([[5n, ss58(accountOf(1))]]);
  });

  it("decodes events", () => {
    const events = encodeEvents([
      { phase: "Initialization", pallet: "SubtensorModule", event: ["TimelockedWeightsRevealed", 4097, accountOf(2)] },
      { phase: "ApplyExtrinsic", pallet: "SubtensorModule", event: ["WeightsSet", 1, 5] },
      { phase: "Initialization", pallet: "SubtensorModule", event: ["IncentiveAlphaEmittedToMiners", 1, [3n, 4n]] },
      { phase: "Finalization", pallet: "Commitments", event: ["Commitment", 1, accountOf(2)] },
    ]);
    expect(eventsOf(storageItem(metadata, "System", "Events")?.decode(events))).toEqual([
      {
        phase: "initialization",
        pallet: "SubtensorModule",
        name: "TimelockedWeightsRevealed",
        fields: [4097, ss58(accountOf(2))],
      },
      { phase: "extrinsic", pallet: "SubtensorModule", name: "WeightsSet", fields: [1, 5] },
      {
        phase: "initialization",
        pallet: "SubtensorModule",
        name: "IncentiveAlphaEmittedToMiners",
        fields: { netuid: 1, emissions: [3n, 4n] },
      },
      {
        phase: "finalization",
        pallet: "Commitments",
        name: "Commitment",
        fields: { netuid: 1, who: ss58(accountOf(2)) },
      },
    ]);
  });

  it("refuses values that mean something else", () => {
    const decode = (name: string, value: string) => () => storageItem(metadata, "SubtensorModule", name)?.decode(value);
    for (const [name, value] of [
      ["Tempo", "0x01"],
      ["Tempo", "0x010203"],
      ["Yuma3On", "0x02"],
      ["Weights", "0x08000000"],
      ["Weights", "0xfeffffff"],
      ["LastUpdate", "0x"],
    ] as const) {
      expect(refusalOf(decode(name, value)).code, `${name} ${value}`).toBe("BAD_STORAGE");
    }
  });

  it("knows what it lacks", () => {
    expect(storageItem(metadata, "SubtensorModule", "LastYumaStepBlock")).toBeNull();
    expect(storageItem(metadata, "Nothing", "Tempo")).toBeNull();
    const later = readMetadata(makeMetadata({ format, specVersion: 475 }));
    expect(storageItem(later, "SubtensorModule", "SubnetEpochConsensus")?.decode(null)).toMatchObject({ type: "Yuma" });
  });
});

describe("metadata that cannot be read", () => {
  const good = makeMetadata({ format: 15, specVersion: 425 });
  it.each([
    ["nothing", "0x"],
    ["another magic", `0x00${good.slice(4)}`],
    ["an older format", `${good.slice(0, 10)}0d${good.slice(12)}`],
    ["half of it", good.slice(0, 2000)],
  ])("%s", (_, bytes) => {
    expect(refusalOf(() => readMetadata(bytes)).code).toBe("BAD_METADATA");
  });
});

describe.each([15, 16])("mainnet's metadata of spec 393, format %i", (format) => {
  const bytes = sharedBytes(`chain/finney-393.metadata-v${format}.scale.gz`);
  test.skipIf(bytes === null)("has the items, keys and defaults of the table", () => {
    const metadata = readMetadata(`0x${Buffer.from(bytes as Uint8Array).toString("hex")}`);
    expect(metadata).toMatchObject({ format, specVersion: 393 });
    // What spec 425 and later brought.
    const newer = new Set(
      ITEMS.map(({ name }) => name).filter((name) => !storageItem(metadata, "SubtensorModule", name)),
    );
    expect([...newer].sort()).toEqual([
      "ActivityCutoffFactorMilli",
      "LastEpochBlock",
      "LastYumaStepBlock",
      "LiquidAlphaConsensusMode",
      "OwnerCutEnabled",
      "PendingEpochAt",
      "SubnetEpochConsensus",
      "SubnetEpochIndex",
    ]);
    const samples: Record<string, [number | bigint | string, unknown]> = {
      NetUid: [513, 513],
      u16: [258, 258],
      u64: [77n, 77n],
      Acct: [accountOf(9), ss58(accountOf(9))],
    };
    for (const { name, keys, fallback } of ITEMS.filter((one) => !newer.has(one.name))) {
      const item = storageItem(metadata, "SubtensorModule", name);
      const args = keys.map(([, type]) => samples[type] as [string, unknown]);
      expect(item?.key(args.map(([, own]) => own)), name).toBe(keyOf(name, ...args.map(([raw]) => raw)));
      if (fallback !== null) expect(item?.encode(item.decode(null)), name).toBe(`0x${fallback}`);
    }
  });
});

describe.each([15, 16])("what mainnet's metadata of spec 393, format %i, says of events and calls", (format) => {
  const bytes = sharedBytes(`chain/finney-393.metadata-v${format}.scale.gz`);
  const metadata = () => readMetadata(`0x${Buffer.from(bytes as Uint8Array).toString("hex")}`);

  test.skipIf(bytes === null)("is what the adapter looks for", () => {
    const item = storageItem(metadata(), "System", "Events");
    const record = (phase: string, name: string, value: unknown) => ({
      phase: { type: phase, value: phase === "ApplyExtrinsic" ? 3 : undefined },
      event: { type: "SubtensorModule", value: { type: name, value } },
      topics: [],
    });
    const hotkey = ss58(accountOf(5));
    const value = item?.encode([
      record("Initialization", "TimelockedWeightsRevealed", [4108, hotkey]),
      record("Initialization", "IncentiveAlphaEmittedToMiners", { netuid: 12, emissions: [7n, 8n] }),
      record("ApplyExtrinsic", "WeightsSet", [12, 3]),
      record("ApplyExtrinsic", "NeuronRegistered", [12, 4, hotkey]),
    ]);
    expect(blockEvents(eventsOf(item?.decode(value as string)), 12)).toEqual({
      revealed: [[4108, hotkey]],
      weightsSet: [[12, 3]],
      registered: new Set([4]),
      committed: new Set(),
      ownerChanged: false,
      minerEmission: new Map([[12, [7n, 8n]]]),
    });
  });

  test.skipIf(bytes === null)("describes the metagraph the command prints", () => {
    expect(hasRuntimeApi(metadata(), "SubnetInfoRuntimeApi", "get_selective_metagraph")).toBe(true);
    const codec = metadata().builder.buildRuntimeCall("SubnetInfoRuntimeApi", "get_selective_metagraph");
    expect(Buffer.from(codec.args.enc([12, [52, 62]])).toString("hex")).toBe("0c000834003e00");
    // None, and a decoder for the rest.
    expect(codec.value.dec(Uint8Array.of(0))).toBeUndefined();
  });
});

test("prefixes are those everybody uses", () => {
  // The key of System.Events, in every Substrate tool.
  expect(prefixOf("System", "Events")).toBe("26aa394eea5630e07c48ae0c9558cef780d41e5e16056765bc8461851072c9d7");
});
