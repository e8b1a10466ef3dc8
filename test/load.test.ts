/** Loading: what is not this kernel is refused at the door, and every way in leads to the same results. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ABI_VERSION } from "../assembly/contract.js";
import * as inlined from "../host/index.js";
import { inlinedModule } from "../host/load/inlined.js";
import { type KernelSource, load, loadFrom } from "../host/slim.js";
import type { EpochSnapshot, MechanismsSnapshot } from "../host/types.js";
import { refusalOf, rejectionOf } from "./support/refusal.js";
import { validMechanisms, validSnapshot } from "./support/snapshots.js";
import { records } from "./support/vectors.js";
import { importingModule, kernelBytes, kernelOfVersion, tinyModule } from "./support/wasm.js";

const SEED = Number(process.env.FC_SEED ?? 20260702);
const RUNS = Number(process.env.FC_RUNS ?? 300);
console.info(`random bytes: FC_SEED=${SEED} FC_RUNS=${RUNS}`);

const kernel = kernelBytes();
const snapshot = validSnapshot() as unknown as EpochSnapshot;
/** Loads and uses: some faults only show when an instance is made. */
const use = (source: unknown) => load(source as KernelSource).epoch(snapshot);
const codeOf = (source: unknown) => refusalOf(() => use(source)).code;

describe("what is not this kernel", () => {
  test.each([undefined, null, 1, "kernel.wasm", [], {}, [0, 0x61], Symbol("x")])("%p is no source", (source) => {
    expect(codeOf(source)).toBe("BAD_KERNEL");
  });

  test("random bytes", () => {
    const magic = fc.uint8Array({ maxLength: 200 }).map((tail) => Uint8Array.from([...kernel.slice(0, 8), ...tail]));
    const property = fc.property(
      fc.oneof(fc.uint8Array(), magic),
      (bytes) => void expect(codeOf(bytes)).toBe("BAD_KERNEL"),
    );
    fc.assert(property, { seed: SEED, numRuns: RUNS, verbose: true });
  });

  test("a kernel cut short anywhere", () => {
    for (let length = 0; length < kernel.length; length += 97)
      expect(codeOf(kernel.slice(0, length))).toBe("BAD_KERNEL");
    expect(codeOf(kernel.slice(0, -1))).toBe("BAD_KERNEL");
  });

  test("a kernel with one bit of its header wrong", () => {
    for (let bit = 0; bit < 64; bit++) {
      const bytes = Uint8Array.from(kernel);
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      expect(codeOf(bytes)).toBe("BAD_KERNEL");
    }
  });

  test("another module", () => {
    expect(codeOf(tinyModule(null))).toBe("BAD_KERNEL");
    expect(codeOf(importingModule())).toBe("BAD_KERNEL");
    expect(codeOf(tinyModule("trap"))).toBe("BAD_KERNEL");
    const pretender = refusalOf(() => use(tinyModule(ABI_VERSION)));
    expect(pretender.code).toBe("BAD_KERNEL");
    expect(pretender.details.missing).toContain("epochRun");
  });

  test("another ABI version", () => {
    for (const source of [tinyModule(63), kernelOfVersion(63), new WebAssembly.Module(kernelOfVersion(63))]) {
      const error = refusalOf(() => use(source));
      expect([error.code, error.details]).toEqual(["ABI_MISMATCH", { kernel: 63, host: ABI_VERSION }]);
    }
    expect(use(kernelOfVersion(ABI_VERSION))).toEqual(inlined.epoch(snapshot));
  });
});

describe("every way in", () => {
  const server = createServer((request, response) => {
    if (request.url === "/kernel.wasm") response.end(kernel);
    else if (request.url === "/text") response.end("no kernel");
    else response.writeHead(404).end("gone");
  });
  let origin = "";
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  const file = new URL("../build/kernel.wasm", import.meta.url);
  const data = `data:application/wasm;base64,${Buffer.from(kernel).toString("base64")}`;

  test.each([
    ["bytes", () => load(kernel)],
    ["an ArrayBuffer", () => load(kernel.buffer)],
    ["a DataView", () => load(new DataView(kernel.buffer))],
    ["part of a buffer", () => load(Uint8Array.from([1, 2, 3, ...kernel]).subarray(3))],
    ["a module", () => load(new WebAssembly.Module(kernel))],
    ["the inlined module", () => load(inlinedModule())],
    ["a file: URL", () => loadFrom(file)],
    ["a file: URL as text", () => loadFrom(file.href)],
    ["a data: URL", () => loadFrom(data)],
    ["an http: URL", () => loadFrom(`${origin}/kernel.wasm`)],
  ])("%s gives the default entry's results", async (_name, open) => {
    const yuma = await open();
    const subnet = validMechanisms() as unknown as MechanismsSnapshot;
    for (const each of [snapshot, ...records<EpochSnapshot>("epoch-small.cases.jsonl.gz").slice(0, 20)]) {
      expect(yuma.epoch(each)).toEqual(inlined.epoch(each));
      expect(yuma.tracedEpoch(each)).toEqual(inlined.tracedEpoch(each));
    }
    expect(yuma.explain(snapshot, 0)).toEqual(inlined.explain(snapshot, 0));
    expect(yuma.mechanismsEpoch(subnet)).toEqual(inlined.mechanismsEpoch(subnet));
    const prepared = yuma.prepareEpoch(snapshot);
    prepared.run();
    expect(prepared.result()).toEqual(inlined.epoch(snapshot));
  });

  test.each([
    ["a missing file", () => pathToFileURL("/nowhere/kernel.wasm"), "BAD_FILE", "file:///nowhere/kernel.wasm"],
    ["a folder", () => new URL(".", file), "BAD_FILE", "build"],
    ["a path", () => "build/kernel.wasm", "BAD_FILE", "build/kernel.wasm"],
    ["no text at all", () => "", "BAD_FILE", "absolute URL"],
    ["an unknown scheme", () => "ftp://127.0.0.1/kernel.wasm", "BAD_FILE", "ftp:"],
    ["http 404", () => `${origin}/missing`, "BAD_FILE", "HTTP 404"],
    ["nobody listening", () => "http://127.0.0.1:1/kernel.wasm", "BAD_FILE", "127.0.0.1:1"],
    ["text", () => `${origin}/text`, "BAD_KERNEL", "not a WebAssembly module"],
    ["a data: URL of text", () => "data:,hello", "BAD_KERNEL", "not a WebAssembly module"],
    ["a long data: URL that is none", () => `data:;base64,${"!".repeat(100_000)}`, "BAD_FILE", "data:"],
  ])("%s is refused", async (_name, url, code, said) => {
    const error = await rejectionOf(loadFrom(url()));
    expect(error.code).toBe(code);
    expect(error.message).toContain(said);
  });

  test.each([undefined, null, 1, {}, Symbol("x")])("%p is no URL", async (given) => {
    expect((await rejectionOf(loadFrom(given as never))).code).toBe("BAD_FILE");
  });
});

test("the kernel imports nothing", () => {
  expect(WebAssembly.Module.imports(inlinedModule())).toEqual([]);
});
