/** The ledger from outside: signatures, nonces, eras, blocks, readers; replicas; what is refused. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { IMMORTAL, mortalEra } from "../../host/ledger/accounts/era.js";
import { signCall } from "../../host/ledger/accounts/signed.js";
import { applyBlock } from "../../host/ledger/block/applyBlock.js";
import type { Step, StepContext } from "../../host/ledger/block/steps.js";
import { STEPS } from "../../host/ledger/block/steps.js";
import { VALIDITY_ERRORS } from "../../host/ledger/block/validity.js";
import { checkGenesis, genesisState } from "../../host/ledger/genesis.js";
import {
  type Block,
  BlockHash,
  calls,
  createLedger,
  FreeBalance,
  type Ledger,
  memoryStore,
  Nonce,
  type Signer,
  signerOf,
} from "../../host/ledger/index.js";
import { ANN, accountOf, actor, BEN, CLO, GENESIS, ROOT, signedBy, trustingLedger } from "../support/ledger.js";
import { rejectionOf } from "../support/refusal.js";

const pay = (amountRao: bigint, to = CLO.address) => calls.balances.transferKeepAlive({ to, amountRao });
const reached = new Set<string>();

async function errorOf(work: Promise<unknown>): Promise<unknown> {
  const { details } = await rejectionOf(work);
  reached.add(String(details.error));
  return details.error;
}

async function produce(ledger: Ledger, count: number): Promise<Block> {
  for (let k = 1; k < count; k++) await ledger.produceBlock();
  return ledger.produceBlock();
}

describe("with real signatures", () => {
  const alice = signerOf("//Alice");
  const bob = signerOf("//Bob");
  const genesis = { schemaVersion: 1, name: "real", balancesRao: { [alice.address]: 10_000n } } as const;
  const open = (name = "real") => createLedger({ store: memoryStore(), genesis: { ...genesis, name } });

  it("a signed call is carried out once", async () => {
    const ledger = await open();
    const signed = ledger.sign(alice, pay(1000n, bob.address));
    await ledger.submit(signed);
    expect(await errorOf(ledger.submit(signed))).toBe("InvalidTransaction.Stale");
    const block = await ledger.produceBlock();
    expect(block).toMatchObject({ height: 1, calls: 1, refused: [] });
    expect(ledger.balanceRao(bob.address)).toBe(1000n);
    expect(await errorOf(ledger.submit(signed))).toBe("InvalidTransaction.Stale");
  });

  it("no bit of it may change, and it is good on its own network only", async () => {
    const [ledger, other] = [await open(), await open("other")];
    const signed = ledger.sign(alice, pay(1000n, bob.address));
    for (const at of [1, 40, 97, 99, signed.length - 1]) {
      const changed = signed.slice();
      changed[at]! ^= 4;
      const { code, details } = await rejectionOf(ledger.submit(changed));
      expect([code, details.error ?? null]).toEqual(
        details.error === undefined ? ["BAD_BINARY", null] : ["CALL_REFUSED", details.error],
      );
      expect(details.error ?? "InvalidTransaction.BadProof").toMatch(/BadProof|AncientBirthBlock/);
    }
    expect(await errorOf(other.submit(signed))).toBe("InvalidTransaction.BadProof");
    const forged = signCall(
      { ...alice, sign: bob.sign },
      { call: pay(1n), era: IMMORTAL, nonce: 0 },
      ledger.digest,
      ledger.digest,
    );
    expect(await errorOf(ledger.submit(forged))).toBe("InvalidTransaction.BadProof");
    await ledger.submit(signed);
  });

  it("its time passes", async () => {
    const ledger = await open();
    const short = ledger.sign(alice, pay(1000n, bob.address), { mortalityBlocks: 4 });
    const forever = ledger.sign(alice, pay(1000n, bob.address), { mortalityBlocks: null });
    await produce(ledger, 3);
    // The next block begins another era of four, of which no digest is known yet; after it one is, and it is not the signed one.
    expect(await errorOf(ledger.submit(short))).toBe("InvalidTransaction.AncientBirthBlock");
    await ledger.produceBlock();
    expect(await errorOf(ledger.submit(short))).toBe("InvalidTransaction.BadProof");
    await ledger.submit(forever);
    expect((await ledger.produceBlock()).calls).toBe(1);
  });
});

describe("with signatures taken on trust", () => {
  it("unsigned bytes are refused", async () => {
    const ledger = await trustingLedger();
    expect((await rejectionOf(ledger.submit(Uint8Array.of(4, 5, 3)))).code).toBe("BAD_BINARY");
    expect((await rejectionOf(ledger.submit(new Uint8Array(0)))).code).toBe("BAD_BINARY");
  });

  it("nonces come in turn, waiting calls counted", async () => {
    const ledger = await trustingLedger();
    expect(await errorOf(ledger.submit(ledger.sign(ANN, pay(600n), { nonce: 1 })))).toBe("InvalidTransaction.Future");
    for (let k = 0; k < 3; k++) await ledger.submit(ledger.sign(ANN, pay(600n)));
    expect(ledger.nextNonce(ANN.address)).toBe(3);
    expect((await ledger.produceBlock()).calls).toBe(3);
    expect(ledger.nextNonce(ANN.address)).toBe(3);
    expect(ledger.balanceRao(CLO.address)).toBe(1800n);
  });

  it("an account that ends does not forget its nonce", async () => {
    const ledger = await trustingLedger();
    const first = ledger.sign(ANN, calls.balances.transferAll({ to: BEN.address, keepAlive: false }), {
      mortalityBlocks: null,
    });
    await ledger.submit(first);
    await ledger.submit(ledger.sign(BEN, pay(1000n, ANN.address)));
    await ledger.produceBlock();
    expect(ledger.balanceRao(ANN.address)).toBe(1000n);
    expect(await errorOf(ledger.submit(first))).toBe("InvalidTransaction.Stale");
  });

  it("a call that waits when its era ends is left out, and those after it are out of turn", () => {
    const state = genesisState(checkGenesis(GENESIS));
    const dies = { ...signedBy(ANN, 0, pay(600n)), deathBlock: 1 };
    const { included, refused } = applyBlock(state, accountOf(0), [
      dies,
      signedBy(ANN, 1, pay(600n)),
      signedBy(BEN, 0, pay(600n)),
      signedBy(BEN, 0, pay(600n)),
    ]);
    expect(included.map(({ signer }) => signer)).toEqual([BEN.account]);
    expect(refused.map(({ error }) => error.error.split(".")[1])).toEqual(["AncientBirthBlock", "Future", "Stale"]);
    expect([state.read(Nonce, ANN.account), state.read(Nonce, BEN.account)]).toEqual([0, 1]);
  });

  it("an era that began at a block nobody knows is refused", async () => {
    const ledger = await trustingLedger();
    const signed = signCall(ANN, { call: pay(600n), era: mortalEra(64, 40), nonce: 0 }, ledger.digest, ledger.digest);
    expect(await errorOf(ledger.submit(signed))).toBe("InvalidTransaction.AncientBirthBlock");
  });

  it("every reason to refuse is reached", () => {
    expect([...reached].sort()).toEqual([...VALIDITY_ERRORS].sort());
  });

  it("digests of past blocks are kept for 2400 blocks, the genesis's for ever", async () => {
    const ledger = await trustingLedger();
    const genesis = ledger.digest;
    await produce(ledger, 2405);
    const known = ledger.state.entries(BlockHash).map(([[height]]) => height);
    expect(known).toEqual([0, ...Array.from({ length: 2400 }, (_, k) => k + 5)]);
    expect(ledger.state.read(BlockHash, 0)).toBe(genesis);
  });

  it("listeners hear of each block until they stop", async () => {
    const ledger = await trustingLedger();
    const heard: number[] = [];
    const stop = ledger.subscribe(({ height }) => heard.push(height));
    await Promise.all([ledger.produceBlock(), ledger.produceBlock()]);
    stop();
    await ledger.produceBlock();
    expect(heard).toEqual([1, 2]);
  });

  it("a defect takes its block back and nothing else", async () => {
    const ledger = await trustingLedger();
    const spoil: Step = ({ state }: StepContext) => {
      state.write(FreeBalance, CLO.account, 1n);
      throw new Error("a defect");
    };
    (STEPS as Step[]).push(spoil);
    await expect(ledger.produceBlock()).rejects.toThrow("a defect");
    (STEPS as Step[]).pop();
    const twin = await trustingLedger();
    expect([(await ledger.produceBlock()).digest, ledger.height]).toEqual([(await twin.produceBlock()).digest, 1]);
  });

  it("two replicas agree on every digest, and differ once a block does", async () => {
    const some = fc.array(
      fc.tuple(
        fc.constantFrom<Signer>(ROOT, ANN, BEN, CLO),
        fc.integer({ min: 1, max: 5 }),
        fc.bigInt({ min: 0n, max: 2_000_000_000n }),
      ),
      { maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(some, { maxLength: 4 }), async (blocks) => {
        const [one, two] = [await trustingLedger(), await trustingLedger()];
        for (const block of blocks) {
          for (const [by, to, amountRao] of block) {
            const signed = one.sign(by, calls.balances.transferAllowDeath({ to: accountOf(to), amountRao }));
            await one.submit(signed);
            await two.submit(signed);
          }
          const [first, second] = [await one.produceBlock(), await two.produceBlock()];
          expect(first).toEqual(second);
          const sum = one.state.entries(FreeBalance).reduce((total, [, rao]) => total + rao, 0n);
          expect(one.issuance().balancesRao).toBe(sum);
        }
        await two.submit(two.sign(actor(77), calls.balances.transferAll({ to: accountOf(1), keepAlive: true })));
        expect((await one.produceBlock()).digest).not.toBe((await two.produceBlock()).digest);
      }),
      { numRuns: 40 },
    );
  });
});

describe("what a ledger begins with", () => {
  const wrong: [string, object][] = [
    ["another version", { ...GENESIS, schemaVersion: 2 }],
    ["no balances", { ...GENESIS, balancesRao: 5 }],
    ["an amount that is a number", { ...GENESIS, balancesRao: { [ANN.address]: 1000 } }],
    ["a balance below the deposit", { ...GENESIS, balancesRao: { [ANN.address]: 499n } }],
    ["an account twice", { ...GENESIS, balancesRao: { [ANN.address]: 500n, [ANN.account]: 500n } }],
    ["an address that is none", { ...GENESIS, balancesRao: { alice: 500n } }],
    ["more than there can be", { ...GENESIS, balancesRao: { [ANN.address]: 1n << 63n, [BEN.address]: 1n << 63n } }],
    ["a root that is none", { ...GENESIS, rootKey: "root" }],
    ["a parameter nobody knows", { ...GENESIS, parameters: { "SubtensorModule.Nothing": "1" } }],
    ["a parameter of the wrong kind", { ...GENESIS, parameters: { "SubtensorModule.TotalIssuance": 5 } }],
  ];
  it.each(wrong)("%s is refused", async (_, genesis) => {
    const work = createLedger({ store: memoryStore(), genesis: genesis as typeof GENESIS });
    expect((await rejectionOf(work)).code).toBe("BAD_VALUE");
  });

  it.each<[sentence: string, genesis: unknown]>([
    ["genesis.name is missing.", { schemaVersion: 1, balancesRao: {} }],
    ["genesis.balances is not a known field ({}).", { ...GENESIS, balances: {} }],
    ["genesis.schemaVersion must be 1, the only version there is, not 2.", { ...GENESIS, schemaVersion: 2 }],
    ["genesis must be of type Object, not 5.", 5],
  ])("what is wrong is said by its name: %s", async (sentence, genesis) => {
    const work = createLedger({ store: memoryStore(), genesis: genesis as typeof GENESIS });
    expect((await rejectionOf(work)).message).toBe(sentence);
  });

  it("parameters are set, and order and spelling of accounts do not matter", async () => {
    const parameters = { "SubtensorModule.TotalIssuance": "5" };
    const one = await trustingLedger({ genesis: { ...GENESIS, parameters } });
    expect(one.issuance().totalRao).toBe(5n);
    const turned = Object.fromEntries(
      Object.entries(GENESIS.balancesRao)
        .reverse()
        .map(([address, rao]) => [address.startsWith("0x") ? BEN.address : address, String(rao)]),
    );
    const [two, three] = [
      await trustingLedger(),
      await trustingLedger({ genesis: { ...GENESIS, balancesRao: turned } }),
    ];
    expect(two.digest).toBe(three.digest);
    expect(two.digest).not.toBe(one.digest);
  });

  it("an empty store needs it", async () => {
    expect((await rejectionOf(createLedger({ store: memoryStore() }))).code).toBe("MISSING_FIELD");
    expect((await rejectionOf(createLedger({} as never))).message).toBe("store is missing.");
    expect((await rejectionOf(createLedger(undefined as never))).message).toContain("options must be a JSON object");
  });
});
