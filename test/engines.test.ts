/**
 * One number from every engine: the FNV-1a hash over the binary results, matrices included, of the 300 epochs the self-test
 * makes up. Where an engine takes no snapshots from outside, it runs the self-test's own module; the others answer its
 * snapshots as a stream, and the hash is taken of what they wrote.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { runTracedEpoch } from "../host/api/epoch.js";
import { inlined } from "../host/load/inlined.js";
import { instantiate, type Kernel } from "../host/load/kernel.js";
import { hasSimd } from "../host/load/simd.js";
import { decodeResults, encodeResult } from "../host/marshal/binaryResult.js";
import { decodeSnapshots } from "../host/marshal/binarySnapshot.js";
import { absent, buildExample, ROOT, run } from "./support/native.js";
import { usesSimd } from "./support/opcodes.js";
import { artefact, fnv1a, selfTestStream } from "./support/streams.js";
import { runWasi } from "./support/wasi.js";

/** What every engine must return. Changes only with the self-test's snapshots or the format. */
const CHECKSUM = 0x8dcf9ba1bc2ee71fn;

const { snapshots, checksum } = selfTestStream();
const folder = mkdtempSync(join(tmpdir(), "yuma-engines-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The host's way through a kernel: decode, check, run, read, encode. */
function answer(kernel: Kernel): Buffer {
  const results = [...decodeSnapshots(snapshots)].map(({ snapshot }) => encodeResult(runTracedEpoch(kernel, snapshot)));
  return Buffer.concat(results);
}

describe("the self-test", () => {
  it("is what it was, and no formality", () => {
    expect(checksum).toBe(CHECKSUM);
    const results = [...decodeResults(runWasi(snapshots).stdout)];
    expect(results.length).toBe(300);
    const with_ = (has: (result: (typeof results)[number]) => boolean) => results.filter(has).length;
    expect(with_(({ incentive }) => incentive.some((x) => x > 0))).toBeGreaterThan(150);
    expect(with_(({ dividends }) => dividends.some((x) => x > 0))).toBeGreaterThan(150);
    expect(with_(({ consensus }) => consensus.some((x) => x > 0))).toBeGreaterThan(100);
    expect(with_(({ bonds }) => bonds.some((row) => row.length > 0))).toBeGreaterThan(150);
    expect(Math.max(...results.map(({ active }) => active.length))).toBeGreaterThan(64);
  });
});

describe("in Node", () => {
  it("the release build", () => {
    expect(fnv1a(answer(instantiate(inlined(true))))).toBe(CHECKSUM);
  });

  it("the scalar build", () => {
    expect(fnv1a(answer(instantiate(inlined(false))))).toBe(CHECKSUM);
  });

  it("the debug build", () => {
    const out = join(folder, "kernel.debug.wasm");
    const asc = ["node_modules/assemblyscript/bin/asc.js", "assembly/index.ts", "--target", "debug"];
    const words = [...asc, "--outFile", out, "--textFile", `${out}.wat`];
    execFileSync(process.execPath, words, { cwd: ROOT, stdio: "pipe" });
    expect(fnv1a(answer(instantiate(new WebAssembly.Module(readFileSync(out)))))).toBe(CHECKSUM);
  });

  it("the WASI command", () => {
    expect(fnv1a(runWasi(snapshots).stdout)).toBe(CHECKSUM);
  });
});

describe("elsewhere", () => {
  const native = absent("wasm2c", "wasm2c", "gcc", "make");
  it.skipIf(native !== null)("as a native program, by wasm2c", () => {
    const program = buildExample("kernel.scalar.wasm", folder);
    expect(fnv1a(run(program, [], snapshots).stdout)).toBe(CHECKSUM);
  });

  const interpreter = absent("wabt's interpreter", "wasm-interp");
  it.skipIf(interpreter !== null)("in wabt's interpreter", () => {
    const printed = run("wasm-interp", ["build/selfTest.wasm", "--run-all-exports"]).stdout.toString();
    const found = /^selfTest\(\) => i64:(\d+)$/m.exec(printed)?.[1];
    expect(found && BigInt(found)).toBe(CHECKSUM);
  });

  const jsc = absent("JavaScriptCore", "jsc");
  it.skipIf(jsc !== null)("in JavaScriptCore, the self-test and the release build", () => {
    const script = join(folder, "run.js");
    writeFileSync(join(folder, "snapshots"), snapshots);
    writeFileSync(script, JSC_DRIVER);
    const ran = run("jsc", [script, "--", "build/selfTest.wasm", "build/kernel.wasm", join(folder, "snapshots")]);
    expect(ran.stderr).toBe("");
    expect(ran.stdout.toString().trim().split("\n")).toEqual([CHECKSUM.toString(), CHECKSUM.toString()]);
  });
});

/** Runs the self-test, then answers the stream with the kernel as a page would, and hashes. */
const JSC_DRIVER = `
const [selfTest, kernel, snapshots] = arguments.map((file) => read(file, "binary"));
const make = (bytes) => new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
print(BigInt.asUintN(64, make(selfTest).selfTest()));
const k = make(kernel);
const hash = new BigUint64Array([0xcbf29ce484222325n]);
const stream = new DataView(snapshots.buffer, snapshots.byteOffset, snapshots.byteLength);
for (let at = 0; at < snapshots.length; ) {
  const end = at + Number(stream.getBigUint64(at + 8, true));
  const base = k.epochBegin(...[20, 24, 28].map((offset) => stream.getUint32(at + offset, true)));
  new Uint8Array(k.memory.buffer).set(snapshots.subarray(at + 32, end), base);
  k.epochCheck();
  k.epochRun();
  const result = k.epochResult(stream.getUint32(at + 16, true));
  const size = Number(new DataView(k.memory.buffer).getBigUint64(result + 8, true));
  for (const byte of new Uint8Array(k.memory.buffer, result, size)) hash[0] = (hash[0] ^ BigInt(byte)) * 0x100000001b3n;
  at = end;
}
print(hash[0]);
`;

describe("an engine without SIMD", () => {
  it("is told apart, and gets the scalar kernel", async () => {
    expect(hasSimd()).toBe(true);
    vi.resetModules();
    const probe = vi.spyOn(WebAssembly, "validate").mockReturnValue(false);
    try {
      const { inlinedModule } = await import("../host/load/inlined.js");
      const compile = vi.spyOn(WebAssembly, "Module");
      const { epoch } = await import("../host/index.js");
      const [{ snapshot } = {} as never] = decodeSnapshots(snapshots);
      expect(epoch(snapshot).active.length).toBe(snapshot.n);
      expect(probe).toHaveBeenCalledTimes(1);
      expect(Buffer.from(compile.mock.calls[0]?.[0] as Uint8Array).equals(artefact("kernel.scalar.wasm"))).toBe(true);
      expect(inlinedModule()).toBe(inlinedModule());
    } finally {
      vi.restoreAllMocks();
    }
  });

  it("finds no SIMD instruction in the scalar kernel, nor in the self-test", () => {
    expect(usesSimd(artefact("kernel.scalar.wasm"))).toBe(false);
    expect(usesSimd(artefact("selfTest.wasm"))).toBe(false);
    // The reader of opcodes does see them where they are.
    expect(usesSimd(artefact("kernel.wasm"))).toBe(true);
  });

  const validator = absent("wabt's validator", "wasm-validate");
  it.skipIf(validator !== null)("wabt's validator agrees", () => {
    const valid = (file: string) => run("wasm-validate", ["--disable-simd", `build/${file}`]).status === 0;
    expect([valid("kernel.scalar.wasm"), valid("selfTest.wasm"), valid("kernel.wasm")]).toEqual([true, true, false]);
  });
});
