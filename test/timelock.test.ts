/**
 * Timelocked weights: ciphertexts of the ecosystem's own library for a genuine pulse of drand's quicknet and for beacons of known keys, opened
 * here and made anew here to the byte; pulses proved; and what is no ciphertext refused.
 */
import { readFileSync } from "node:fs";
import { hexToBytes } from "@noble/hashes/utils.js";
import { describe, expect, it, test } from "vitest";
import {
  isPulse,
  open,
  openWeights,
  QUICKNET,
  roundAt,
  seal,
  sealWeights,
  secondsOf,
  YumaError,
} from "../host/timelock/index.js";

interface Case {
  readonly name: string;
  readonly publicKey: string;
  readonly round: string;
  readonly signature: string;
  readonly entropy: string;
  readonly plaintext: string;
  readonly ciphertext: string;
}

const text = readFileSync(new URL("vectors/timelock.jsonl", import.meta.url), "utf8");
const CASES = text
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Case);
const [FIRST, LEGACY] = CASES as [Case, Case];
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const ALICE = "d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof YumaError) return `${error.code} ${error.details.reason ?? error.details.field}`;
    throw error;
  }
  return "accepted";
}

describe.each(CASES)("$name", ({ publicKey, round, signature, entropy, plaintext, ciphertext }) => {
  it("is opened by the round's signature, which is the beacon's", () => {
    expect(hex(open(hexToBytes(ciphertext), hexToBytes(signature)))).toBe(plaintext);
    expect(isPulse(hexToBytes(publicKey), round, hexToBytes(signature))).toBe(true);
  });

  it("is sealed to the same bytes", () => {
    const options = { publicKey: hexToBytes(publicKey), entropy: hexToBytes(entropy) };
    expect(hex(seal(hexToBytes(plaintext), round, options))).toBe(ciphertext);
  });
});

describe("rows", () => {
  it("are read in either form", () => {
    const row = openWeights(hexToBytes(FIRST.ciphertext), hexToBytes(FIRST.signature));
    expect(row).toEqual({ hotkey: hexToBytes(ALICE), uids: [3, 4], values: [40000, 20000], versionKey: 0n });
    const plain = openWeights(hexToBytes(LEGACY.ciphertext), hexToBytes(LEGACY.signature));
    expect(plain).toEqual({ hotkey: null, uids: [0, 1, 2], values: [1, 65535, 7], versionKey: 9n });
  });

  it("are sealed as they are given, by fresh randomness", () => {
    const row = { hotkey: hexToBytes(ALICE), uids: [0], values: [65535], versionKey: 1n };
    const [one, other] = [sealWeights(row, 1000), sealWeights(row, 1000n)];
    expect(hex(one)).not.toBe(hex(other));
    expect(openWeights(one, hexToBytes(FIRST.signature))).toEqual(row);
  });

  const sealed = (payload: string) => seal(hexToBytes(payload), 1000);
  const read = (payload: string) => openWeights(sealed(payload), hexToBytes(FIRST.signature));

  it("whose hotkey would be too short are of the older form", () => {
    // With a hotkey of one byte: 05, then the uid 0x0706, the value 0x0908, a version key. Without: the uid 0x0405, the value 0x0607, a version key.
    const row = read("0405040407060409080a0b0c0d0e0f1011");
    expect(row).toEqual({ hotkey: null, uids: [0x0405], values: [0x0607], versionKey: 0x0e0d0c0b0a080904n });
  });

  test.each([
    ["nothing", ""],
    ["a list cut short", "08010002"],
    ["a length not in its shortest form", `0100${"04000100"}0000000000000000`],
  ])("of %s are none", (_what, payload) => {
    expect(refusal(() => read(payload))).toMatch(/^BAD_BINARY/);
  });

  test.each([
    ["uids[0]", { uids: [65536] }],
    ["values[1]", { values: [1, -1] }],
    ["versionKey", { versionKey: -1n }],
    ["hotkey", { hotkey: new Uint8Array(31) }],
  ])("with a bad %s are refused", (field, change) => {
    const row = { hotkey: null, uids: [0], values: [1], versionKey: 0n, ...change };
    expect(() => sealWeights(row, 1)).toThrow(
      expect.objectContaining({ code: "BAD_VALUE", message: expect.stringContaining(field) }),
    );
  });
});

describe("arguments of other types", () => {
  const none = undefined as never;
  const row = { hotkey: null, uids: [0], values: [1], versionKey: 0n };
  test.each<[string, () => unknown]>([
    ["BAD_VALUE message", () => seal("abc" as never, 1000n)],
    ["BAD_VALUE options", () => seal(new Uint8Array(), 1000n, null as never)],
    ["BAD_VALUE entropy", () => seal(new Uint8Array(), 1000n, { entropy: "x" as never })],
    ["BAD_VALUE ciphertext", () => open("abc" as never, hexToBytes(FIRST.signature))],
    ["BAD_VALUE signature", () => open(hexToBytes(FIRST.ciphertext), none)],
    ["BAD_VALUE publicKey", () => isPulse(none, 1, hexToBytes(FIRST.signature))],
    ["BAD_VALUE weights", () => sealWeights(none, 1)],
    ["BAD_VALUE hotkey", () => sealWeights({ ...row, hotkey: none }, 1)],
    ["BAD_LENGTH values", () => sealWeights({ ...row, uids: [0, 1] }, 1)],
    ["BAD_VALUE seconds", () => roundAt(QUICKNET, Number.NaN)],
    ["BAD_VALUE beacon", () => roundAt(none, 1)],
    ["BAD_VALUE beacon", () => secondsOf(none, 1)],
    ["BAD_VALUE beacon.periodSeconds", () => roundAt({ ...QUICKNET, periodSeconds: 0 }, 1)],
    ["BAD_VALUE beacon.genesisSeconds", () => secondsOf({ ...QUICKNET, genesisSeconds: none }, 1)],
    ["BAD_VALUE round", () => secondsOf(QUICKNET, none)],
  ])("are refused: %s", (expected, work) => {
    expect(refusal(work)).toBe(expected);
  });
});

describe("what is no ciphertext, or another's", () => {
  const bytes = hexToBytes(FIRST.ciphertext);
  const signature = hexToBytes(FIRST.signature);
  const flipped = (at: number) => bytes.map((byte, k) => (k === at ? byte ^ 1 : byte));

  it("is refused wherever it is cut", () => {
    const whole = bytes.length - 8 - "AES_GCM_".length;
    for (let length = 0; length < whole; length += 7) {
      expect(refusal(() => open(bytes.slice(0, length), signature))).toMatch(/^BAD_(BINARY|VALUE)/);
    }
    expect(hex(open(Uint8Array.of(...bytes, 1, 2, 3), signature))).toBe(FIRST.plaintext);
  });

  // The point, its flags, v, w, lengths, the body, its tag, the nonce.
  test.each([0, 50, 95, 96, 110, 140, 150, 176, 184, 200, 250, 262, 270])(
    "is refused with bit 0 of byte %i flipped",
    (at) => {
      expect(refusal(() => open(flipped(at), signature))).toMatch(/^BAD_(BINARY|VALUE)/);
    },
  );

  it("may name another suite, which nobody reads", () => {
    expect(hex(open(flipped(bytes.length - 1), signature))).toBe(FIRST.plaintext);
  });

  it("is not opened by another round's signature, nor by what is none", () => {
    const other = hexToBytes((CASES.at(-1) as Case).signature);
    expect(refusal(() => open(bytes, other))).toBe("BAD_BINARY seal");
    expect(refusal(() => open(bytes, signature.slice(1)))).toBe("BAD_VALUE signature");
    const zero = Uint8Array.of(0xc0, ...new Uint8Array(47));
    expect(refusal(() => open(bytes, zero))).toBe("BAD_BINARY seal");
    const zeroPoint = Uint8Array.of(0xc0, ...new Uint8Array(95), ...bytes.slice(96));
    expect(refusal(() => open(zeroPoint, signature))).toBe("BAD_BINARY seal");
    expect(refusal(() => seal(bytes, 1, { entropy: new Uint8Array(75) }))).toBe("BAD_VALUE entropy");
    expect(refusal(() => seal(bytes, -1))).toBe("BAD_VALUE round");
  });
});

describe("a beacon", () => {
  it("made no other round's signature", () => {
    expect(isPulse(QUICKNET.publicKey, 1001, hexToBytes(FIRST.signature))).toBe(false);
    expect(isPulse(QUICKNET.publicKey, 1000, hexToBytes((CASES.at(-1) as Case).signature))).toBe(false);
    const zero = (size: number) => Uint8Array.of(0xc0, ...new Uint8Array(size - 1));
    expect(isPulse(QUICKNET.publicKey, 1000, zero(48))).toBe(false);
    expect(isPulse(zero(96), 1000, zero(48))).toBe(false);
  });

  it("has a round every three seconds", () => {
    expect([0, 1_692_803_366, 1_692_803_367, 1_692_803_369, 1_692_803_370].map((at) => roundAt(QUICKNET, at))).toEqual([
      0n,
      0n,
      1n,
      1n,
      2n,
    ]);
    expect([1, 1000].map((round) => secondsOf(QUICKNET, round))).toEqual([1_692_803_367, 1_692_806_364]);
  });
});
