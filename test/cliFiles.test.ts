/** What the command writes to and reads from: files whole or not at all, pipes and devices straight, no directory for a text. */
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { writeWhole } from "../host/cli/files.js";
import { encodeSnapshot } from "../host/marshal/binarySnapshot.js";
import type { EpochSnapshot } from "../host/types.js";
import { requireBuild, shell } from "./support/command.js";
import { validSnapshot } from "./support/snapshots.js";

let folder: string;
let [target, snapshots] = ["", ""];

beforeAll(requireBuild);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "yuma-files-"));
  target = join(folder, "out");
  snapshots = join(folder, "in");
  const one = encodeSnapshot(validSnapshot() as unknown as EpochSnapshot);
  writeFileSync(snapshots, Buffer.concat(Array.from({ length: 100 }, () => one)));
});
afterEach(() => rmSync(folder, { recursive: true }));

const left = () => readdirSync(folder).sort();

describe("a file", () => {
  it("is replaced when all of it is written, and keeps its mode", async () => {
    writeFileSync(target, "old");
    chmodSync(target, 0o640);
    await writeWhole(target, async (to) => {
      writeFileSync(to, "new");
      expect(readFileSync(target, "utf8")).toBe("old");
    });
    expect(readFileSync(target, "utf8")).toBe("new");
    expect(statSync(target).mode & 0o777).toBe(0o640);
    expect(left()).toEqual(["in", "out"]);
  });

  it("stays as it was where writing fails, and nothing stays beside it", async () => {
    writeFileSync(target, "old");
    const failing = writeWhole(target, async (to) => {
      writeFileSync(to, "ne");
      throw new Error("full");
    });
    await expect(failing).rejects.toThrow("full");
    expect(readFileSync(target, "utf8")).toBe("old");
    expect(left()).toEqual(["in", "out"]);
  });

  it("a link leads to is written through the link", async () => {
    const link = join(folder, "link");
    writeFileSync(target, "old");
    symlinkSync(target, link);
    await writeWhole(link, async (to) => writeFileSync(to, "new"));
    expect(readFileSync(target, "utf8")).toBe("new");
    expect(left()).toEqual(["in", "link", "out"]);
  });

  it.each([
    ["new", null],
    ["old", "old"],
  ])("too large for the disk: a sentence, and what was there (%s)", (_, old) => {
    if (old !== null) writeFileSync(target, old);
    const ran = shell(`ulimit -f 8; $YUMA epoch --from-binary ${snapshots} --to-binary ${target}`);
    expect([ran.code, ran.out, ran.err]).toEqual([
      2,
      "",
      `yuma: ${target} cannot be written: it would be too large.\n`,
    ]);
    expect(left()).toEqual(old === null ? ["in"] : ["in", "out"]);
    if (old !== null) expect(readFileSync(target, "utf8")).toBe(old);
  });
});

describe("what is no file", () => {
  const epoch = () => `$YUMA epoch --from-binary ${snapshots} --to-binary`;

  it("is written straight: a pipe, standard output, a device", () => {
    const whole = shell(`${epoch()} - | wc -c`).out;
    expect(Number(whole)).toBeGreaterThan(100);
    expect(shell(`mkfifo ${folder}/pipe; wc -c < ${folder}/pipe & ${epoch()} ${folder}/pipe; wait`).out).toBe(whole);
    expect(shell(`${epoch()} /dev/stdout | wc -c`).out).toBe(whole);
    expect(shell(`${epoch()} /dev/null`)).toEqual({ code: 0, out: "", err: "" });
    expect(left()).toEqual(["in", "pipe"]);
  });

  it.runIf(process.platform === "linux")("and may be full", () => {
    const ran = shell(`${epoch()} /dev/full`);
    expect([ran.code, ran.err]).toEqual([2, "yuma: /dev/full cannot be written: there is no space left.\n"]);
  });
});

it.each([
  "epoch --from-binary - --to-binary OUT",
  "epoch - --jsonl --to-binary OUT",
  "epoch - --jsonl",
  "epoch -",
  "conform epoch -",
  "conform epoch - --against -",
  "explain - --uid 0",
])("a directory for standard input: %s", (words) => {
  const ran = shell(`$YUMA ${words.replace("OUT", target)} < ${folder}`);
  expect([ran.code, ran.out]).toEqual([2, ""]);
  expect(ran.err).toMatch(/^yuma: [A-Z][^\n]+\.\n$/);
  expect(left()).toEqual(["in"]);
});

it("a password is not read from what cannot be read", () => {
  const ran = shell(`$YUMA wallet create --wallet-path ${folder}/wallets 0> ${target}`);
  expect([ran.code, ran.out]).toEqual([2, ""]);
  expect(ran.err).toMatch(/^yuma: New password for [^\n]+: no answer\.[^\n]+\n$/);
});
