/** Wallet files: against a file that PyNaCl encrypted and published keys; what is refused, and that nothing is lost or shown. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { verifySr25519 } from "../../host/ledger/accounts/keys.js";
import { freshSecret, readKeyDocument, secretDocument, secretOf } from "../../host/wallet/keyfile.js";
import { sealingOf } from "../../host/wallet/sealed.js";
import {
  coldkeypubOf,
  createWallet,
  hotkeyAddressOf,
  listWallets,
  openColdkey,
  openHotkey,
  writeColdkey,
  writeColdkeypub,
  writeHotkey,
} from "../../host/wallet/wallet.js";
import { refusalOf, rejectionOf } from "../support/refusal.js";
import pynacl from "./pynacl.json" with { type: "json" };

const folder = mkdtempSync(join(tmpdir(), "yuma-wallets-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bytesOf = (value: unknown) => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
const alice = pynacl.document;
const place = (name: string) => ({ folder, name });
/** A derivation takes four seconds over 512 MiB; on a busy machine many times that. */
const PATIENCE_MS = 240_000;
const never = () => {
  throw new Error("no password was needed");
};

/** Whether the signer signs for the account. */
function signsFor(signer: ReturnType<typeof secretOf>["signer"], account: string): boolean {
  const message = bytesOf("a message");
  return verifySr25519(message, signer.sign(message), account as `0x${string}`) as boolean;
}

describe("documents", () => {
  it("a published key is written with its published private key", () => {
    const written = JSON.parse(secretDocument(secretOf(alice.secretSeed)));
    expect(written).toEqual({ ...alice, cryptoType: 1 });
  });

  it.each(["secretSeed", "privateKey"] as const)("a published key is read by its %s alone", (field) => {
    const { signer, address } = readKeyDocument(bytesOf({ [field]: alice[field] }));
    expect(address).toBe(alice.ss58Address);
    expect(signsFor(signer!, alice.publicKey)).toBe(true);
  });

  it("a mnemonic gives the seed substrate gives", () => {
    // The published seed of the development phrase.
    const phrase = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";
    expect(JSON.parse(secretDocument(secretOf(phrase)))).toMatchObject({
      secretPhrase: phrase,
      secretSeed: "0xfac7959dbfe72f052e5a0c3c8d6530f202b02fd8f9f5ca3580ec8deb7797479e",
      ss58Address: "5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV",
    });
    expect(secretOf(`  ${phrase.replaceAll(" ", "   ")}\n`).signer.address).toBe(
      "5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV",
    );
  });

  it("fresh keys differ and have as many words as asked for", () => {
    expect(freshSecret(24).phrase?.split(" ")).toHaveLength(24);
    expect(freshSecret().seed).not.toEqual(freshSecret().seed);
    expect(refusalOf(() => freshSecret(13)).code).toBe("BAD_VALUE");
  });

  it.each([
    ["no JSON", "{", "json"],
    ["no object", [1], "json"],
    ["another kind", { ...alice, cryptoType: 0 }, "kind"],
    ["no key", { cryptoType: 1 }, "missing"],
    ["a phrase that is none", { secretPhrase: "zoo zoo zoo secretword" }, "secret"],
    ["a seed too short", { secretSeed: "0x00" }, "secret"],
    ["another's address", { ...alice, ss58Address: "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty" }, "address"],
    ["an address that is none", { ss58Address: "5F" }, "address"],
  ])("%s is refused, and the secret is not shown", (_what, document, reason) => {
    const { code, details, message } = refusalOf(() => readKeyDocument(bytesOf(document)));
    expect([code, details["reason"]]).toEqual(["BAD_KEYFILE", reason]);
    expect(JSON.stringify({ message, details })).not.toMatch(/secretword|e5be9a/);
  });
});

describe("files", () => {
  it(
    "a coldkey that PyNaCl encrypted opens with its password, and with no other",
    async () => {
      mkdirSync(join(folder, "foreign"));
      writeFileSync(join(folder, "foreign", "coldkey"), Buffer.from(pynacl.sealed, "hex"));
      const signer = await openColdkey(place("foreign"), () => pynacl.password);
      expect(signer.address).toBe(alice.ss58Address);
      const wrong = await rejectionOf(openColdkey(place("foreign"), () => "another password"));
      expect([wrong.code, wrong.details["reason"]]).toEqual(["BAD_KEYFILE", "password"]);
      expect(JSON.stringify(wrong)).not.toContain("another password");
    },
    PATIENCE_MS,
  );

  it("a wallet whose hotkey is there already is not begun", async () => {
    await writeHotkey(place("half"), "default", freshSecret(), "plain");
    expect(await rejectionOf(createWallet(place("half"), { password: "long enough" }))).toMatchObject({
      code: "FILE_EXISTS",
    });
    expect(readdirSync(join(folder, "half"))).toEqual(["hotkeys"]);
  });

  it(
    "a wallet is written encrypted and for its owner alone, and opened again",
    async () => {
      const made = await createWallet(place("mine"), { password: "long enough" });
      const path = join(folder, "mine");
      expect(readdirSync(path).sort()).toEqual(["coldkey", "coldkeypub.txt", "hotkeys"]);
      expect(sealingOf(readFileSync(join(path, "coldkey")))).toBe("nacl");
      for (const file of ["coldkey", "coldkeypub.txt", "hotkeys/default"]) {
        expect(statSync(join(path, file)).mode & 0o777).toBe(0o600);
      }
      const publicHalf = readFileSync(join(path, "coldkeypub.txt"), "utf8");
      expect(JSON.parse(publicHalf)).toEqual({
        accountId: made.coldkey.signer.account,
        publicKey: made.coldkey.signer.account,
        ss58Address: made.coldkey.signer.address,
        cryptoType: 1,
      });
      expect((await openColdkey(place("mine"), () => "long enough")).address).toBe(made.coldkey.signer.address);
      expect((await openHotkey(place("mine"), "default", never)).address).toBe(made.hotkey.signer.address);
      expect((await coldkeypubOf(place("mine"))).address).toBe(made.coldkey.signer.address);
    },
    PATIENCE_MS,
  );

  it("nothing is written over, and nothing half-written stays", async () => {
    await writeHotkey(place("twice"), "h", secretOf(alice.secretSeed), "plain");
    const before = readFileSync(join(folder, "twice/hotkeys/h"));
    const refused = await rejectionOf(writeHotkey(place("twice"), "h", freshSecret(), "plain"));
    expect(refused.code).toBe("FILE_EXISTS");
    expect(readFileSync(join(folder, "twice/hotkeys/h"))).toEqual(before);
    expect(readdirSync(join(folder, "twice/hotkeys"))).toEqual(["h"]);
  });

  it("an empty password, a name that leads elsewhere, early encryption and huge files are refused", async () => {
    expect((await rejectionOf(writeColdkey(place("x"), freshSecret(), ""))).code).toBe("BAD_VALUE");
    for (const name of ["../x", "a/b", "", ".", "a".repeat(65), "x."]) {
      expect((await rejectionOf(writeHotkey(place(name), "h", freshSecret(), "plain"))).code).toBe("BAD_VALUE");
      expect((await rejectionOf(writeHotkey(place("x"), name, freshSecret(), "plain"))).code).toBe("BAD_VALUE");
    }
    mkdirSync(join(folder, "old"));
    for (const text of ["$ANSIBLE_VAULT;1.1;AES256\n00", "gAAAAABkxyz"]) {
      writeFileSync(join(folder, "old/coldkey"), text);
      const refused = await rejectionOf(openColdkey(place("old"), never));
      expect([refused.code, refused.details["reason"]]).toEqual(["BAD_KEYFILE", "sealing"]);
    }
    writeFileSync(join(folder, "old/coldkey"), "$NACLshort");
    expect((await rejectionOf(openColdkey(place("old"), () => "x"))).details["reason"]).toBe("length");
    writeFileSync(join(folder, "old/coldkey"), "x".repeat(70_000));
    expect((await rejectionOf(openColdkey(place("old"), never))).code).toBe("BAD_FILE");
    expect((await rejectionOf(openColdkey(place("none"), never))).code).toBe("BAD_FILE");
  });

  it("wallets are listed with addresses and without secrets", async () => {
    const shelf = join(folder, "shelf");
    const { account, address } = secretOf(alice.secretSeed).signer;
    await writeColdkeypub({ folder: shelf, name: "b" }, { account, address });
    await writeHotkey({ folder: shelf, name: "b" }, "m1", secretOf(alice.secretSeed), "plain");
    mkdirSync(join(shelf, "b/hotkeys"), { recursive: true });
    writeFileSync(join(shelf, "b/hotkeys/m2"), Buffer.from(pynacl.sealed, "hex"));
    writeFileSync(join(shelf, "b/hotkeys/m3"), Buffer.from(pynacl.sealed, "hex"));
    writeFileSync(join(shelf, "b/hotkeys/m3pub.txt"), JSON.stringify({ ss58Address: address }));
    mkdirSync(join(shelf, "a"));
    expect(await listWallets(shelf)).toEqual([
      { name: "a", address: undefined, hotkeys: [] },
      {
        name: "b",
        address,
        hotkeys: [
          { name: "m1", address },
          { name: "m2", address: undefined },
          { name: "m3", address },
        ],
      },
    ]);
    expect(await listWallets(join(folder, "nowhere"))).toEqual([]);
    expect(await hotkeyAddressOf({ folder: shelf, name: "b" }, "m1")).toBe(address);
  });
});
