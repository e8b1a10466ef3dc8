/**
 * The kernel in other hands: the WASI command under Node, and the C example made by wasm2c. Both read the shipped vectors as
 * a binary stream and must write what the reference computed, byte for byte; both must refuse what is broken.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as abi from "../assembly/contract.js";
import { decodeResults } from "../host/marshal/binaryResult.js";
import { encodeSnapshot } from "../host/marshal/binarySnapshot.js";
import type { EpochSnapshot } from "../host/types.js";
import { absent, buildExample, type Ran, ROOT, run } from "./support/native.js";
import { vectorExchange } from "./support/streams.js";
import { records } from "./support/vectors.js";
import { runWasi } from "./support/wasi.js";

const small = records<EpochSnapshot>("epoch-small.cases.jsonl.gz");
const good = encodeSnapshot(small[3] as EpochSnapshot);
const reason = absent("C example", "wasm2c", "gcc", "make");

function altered(at: number, ...bytes: number[]): Uint8Array {
  const copy = good.slice();
  copy.set(bytes, at);
  return copy;
}

/** Stakes the chain cannot hold: refused by the run itself, deep within the kernel. */
function overflowing(): Uint8Array {
  const stake = (2n ** 63n - 1n).toString();
  const snapshot = small.find(({ n }) => n >= 3) as EpochSnapshot;
  const alphaStake = snapshot.alphaStake.map(() => stake);
  return encodeSnapshot({ ...snapshot, alphaStake, stakeThreshold: "0" });
}

const folder = mkdtempSync(join(tmpdir(), "yuma-embed-"));
afterAll(() => rmSync(folder, { recursive: true }));

const PROGRAMS = [
  { name: "the WASI command", start: () => runWasi, skip: false },
  {
    name: "the C example",
    start: () => {
      const program = buildExample("kernel.scalar.wasm", folder);
      return (input: Uint8Array) => run(program, [], input);
    },
    skip: reason !== null,
  },
];

describe.each(PROGRAMS)("$name", ({ start, skip }) => {
  let program: (input: Uint8Array) => Ran;
  beforeAll(() => {
    if (!skip) program = start();
  }, 300_000);

  it.skipIf(skip).each(["epoch-small", "epoch-traced", "epoch-subnet"])("%s: every byte of every result", (set) => {
    const { snapshots, results } = vectorExchange(set);
    const ran = program(snapshots);
    expect([ran.status, ran.stderr]).toEqual([0, ""]);
    expect(Buffer.compare(ran.stdout, results)).toBe(0);
  });

  it.skipIf(skip)("an empty stream holds no snapshot", () => {
    expect(program(new Uint8Array(0))).toEqual({ status: 0, stdout: Buffer.alloc(0), stderr: "" });
  });

  it.skipIf(skip).each([
    ["another file", Buffer.from("{}\n"), abi.ERROR_TRUNCATED, "ends within the record", 3],
    [
      "a longer other file",
      Buffer.from('{"n": 3, "currentBlock": 5000360}'),
      abi.ERROR_MAGIC,
      "no binary snapshot",
      0x226e227b,
    ],
    ["another version", altered(4, 9), abi.ERROR_VERSION, "version", 9],
    ["unknown flags", altered(16, 4), abi.ERROR_VERSION, "version or flags", 4],
    ["no uids", altered(20, 0, 0), abi.ERROR_UIDS, "1 to 4096 uids", 0],
    ["too many uids", altered(20, 255, 255, 255, 255), abi.ERROR_UIDS, "1 to 4096 uids", 0xffffffff],
    ["too many entries", altered(24, 1, 0, 0, 1), abi.ERROR_ENTRIES, "16777216", 0x1000001],
    ["a length that lies", altered(8, 0, 1, 0), abi.ERROR_LENGTH, "does not follow", 256],
    ["half a header", good.subarray(0, 17), abi.ERROR_TRUNCATED, "ends within the record", 17],
    ["half a record", good.subarray(0, 100), abi.ERROR_TRUNCATED, "ends within the record", 100],
    [
      "a kappa beyond u16",
      altered(32 + 8 * abi.SCALAR_KAPPA + 2, 1),
      abi.ERROR_FIELD,
      "out of range",
      abi.SCALAR_KAPPA,
    ],
    ["stakes beyond 2^63", overflowing(), abi.ERROR_STAKE, "2^63", 1],
  ])(
    "%s: exit code 2, the code and its value, one sentence, the results before it",
    (_, bytes, code, sentence, value) => {
      for (const lead of [[], [encodeSnapshot(small[0] as EpochSnapshot)]]) {
        const ran = program(Buffer.concat([...lead, bytes]));
        expect(ran.status).toBe(2);
        expect(ran.stderr).toMatch(/^yuma: snapshot [12]: [^\n]+\n$/);
        const name = Object.entries(abi).find(([key, value]) => key.startsWith("ERROR_") && value === code)?.[0];
        expect(ran.stderr).toMatch(ran.stderr.includes("ERROR_") ? `${name} (${code})` : sentence);
        expect(ran.stderr).toMatch(new RegExp(`\\b${value}\\.?\\n$`));
        expect([...decodeResults(ran.stdout)].length).toBe(lead.length);
      }
    },
  );

  it.skipIf(skip)("noise and damage: an exit code, never a crash", () => {
    const damaged = fc
      .tuple(fc.nat({ max: good.length }), fc.nat({ max: good.length - 1 }), fc.nat({ max: 255 }))
      .map(([end, at, byte]) => altered(at, byte).subarray(0, end % 3 === 0 ? end : good.length));
    const property = fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 200 })), (bytes) => {
      const ran = program(bytes);
      expect(ran.status === 0 || ran.status === 2).toBe(true);
      expect(ran.stderr === "").toBe(ran.status === 0);
    });
    fc.assert(property, { numRuns: 100, seed: Number(process.env.FC_SEED ?? 20260101) });
  });
});

it.skipIf(reason !== null)("the C example says so where it can't read or write, and ends with 2", () => {
  const file = join(folder, "one.bin");
  writeFileSync(file, good);
  const shell = (line: string) => run("sh", ["-c", line]);
  const program = join(folder, "yuma");
  for (const option of ["", "--print"]) {
    const full = shell(`${program} ${option} < ${file} > /dev/full`);
    expect([full.status, full.stderr]).toEqual([2, "yuma: standard output cannot be written\n"]);
  }
  const unreadable = shell(`${program} < ${folder}`);
  expect([unreadable.status, unreadable.stderr]).toEqual([2, "yuma: standard input cannot be read\n"]);
});

it("the few lines of the README answer the vectors as a pipe", () => {
  const readme = readFileSync(new URL("../assembly/embed/README.md", import.meta.url), "utf8");
  const program = /^```js\n([\s\S]*?)^```/m.exec(readme)?.[1] ?? "";
  // Beside the package, so that it finds it by its name.
  const file = join(ROOT, "dist", `pipe${process.pid}.mjs`);
  writeFileSync(file, program);
  try {
    const { snapshots, results } = vectorExchange("epoch-small");
    const ran = run(process.execPath, ["--no-warnings", file], snapshots);
    expect([ran.status, ran.stderr]).toEqual([0, ""]);
    expect(Buffer.compare(ran.stdout, results)).toBe(0);
    expect(run(process.execPath, ["--no-warnings", file], Buffer.from("{}")).status).toBe(2);
  } finally {
    rmSync(file);
  }
});

it.skipIf(reason !== null)("the C example prints a table on request, and knows its words", () => {
  const program = buildExample("kernel.scalar.wasm", folder);
  const printed = run(program, ["--print"], good).stdout.toString();
  expect(printed.trim().split("\n").length).toBe(1 + (small[3] as EpochSnapshot).n);
  expect(run(program, ["--what"]).status).toBe(2);
});
