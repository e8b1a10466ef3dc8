/** Keys, addresses, eras and signed bytes, against published values and by their laws. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toAccount, toAddress } from "../../host/ledger/accounts/address.js";
import { birthOf, deathOf, eraCodec, IMMORTAL, mortalEra } from "../../host/ledger/accounts/era.js";
import { DEV_PHRASE, signerOf, verifySr25519 } from "../../host/ledger/accounts/keys.js";
import { readSigned, signCall } from "../../host/ledger/accounts/signed.js";
import { callCodec, calls } from "../../host/ledger/calls/index.js";
import { type Account, fromHex, toHex } from "../../host/ledger/state/codecs.js";
import { refusalOf } from "../support/refusal.js";

const ALICE = "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";
const BOB = "0x8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48";

describe("keys", () => {
  // The development accounts of every Substrate chain.
  it.each([
    ["//Alice", ALICE, "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY"],
    ["//Bob", BOB, "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty"],
    [
      "//Alice//stash",
      "0xbe5ddb1579b72e84524fc29e78609e3caf42e85aa118ebfe0b0ad404b5bdd25f",
      "5GNJqTPyNqANBkUVMN1LPPrxXnFouWXoe2wNSmmEoLctxiZY",
    ],
    [
      "0xe5be9a5092b81bca64be81d212e7f2f9eba183bb7a90954f7b76361f6edb5c0a",
      ALICE,
      "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
    ],
    [
      DEV_PHRASE,
      "0x46ebddef8cd9bb167dc30878d7113b7e168e6f0646beffd77d69d39bad76b47a",
      "5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV",
    ],
  ])("%s", (secret, account, address) => {
    expect(signerOf(secret)).toMatchObject({ account, address });
  });

  it("the phrase may be written out, its seed given, and a password changes it", () => {
    const seed = "0xfac7959dbfe72f052e5a0c3c8d6530f202b02fd8f9f5ca3580ec8deb7797479e";
    expect(signerOf(seed).account).toBe(signerOf(DEV_PHRASE).account);
    expect(signerOf(`${DEV_PHRASE}//Alice`).account).toBe(ALICE);
    expect(signerOf(`${DEV_PHRASE}///secret`).account).not.toBe(signerOf(DEV_PHRASE).account);
  });

  it("refuses what is no secret, without showing it", () => {
    for (const bad of ["", "0x12", "one two three", DEV_PHRASE.replace("walk", "lake"), "Alice"]) {
      const error = refusalOf(() => signerOf(bad));
      expect(error.code).toBe("BAD_VALUE");
      if (bad) expect(error.message).not.toContain(bad);
    }
  });

  it("a signature is of its message and its account alone", async () => {
    const alice = signerOf("//Alice");
    const message = Uint8Array.of(1, 2, 3);
    const signature = alice.sign(message);
    expect(await verifySr25519(message, signature, alice.account)).toBe(true);
    expect(await verifySr25519(Uint8Array.of(1, 2, 4), signature, alice.account)).toBe(false);
    expect(await verifySr25519(message, signature, BOB)).toBe(false);
    expect(await verifySr25519(message, new Uint8Array(64), alice.account)).toBe(false);
    expect(await verifySr25519(message, new Uint8Array(3), alice.account)).toBe(false);
  });
});

describe("addresses", () => {
  it("go there and back", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        const account = toHex(bytes);
        expect(toAccount("account", toAddress(account))).toBe(account);
        expect(toAccount("account", account.toUpperCase().replace("0X", "0x"))).toBe(account);
      }),
    );
  });

  it("refuses other networks, wrong checksums and anything else", () => {
    const alice = toAddress(ALICE);
    // Alice under Polkadot's prefix 0.
    const polkadot = "15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5";
    for (const bad of [polkadot, `${alice.slice(0, -1)}Z`, alice.slice(1), "0x12", "", 5, null, "l0OI"]) {
      expect(refusalOf(() => toAccount("to", bad)).code).toBe("BAD_VALUE");
    }
  });
});

describe("eras", () => {
  it("are encoded as Substrate does", () => {
    // From the documentation of sp-runtime's Era: mortal(64, 42).
    expect(eraCodec.enc(mortalEra(64, 42))).toEqual(Uint8Array.of(5 + (42 % 16) * 16, Math.floor(42 / 16)));
    expect(eraCodec.enc(IMMORTAL)).toEqual(Uint8Array.of(0));
  });

  it("last from their birth for their period", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2048 }), fc.nat(1e9), fc.nat(3000), (atLeast, block, later) => {
        const era = eraCodec.dec(eraCodec.enc(mortalEra(atLeast, block)));
        const period = era.kind === "mortal" ? era.periodBlocks : 0;
        expect(period).toBeGreaterThanOrEqual(atLeast);
        expect(birthOf(era, block)).toBe(block);
        expect(deathOf(era, birthOf(era, block))).toBe(block + period);
        const within = later < period;
        expect(birthOf(era, block + later) === block).toBe(within);
      }),
    );
  });
});

describe("signed bytes", () => {
  const call = calls.balances.transferKeepAlive({ to: BOB, amountRao: 12345n });
  const [genesis, birth] = [`0x${"11".repeat(32)}`, `0x${"22".repeat(32)}`];

  it("a call is the chain's own encoding", () => {
    expect(toHex(callCodec.enc(call))).toBe(`0x050300${BOB.slice(2)}e5c0`);
  });

  it("go there and back, and no other bytes are taken", () => {
    const bytes = signCall(signerOf("//Alice"), { call, era: mortalEra(64, 42), nonce: 7 }, genesis, birth);
    expect(readSigned(bytes)).toMatchObject({ signer: ALICE, nonce: 7, era: mortalEra(64, 42), call });
    expect(toHex(bytes).length / 2 - 1).toBe(1 + 32 + 64 + 2 + 1 + 2 + 33 + 2);
    for (const bad of [bytes.slice(0, -1), Uint8Array.of(...bytes, 0), Uint8Array.of(4, ...bytes.slice(1)), "x"]) {
      expect(refusalOf(() => readSigned(bad)).code).toBe("BAD_BINARY");
    }
    // 12345 in four bytes instead of two.
    const wide = toHex(bytes).replace(/e5c0$/, "e6c00000");
    expect(refusalOf(() => readSigned(fromHex(wide))).code).toBe("BAD_BINARY");
  });

  it("never throws anything but a refusal", () => {
    const sound = signCall(signerOf("//Alice"), { call, era: IMMORTAL, nonce: 0 }, genesis, birth);
    fc.assert(
      fc.property(fc.nat(sound.length - 1), fc.nat(255), fc.nat(sound.length), (at, byte, length) => {
        const bytes = sound.slice(0, length);
        if (at < bytes.length) bytes[at] = byte;
        try {
          readSigned(bytes);
        } catch (error) {
          expect((error as { name: string }).name).toBe("YumaError");
        }
      }),
    );
    const deep = Uint8Array.of(...sound.slice(0, 99), ...new Array(60_000).fill([12, 0]).flat());
    expect(refusalOf(() => readSigned(deep)).code).toMatch(/BAD_BINARY|BAD_VALUE/);
  });
});

it("amounts are never numbers", () => {
  const input = { to: BOB as Account, amountRao: 5 as unknown as bigint };
  expect(refusalOf(() => calls.balances.transferKeepAlive(input)).code).toBe("BAD_VALUE");
});
