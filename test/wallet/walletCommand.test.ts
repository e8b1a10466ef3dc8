/** `yuma wallet`: keys made, listed, used; secrets only where they were asked for; refusals that leave nothing behind. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { requireBuild, shell, yuma } from "../support/command.js";
import pynacl from "./pynacl.json" with { type: "json" };

requireBuild();
const folder = mkdtempSync(join(tmpdir(), "yuma-wallet-command-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Several derivations over 512 MiB each: on a busy machine many times the usual four seconds. */
const PATIENCE_MS = 240_000;

const { document: alice } = pynacl;
const wallet = (input: string, ...args: string[]) => yuma(["wallet", ...args, "--wallet-path", folder], input);
const answer = (out: string) => JSON.parse(out) as Record<string, never>;

test(
  "a wallet is made, listed and signs; its secret is on disk only encrypted",
  () => {
    const made = wallet("a password\n", "create", "--wallet-name", "me", "--plain-hotkey", "--json");
    expect([made.code, made.err]).toEqual([0, ""]);
    const [coldkey, hotkey] = answer(made.out).keys as unknown as { address: string; mnemonic: string }[];
    expect(coldkey!.mnemonic.split(" ")).toHaveLength(12);

    const file = join(folder, "me", "coldkey");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, "latin1")).toMatch(/^\$NACL/);
    expect(JSON.parse(readFileSync(join(folder, "me", "coldkeypub.txt"), "utf8")).ss58Address).toBe(coldkey!.address);
    expect(JSON.parse(readFileSync(join(folder, "me", "hotkeys", "default"), "utf8")).secretPhrase).toBe(
      hotkey!.mnemonic,
    );

    const listed = wallet("", "list");
    expect(listed.out).toContain(`me  ${coldkey!.address}\n└─ default  ${hotkey!.address}`);

    const signed = wallet("a password\n", "sign", "--message", "hello", "--wallet-name", "me", "--json");
    const { address, signature } = answer(signed.out) as unknown as { address: string; signature: string };
    expect(address).toBe(coldkey!.address);
    const claim = ["verify", "--signature", signature, "--ss58-address", address];
    expect(yuma(["wallet", ...claim, "--message", "hello"])).toMatchObject({ code: 0 });
    expect(yuma(["wallet", ...claim, "--message", "hallo"])).toMatchObject({ code: 1 });

    const wrong = wallet("another\n", "sign", "--message", "hello", "--wallet-name", "me");
    expect(wrong).toMatchObject({ code: 2, out: "", err: expect.stringContaining("password is wrong") });
  },
  PATIENCE_MS,
);

test.each([
  ["create", "--wallet-name", "untold", "--plain-hotkey"],
  ["new-coldkey", "--wallet-name", "untold"],
  ["new-hotkey", "--wallet-name", "untold", "--plain-hotkey"],
])("%s keeps no key whose words could not be told", (...args) => {
  if (!existsSync("/dev/full")) return console.info("not tested: this system has no /dev/full");
  const { code, err } = shell(`echo password | $YUMA wallet ${args.join(" ")} --wallet-path ${folder} > /dev/full`);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("Standard output cannot be written") });
  expect(existsSync(join(folder, "untold"))).toBe(false);
});

test("a key that was told and could not be written is said not to be kept", () => {
  const { code, err } = yuma(["wallet", "new-hotkey", "--plain-hotkey", "--wallet-path", "/proc/yuma"]);
  expect({ code, err }).toEqual({
    code: 2,
    err: expect.stringMatching(/\nNot every key that was told is kept\.\nyuma: \/proc\S+ cannot be written: .*\.\n$/),
  });
});

test("a key comes again from its seed, and none of it is told", () => {
  const made = wallet(`${alice.secretSeed}\n`, "regen-hotkey", "--hotkey", "again", "--plain-hotkey");
  expect(made).toMatchObject({ code: 0, out: `hotkey   again  ${alice.ss58Address}\n`, err: "" });
  const written = JSON.parse(readFileSync(join(folder, "default", "hotkeys", "again"), "utf8"));
  expect(written).toEqual({ ...alice, cryptoType: 1 });
});

test("the public half of a coldkey kept elsewhere is a wallet to look at", () => {
  wallet("", "regen-coldkeypub", "--wallet-name", "cold", "--ss58-address", alice.ss58Address);
  expect(wallet("", "list").out).toContain(`cold  ${alice.ss58Address}`);
  const fresh = wallet("a password\n", "new-coldkey", "--wallet-name", "cold");
  expect(fresh).toMatchObject({
    code: 2,
    out: "",
    err: expect.stringContaining("coldkeypub.txt is there already"),
  });
  expect(existsSync(join(folder, "cold", "coldkey"))).toBe(false);
});

test.each([
  ["an unknown length", "", ["new-hotkey", "--n-words", "13", "--plain-hotkey"], "words must be one of 12, 15"],
  ["a name that leads elsewhere", "", ["new-hotkey", "--hotkey", "../x", "--plain-hotkey"], '"../x"'],
  ["no password", "", ["new-coldkey", "--wallet-name", "none"], "no answer"],
  ["an empty password", "\n", ["new-coldkey", "--wallet-name", "none"], "must not be empty"],
  ["a phrase that is none", "not a phrase\n", ["regen-hotkey", "--hotkey", "none", "--plain-hotkey"], "(not shown)"],
  ["a wallet that is not there", "", ["sign", "--message", "x", "--wallet-name", "none"], "there is no such file"],
  ["an address that is none", "", ["regen-coldkeypub", "--wallet-name", "none", "--ss58-address", "5x"], '"5x"'],
])("%s is refused with a sentence, and nothing is written", (_what, input, args, sentence) => {
  const before = readdirSync(folder, { recursive: true });
  const { code, out, err } = wallet(input, ...args);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain(sentence);
  expect(err).not.toContain("not a phrase");
  expect(readdirSync(folder, { recursive: true })).toEqual(before);
});

test("a signature that is none is bad usage", () => {
  const args = ["verify", "--message", "x", "--signature", "0x12", "--ss58-address", alice.ss58Address];
  expect(yuma(["wallet", ...args])).toMatchObject({ code: 2, err: expect.stringContaining('"0x12"') });
});
