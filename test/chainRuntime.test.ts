/**
 * Genuine runtimes of spec 103 and 143, executed: their own metadata, and epochs they ran themselves from states set before. The code lies in
 * ../shared; where that folder is absent these tests are skipped.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { connect } from "../host/chain/client.js";
import { readMetadata } from "../host/chain/metadata/metadata.js";
import { storageItem } from "../host/chain/metadata/storage.js";
import { verifyEpoch } from "../host/chain/verify/verify.js";
import { watchEpochs } from "../host/chain/watch.js";
import type { EpochSnapshot } from "../host/types.js";
import { clientOf } from "./support/chain/epochs.js";
import { accountOf, keyOf, prefixOf, put } from "./support/chain/items.js";
import { answering, type NodeBlock, type RawState, serve, TestNode } from "./support/chain/node.js";
import { beginBlock, compileRuntime, metadataOfRuntime } from "./support/chain/runtime.js";
import { hotkeyOf } from "./support/chain/states.js";
import { littleEndian } from "./support/chain/types.js";
import { rejectionOf } from "./support/refusal.js";
import { hasShared, sharedBytes, sharedJson, sharedPairs } from "./support/vectors.js";

const SEED = Number(process.env.FC_SEED ?? 20240312);

interface Genesis {
  readonly genesis: { readonly raw: { readonly top: Record<string, string> } };
}
const CODE = "0x3a636f6465";
const top = sharedJson<Genesis>("chain/raw_spec_testfinney.json.gz")?.genesis.raw.top ?? {};
const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex.replace(/^0x/, "").trim(), "hex"));
const early = hasShared ? compileRuntime(bytesOf(top[CODE] as string)) : null;
const march2024 = hasShared
  ? compileRuntime(bytesOf(Buffer.from(sharedBytes("chain/mainnet-143.runtime.hex.gz") as Uint8Array).toString()))
  : null;

interface Recorded {
  readonly name: string;
  readonly consensus: number[];
  readonly incentive: number[];
  readonly dividends: number[];
  readonly validatorTrust: number[];
  readonly validatorPermit: boolean[];
  readonly bonds: [number, number][][];
}

/** The subnet for which an epoch is due at a block: (block + netuid + 1) mod (tempo + 1) = tempo. */
function netuidDue({ currentBlock, tempo }: EpochSnapshot): number {
  const period = tempo + 1;
  return (((tempo - Number(currentBlock) - 1) % period) + period) % period || period;
}

/** Puts a snapshot into a state of those runtimes. */
function store(state: RawState, snapshot: EpochSnapshot, netuid: number): void {
  const values: Record<string, unknown> = {
    SubnetworkN: snapshot.n,
    Tempo: snapshot.tempo,
    Kappa: snapshot.kappa,
    BondsMovingAverage: snapshot.bondsMovingAverage,
    MaxAllowedValidators: snapshot.maxAllowedValidators,
    ValidatorPermit: snapshot.validatorPermit,
    LastUpdate: snapshot.lastUpdate,
    NetworksAdded: true,
  };
  for (const [name, value] of Object.entries(values)) put(state, name, [netuid], value);
  const u16 = (item: string, value: number) =>
    state.set(`0x${prefixOf("SubtensorModule", item)}${littleEndian(netuid, 2)}`, `0x${littleEndian(value, 2)}`);
  u16("ActivityCutoff", Number(snapshot.activityCutoff));
  for (let uid = 0; uid < snapshot.n; uid++) {
    const hotkey = hotkeyOf(uid);
    put(state, "Keys", [netuid, uid], hotkey);
    put(state, "Uids", [netuid, hotkey], uid);
    put(state, "BlockAtRegistration", [netuid, uid], snapshot.blockAtRegistration[uid]);
    put(state, "Weights", [netuid, uid], snapshot.weights[uid]);
    put(state, "Bonds", [netuid, uid], snapshot.bonds[uid]);
    const stake = `0x${littleEndian(BigInt(snapshot.alphaStake[uid] ?? 0), 8)}`;
    state.set(`0x${prefixOf("SubtensorModule", "TotalHotkeyStake")}${hotkey}`, stake);
    const account = state.get(keyOf("Uids", netuid, hotkey));
    if (account === undefined) throw new Error(`no uid for ${accountOf(uid)}`);
  }
}

/** A node whose runtime ran the epoch of a snapshot in its last block. */
function nodeThatRan(module: WebAssembly.Module, specVersion: number, snapshot: EpochSnapshot): TestNode {
  const netuid = netuidDue(snapshot);
  const block = Number(snapshot.currentBlock);
  let state: RawState = new Map(Object.entries(top).filter(([key]) => key !== CODE));
  const runtime = { specVersion, metadata: { 14: metadataOfRuntime(module) } };
  const node = new TestNode();
  node.add(0, state, runtime);
  for (let number = 1; number < block; number++) state = beginBlock(module, state, number);
  store(state, snapshot, netuid);
  node.add(block - 1, state, runtime);
  node.add(block, beginBlock(module, state, block), runtime);
  return node;
}

describe.skipIf(!hasShared)("the runtime of mainnet in March 2024, spec 143", () => {
  const epochs = sharedPairs<EpochSnapshot, Recorded>(
    "chain/runtime143-epochs.snapshots.jsonl.gz",
    "chain/runtime143-epochs.recorded.jsonl.gz",
  );

  it("describes itself in format 14", () => {
    const metadata = readMetadata(metadataOfRuntime(march2024 as WebAssembly.Module));
    expect(metadata).toMatchObject({ format: 14, specVersion: 143 });
    expect(storageItem(metadata, "SubtensorModule", "TotalHotkeyStake")).not.toBeNull();
    expect(storageItem(metadata, "SubtensorModule", "TotalHotkeyAlpha")).toBeNull();
  });

  it("ran epochs that are verified, bonds included", async () => {
    for (const [snapshot, recorded] of epochs ?? []) {
      const node = nodeThatRan(march2024 as WebAssembly.Module, 143, snapshot);
      const verification = await verifyEpoch(clientOf(node), netuidDue(snapshot));
      const { n } = snapshot;
      expect(
        verification.fields.filter(({ findings }) => findings.length > 0),
        snapshot.name,
      ).toEqual([]);
      // Active, consensus, dividends, trust, permits, incentive, bonds; not stake weights and amounts.
      expect(verification).toMatchObject({ verdict: "agrees", counts: { equal: 7 * n, differs: 0, excluded: 3 * n } });
      expect(verification.notes[0]).toContain("amounts are not compared");
      // What it ran here is what it ran when it was recorded.
      const { consensus, dividends, validatorTrust, validatorPermit, mechanisms } = verification.result;
      expect({ consensus, dividends, validatorTrust, validatorPermit }).toEqual({
        consensus: recorded.consensus,
        dividends: recorded.dividends,
        validatorTrust: recorded.validatorTrust,
        validatorPermit: recorded.validatorPermit,
      });
      expect(mechanisms[0]).toMatchObject({ incentive: recorded.incentive, bonds: recorded.bonds });
    }
    expect(epochs).toHaveLength(3);
  });
});

/**
 * A subnet as mainnet had them then, at a block far from genesis: rows and uids of every age. Every uid has a stake to speak of: this
 * runtime would give a permit to one without, which the rules known here do not.
 */
const subnets = fc.integer({ min: 2, max: 12 }).chain((n) => {
  const block = 5000;
  const each = <T>(value: fc.Arbitrary<T>) => fc.array(value, { minLength: n, maxLength: n });
  const value = fc.oneof(fc.constantFrom(0, 1, 32_767, 65_535), fc.integer({ min: 0, max: 65_535 }));
  const row = fc
    .uniqueArray(fc.integer({ min: 0, max: n - 1 }), { maxLength: n })
    .chain((uids) => fc.tuple(...uids.sort((a, b) => a - b).map((uid) => fc.tuple(fc.constant(uid), value))));
  const past = fc.oneof(fc.integer({ min: 0, max: block }), fc.integer({ min: block - 120, max: block }));
  return fc.record({
    n: fc.constant(n),
    currentBlock: fc.constant(block),
    tempo: fc.constantFrom(9, 99),
    activityCutoff: fc.constantFrom(50, 1000, 5000),
    kappa: fc.constantFrom(0, 20_000, 32_767, 65_535),
    bondsMovingAverage: fc.constantFrom(0, 500_000, 900_000, 1_000_000),
    maxAllowedValidators: fc.integer({ min: 0, max: n + 1 }),
    lastUpdate: each(past),
    blockAtRegistration: each(fc.oneof(fc.constant(1), past)),
    validatorPermit: each(fc.boolean()),
    alphaStake: each(fc.bigInt(10n ** 9n, 10n ** 12n).map(String)),
    weights: each(row),
    bonds: each(row),
  });
});

it.skipIf(!hasShared)("a runtime that builds blocks behind a WebSocket is watched, epoch by epoch", async () => {
  const module = march2024 as WebAssembly.Module;
  const [[first] = []] = sharedPairs<EpochSnapshot, Recorded>(
    "chain/runtime143-epochs.snapshots.jsonl.gz",
    "chain/runtime143-epochs.recorded.jsonl.gz",
  ) ?? [[]];
  const snapshot = first as EpochSnapshot;
  const node = nodeThatRan(module, 143, snapshot);
  const served = await serve(answering(node));
  const client = connect({ endpoints: [served.ws] });
  // While the watcher sleeps, the runtime builds one tempo of blocks and runs the next epoch.
  const sleep = async () => {
    for (let i = 0; i <= snapshot.tempo; i++) {
      const { number, state, runtime } = node.blocks.at(-1) as NodeBlock;
      node.add(number + 1, beginBlock(module, state, number + 1), runtime);
    }
  };
  const seen: [number, string][] = [];
  try {
    for await (const event of watchEpochs(client, netuidDue(snapshot), { sleep })) {
      if (event.kind === "failed") throw event.error;
      const { block, verdict } = event.verification;
      seen.push([block, verdict]);
      if (seen.length === 4) break;
    }
  } finally {
    client.close();
    await served.close();
  }
  const start = Number(snapshot.currentBlock);
  expect(seen).toEqual([0, 1, 2, 3].map((k) => [start + k * (snapshot.tempo + 1), "agrees"]));
});

describe.skipIf(!hasShared)("random epochs, run by the runtime of spec 143", () => {
  it("are verified", async () => {
    const module = march2024 as WebAssembly.Module;
    const runtime = { specVersion: 143, metadata: { 14: metadataOfRuntime(module) } };
    const genesis = new Map(Object.entries(top).filter(([key]) => key !== CODE));
    // The first block brings the state to the runtime's version.
    const settled = beginBlock(module, genesis, 1);
    const property = fc.asyncProperty(subnets, async (made) => {
      // Who lost its permit lost its bonds; this runtime does not look at those who had none.
      const bonds = made.bonds.map((row, uid) => (made.validatorPermit[uid] ? row : []));
      const snapshot = { ...made, bonds } as unknown as EpochSnapshot;
      const netuid = netuidDue(snapshot);
      const before: RawState = new Map(settled);
      store(before, snapshot, netuid);
      const node = new TestNode();
      const block = Number(snapshot.currentBlock);
      node.add(0, genesis, runtime);
      node.add(block - 1, before, runtime);
      node.add(block, beginBlock(module, before, block), runtime);
      const { fields } = await verifyEpoch(clientOf(node), netuid);
      expect(fields.filter(({ findings }) => findings.length > 0)).toEqual([]);
    });
    await fc.assert(property, { numRuns: Number(process.env.FC_RUNS ?? 25), seed: SEED });
  });
});

describe.skipIf(!hasShared)("the runtime of testnet's genesis, spec 103", () => {
  const epochs = sharedPairs<EpochSnapshot, Recorded>(
    "chain/runtime103-epochs.snapshots.jsonl.gz",
    "chain/runtime103-epochs.recorded.jsonl.gz",
  );

  it("reads the genuine genesis", () => {
    const metadata = readMetadata(metadataOfRuntime(early as WebAssembly.Module));
    expect(metadata).toMatchObject({ format: 14, specVersion: 103 });
    const prefixes = new Map(
      metadata.unified.pallets.flatMap(({ name, storage }) =>
        (storage?.items ?? []).map((item) => [`0x${prefixOf(name, item.name)}`, [name, item.name] as const]),
      ),
    );
    let read = 0;
    for (const [key, value] of Object.entries(top)) {
      const found = prefixes.get(key.slice(0, 66));
      if (found === undefined) continue;
      expect(() => storageItem(metadata, ...found)?.decode(value), found.join(".")).not.toThrow();
      read++;
    }
    expect(read).toBeGreaterThan(30);
  });

  it("is refused, and agrees with spec 143 on all but bonds", async () => {
    for (const [snapshot] of epochs ?? []) {
      const node = nodeThatRan(early as WebAssembly.Module, 103, snapshot);
      const netuid = netuidDue(snapshot);
      expect((await rejectionOf(verifyEpoch(clientOf(node), netuid))).code).toBe("UNKNOWN_RULES");
      const { fields, proved } = await verifyEpoch(clientOf(node), netuid, { assumeSpec: 143 });
      expect(proved).toBe(false);
      expect(fields.filter(({ findings }) => findings.length > 0).map(({ field }) => field)).toEqual(["bonds"]);
    }
  });
});
