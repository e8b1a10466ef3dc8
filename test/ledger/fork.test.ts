/** Forks: a snapshot put into a ledger comes out of it as it was, and its epoch gives what was published; and reading. */
import { describe, expect, it } from "vitest";
import { runMechanisms } from "../../host/api/mechanisms.js";
import { applyBlock } from "../../host/ledger/block/applyBlock.js";
import { genesisFromSnapshot } from "../../host/ledger/fork.js";
import { checkGenesis, genesisState } from "../../host/ledger/genesis.js";
import { calls, createLedger, epochSnapshot, memoryStore, metagraph, replayStore } from "../../host/ledger/index.js";
import { ledgerKernel } from "../../host/ledger/kernel.js";
import { BalancesIssuance, FreeBalance } from "../../host/ledger/state/balances.js";
import { BlockHash, BlockNumber } from "../../host/ledger/state/system.js";
import type { EpochSnapshot, MechanismsSnapshot } from "../../host/types.js";
import { ANN, accountOf, CLO, ROOT } from "../support/ledger.js";
import { pairs, records } from "../support/vectors.js";

type Subnet = EpochSnapshot & { readonly n: number };
const subnets = records<Subnet>("epoch-subnet.cases.jsonl.gz").slice(0, 4);
const name = "fork";
const state = (snapshot: EpochSnapshot | MechanismsSnapshot) =>
  genesisState(checkGenesis(genesisFromSnapshot(snapshot, { name })));

/** The snapshot's numbers, read as the ledger reads them. */
const numbers = (list: readonly (bigint | number | string | null)[] | null) =>
  list === null ? null : list.map((one) => (one === null ? null : BigInt(one)));

describe("a snapshot that becomes a ledger", () => {
  it.each(subnets.map((snapshot, k) => [k, snapshot] as const))("comes out as it was: subnet %i", (_, snapshot) => {
    const forked = state(snapshot);
    forked.write(BlockNumber, Number(snapshot.currentBlock));
    const read = epochSnapshot(forked, 1, BigInt(snapshot.raoEmission));
    for (const field of ["alphaStake", "taoStake", "blockAtRegistration"] as const) {
      expect(numbers(read[field]), field).toEqual(numbers(snapshot[field]));
    }
    const [own] = read.mechanisms;
    expect(numbers(own!.lastUpdate)).toEqual(numbers(snapshot.lastUpdate));
    expect([own!.weights, own!.bonds, read.validatorPermit]).toEqual([
      snapshot.weights,
      snapshot.bonds,
      snapshot.validatorPermit,
    ]);
    for (const field of ["n", "tempo", "kappa", "bondsPenalty", "yuma3", "liquidAlpha", "ownerUid"] as const) {
      expect(read[field], field).toBe(snapshot[field]);
    }
    for (const field of ["currentBlock", "activityCutoff", "stakeThreshold", "taoWeight"] as const) {
      expect(BigInt(read[field]), field).toBe(BigInt(snapshot[field]));
    }
  });

  it("has the epoch that was published", () => {
    const [snapshot, result] = pairs<Subnet, { dividends: number[]; consensus: number[]; serverEmission: string[] }>(
      "epoch-subnet",
    )[1]!;
    const forked = state(snapshot);
    forked.write(BlockNumber, Number(snapshot.currentBlock));
    const read = epochSnapshot(forked, 1, BigInt(snapshot.raoEmission));
    const epoch = runMechanisms(ledgerKernel(), read);
    expect([epoch.dividends, epoch.consensus]).toEqual([result.dividends, result.consensus]);
    expect(epoch.serverEmission.map(String)).toEqual(result.serverEmission);
  });

  it("keeps several mechanisms apart", () => {
    const known = records<MechanismsSnapshot>("mechanisms.cases.jsonl.gz");
    const fits = known.find(({ mechanismCount, activityCutoff, tempo, currentBlock }) => {
      const factor = Math.ceil((Number(activityCutoff) * 1000) / tempo);
      const cutoff = Math.max(1, Math.floor((factor * tempo) / 1000));
      return mechanismCount > 1 && tempo > 0 && Number(currentBlock) > 0 && cutoff === Number(activityCutoff);
    })!;
    const forked = state(fits);
    forked.write(BlockNumber, Number(fits.currentBlock));
    const read = epochSnapshot(forked, 1, BigInt(fits.raoEmission));
    expect(read.mechanisms.map(({ weights, bonds }) => [weights, bonds])).toEqual(
      fits.mechanisms.map(({ weights, bonds }) => [weights, bonds]),
    );
    expect([read.mechanismCount, read.split]).toEqual([fits.mechanismCount, fits.split]);
  });
});

describe("a forked ledger", () => {
  const [snapshot] = subnets;
  const genesis = genesisFromSnapshot(snapshot!, {
    name,
    rootKey: ROOT.address,
    balancesRao: { [ANN.address]: 1_000_000_000n },
  });
  const first = Number(snapshot!.currentBlock);
  const open = (store = memoryStore()) => createLedger({ store, genesis, verifySignature: () => true });

  it("goes on counting, takes calls, reopens and replays", async () => {
    const store = memoryStore();
    const ledger = await open(store);
    expect([ledger.height, ledger.metagraph(1).length]).toEqual([first - 1, snapshot!.n]);
    const genesisDigest = ledger.digest;
    const pay = calls.balances.transferKeepAlive({ to: CLO.address, amountRao: 1000n });
    await ledger.submit(ledger.sign(ANN, pay));
    await ledger.submit(ledger.sign(ANN, pay, { mortalityBlocks: null }));
    expect(await ledger.produceBlock()).toMatchObject({ height: first, calls: 2, refused: [] });
    await ledger.submit(ledger.sign(ANN, pay, { mortalityBlocks: null }));
    expect((await ledger.produceBlock()).calls).toBe(1);
    expect(ledger.state.read(BlockHash, 0)).toBe(genesisDigest);
    expect(ledger.balanceRao(CLO.address)).toBe(3000n);
    expect((await open(store)).digest).toBe(ledger.digest);
    expect(await replayStore(store, () => true)).toBe(first + 1);
  });

  it("has all its TAO in accounts", () => {
    const forked = genesisState(checkGenesis(genesis));
    const sum = forked.entries(FreeBalance).reduce((all, [, rao]) => all + rao, 0n);
    expect(forked.read(BalancesIssuance)).toBe(sum);
    applyBlock(forked, accountOf(0), []);
  });

  it("tells stakes, neurons and the epoch to come", async () => {
    const ledger = await open();
    const neurons = ledger.metagraph(1);
    const uid = snapshot!.alphaStake.findIndex((rao) => BigInt(rao) > 0n);
    const { hotkey, coldkey, alphaStakeRao, validatorPermit } = neurons[uid]!;
    expect(alphaStakeRao).toBe(BigInt(snapshot!.alphaStake[uid]!));
    expect(ledger.stakeRao(hotkey, coldkey, 1)).toBe(alphaStakeRao);
    expect(ledger.stakeRao(hotkey, ANN.address, 1)).toBe(0n);
    expect(validatorPermit).toBe(snapshot!.validatorPermit[uid]);
    const epoch = ledger.epochSnapshot(1);
    expect([epoch.raoEmission, epoch.hotkeys[uid]]).toEqual([BigInt(snapshot!.raoEmission), hotkey]);
    expect(ledger.epochSnapshot(1, 7n).raoEmission).toBe(7n);
    expect(metagraph(ledger.state, 9)).toEqual([]);
    for (const netuid of [-1, 65_536, 1.5]) {
      expect(() => ledger.metagraph(netuid)).toThrow(expect.objectContaining({ code: "BAD_VALUE" }));
    }
  });
});

describe("what no ledger can begin with is refused", () => {
  const [sound] = subnets as [Subnet];
  const fork = (changed: object, options: object = {}) =>
    genesisFromSnapshot({ ...sound, ...changed } as Subnet, { name, ...options });
  it.each<[string, object, object]>([
    ["block 0", { currentBlock: 0 }, {}],
    ["tempo 0", { tempo: 0 }, {}],
    ["a cutoff of nothing", { activityCutoff: 0 }, {}],
    ["a hotkey twice", { hotkeys: new Array(sound.n).fill(ANN.address) }, {}],
    ["too few hotkeys", { hotkeys: [ANN.address] }, {}],
    ["too few coldkeys", {}, { coldkeys: [ANN.address] }],
    ["too much stake", { alphaStake: sound.alphaStake.map((_, k) => (k < 1 ? (1n << 63n).toString() : "0")) }, {}],
    ["the root", {}, { netuid: 0 }],
    ["a pool in a JavaScript number", {}, { poolTaoRao: 1000 }],
  ])("%s", (_, changed, options) => {
    expect(() => fork(changed, options)).toThrow(expect.objectContaining({ name: "YumaError" }));
  });

  it.each<[string, object]>([
    ["a first block that is none", { firstBlock: -1 }],
    ["an entry that is no hex", { entries: { zz: "0x" } }],
    ["an entry of no item", { entries: { "0x0141": "0x" } }],
    ["a balance past the balances", { entries: balanceEntry() }],
    [
      "bytes that are no value",
      { entries: { [Object.keys(genesisFromSnapshot(sound, { name }).entries!)[0]!]: "0x" } },
    ],
  ])("%s", (_, changed) => {
    const genesis = { schemaVersion: 1, name, balancesRao: {}, ...changed };
    expect(() => checkGenesis(genesis)).toThrow(expect.objectContaining({ name: "YumaError" }));
  });
});

function balanceEntry(): Record<string, string> {
  const item = Buffer.from("Balances.Free");
  const key = `0x${Buffer.of(item.length).toString("hex")}${item.toString("hex")}${"11".repeat(32)}`;
  return { [key]: `0x${"01".repeat(8)}` };
}
