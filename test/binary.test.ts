/** The binary format: both directions on every vector, the kernel's own packing, and nothing but typed errors for the rest. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as abi from "../assembly/contract.js";
import { runEpoch, runTracedEpoch } from "../host/api/epoch.js";
import { YumaError } from "../host/errors.js";
import { inlinedModule } from "../host/load/inlined.js";
import { guarded, instantiate } from "../host/load/kernel.js";
import { decodeResults, encodeResult } from "../host/marshal/binaryResult.js";
import { decodeSnapshots, encodeSnapshot } from "../host/marshal/binarySnapshot.js";
import { readRecord } from "../host/marshal/read.js";
import type { EpochResult, EpochSnapshot, TracedEpochResult } from "../host/types.js";
import { snapshotArbitrary } from "./oracle/random.js";
import { plain } from "./support/plain.js";
import { refusalOf } from "./support/refusal.js";
import { blockBytes, revive } from "./support/streams.js";
import { records } from "./support/vectors.js";

const kernel = instantiate(inlinedModule());
const small = records<EpochSnapshot>("epoch-small.cases.jsonl.gz");
const FUZZ = { numRuns: Number(process.env.FC_RUNS ?? 2000), seed: Number(process.env.FC_SEED ?? 20260101) };

function only<T>(found: Iterable<T>): T {
  const all = [...found];
  expect(all.length).toBe(1);
  return all[0] as T;
}

/** Equal byte for byte; a comparison by elements would take seconds. */
function expectBytes(given: Uint8Array, expected: Uint8Array): void {
  expect(Buffer.compare(given, expected)).toBe(0);
}

function withoutName({ name: _, ...result }: EpochResult): EpochResult {
  return result;
}

/** A proxy that throws at every touch. */
function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

describe("vectors", () => {
  it("2,400 snapshots survive both ways, and give the expected results from their bytes", () => {
    const expected = records<Record<string, unknown>>("epoch-small.results.jsonl.gz");
    for (const [k, snapshot] of small.entries()) {
      const bytes = encodeSnapshot(snapshot);
      const decoded = only(decodeSnapshots(bytes));
      expect(decoded.matrices).toBe(false);
      expectBytes(encodeSnapshot(decoded.snapshot), bytes);
      const { name: _, ...values } = expected[k] as Record<string, unknown>;
      expect(plain(runEpoch(kernel, decoded.snapshot))).toEqual(values);
    }
  });

  it("2,400 results survive both ways, and are the bytes the kernel packs", () => {
    const expected = records<Record<string, unknown>>("epoch-small.results.jsonl.gz").map(revive);
    for (const [k, snapshot] of small.entries()) {
      const result = expected[k] as EpochResult;
      const bytes = encodeResult(result);
      expect(only(decodeResults(bytes))).toEqual(withoutName(result));
      runEpoch(kernel, snapshot);
      expectBytes(readRecord(kernel, false), bytes);
    }
  });

  it("200 results with matrices likewise", () => {
    const cases = records<EpochSnapshot>("epoch-traced.cases.jsonl.gz");
    const expected = records<Record<string, unknown>>("epoch-traced.results.jsonl.gz").map(revive);
    for (const [k, snapshot] of cases.entries()) {
      const result = expected[k] as EpochResult;
      const bytes = encodeResult(result);
      expect(only(decodeResults(bytes))).toEqual(withoutName(result));
      runTracedEpoch(kernel, snapshot);
      expectBytes(readRecord(kernel, true), bytes);
      // Packing again, and smaller, changes nothing.
      const { weightsBits: _1, weightsForBondsBits: _2, emaBondsBits: _3, ...bare } = result as TracedEpochResult;
      expectBytes(readRecord(kernel, false), encodeResult(bare));
    }
  });
});

it("a stream holds any number of records, none included", () => {
  const some = small.slice(0, 5).map((snapshot) => encodeSnapshot(snapshot, { matrices: true }));
  const decoded = [...decodeSnapshots(Buffer.concat(some))];
  expect(decoded.map(({ snapshot }) => encodeSnapshot(snapshot, { matrices: true }))).toEqual(some);
  expect(decoded.every(({ matrices }) => matrices)).toBe(true);
  // At an odd offset of a larger buffer, too.
  expect([...decodeSnapshots(Buffer.concat([Buffer.alloc(3), ...some]).subarray(3))].length).toBe(5);
  expect([...decodeSnapshots(new Uint8Array(0))]).toEqual([]);
});

it("an ArrayBuffer is a stream, too", () => {
  const bytes = encodeSnapshot(small[7] as EpochSnapshot);
  expect(only(decodeSnapshots(bytes.slice().buffer))).toEqual(only(decodeSnapshots(bytes)));
  const result = encodeResult(runEpoch(kernel, small[7] as EpochSnapshot));
  expect(only(decodeResults(result.slice().buffer))).toEqual(only(decodeResults(result)));
});

it.each<[kind: string, unknown]>([
  ["DataView", new DataView(encodeSnapshot(small[7] as EpochSnapshot).buffer as ArrayBuffer)],
  ["Uint16Array", new Uint16Array(2)],
  ["SharedArrayBuffer", new SharedArrayBuffer(8)],
  ["Object", {}],
  ["Array", []],
  ["Null", null],
  ["Undefined", undefined],
  ["String", "YUMS"],
  ["Uint8Array", { [Symbol.toStringTag]: "Uint8Array" }],
  ["object", revoked()],
])("of kind %s is no stream", (kind, given) => {
  for (const decode of [decodeSnapshots, decodeResults]) {
    const refusal = refusalOf(() => [...decode(given as Uint8Array)]);
    expect([refusal.code, refusal.details]).toEqual(["BAD_VALUE", { field: "stream", kind }]);
  }
});

it("the length is the one the tables give", () => {
  for (const snapshot of small.slice(0, 50)) {
    const weights = snapshot.weights.flat().length;
    const bonds = snapshot.bonds.flat().length;
    expect(encodeSnapshot(snapshot).length).toBe(abi.RECORD_HEADER_BYTES + blockBytes(snapshot.n, weights, bonds));
  }
});

describe("what is refused", () => {
  const good = encodeSnapshot(small[7] as EpochSnapshot);
  const result = encodeResult(runEpoch(kernel, small[7] as EpochSnapshot));
  const altered = (from: Uint8Array, at: number, ...bytes: number[]) => {
    const copy = from.slice();
    copy.set(bytes, at);
    return copy;
  };
  const failure = (work: () => unknown): YumaError => {
    try {
      work();
    } catch (error) {
      expect(error).toBeInstanceOf(YumaError);
      return error as YumaError;
    }
    throw new Error("nothing was refused");
  };
  const drain = (bytes: Uint8Array) => [...decodeSnapshots(bytes)];

  it.each([
    ["another file", () => drain(Buffer.from("{}  ")), "magic"],
    ["a result where a snapshot belongs", () => drain(result), "magic"],
    ["a snapshot where a result belongs", () => [...decodeResults(good)], "magic"],
    ["another version", () => drain(altered(good, 4, 2)), "version"],
    ["unknown flags", () => drain(altered(good, 16, 2)), "version"],
    ["less than a header", () => drain(good.subarray(0, 20)), "truncated"],
    ["less than the record", () => drain(good.subarray(0, good.length - 8)), "truncated"],
    ["something behind the record", () => drain(Buffer.concat([good, Buffer.alloc(8)])), "trailing"],
    ["a byte behind the record", () => drain(Buffer.concat([good, Buffer.alloc(1)])), "truncated"],
    ["a length of 0", () => drain(altered(good, 8, 0, 0, 0, 0, 0, 0, 0, 0)), "length"],
    ["an absurd length", () => drain(altered(good, 8, 0, 0, 0, 0, 0, 0, 0, 255)), "length"],
    ["counts for more than is there", () => drain(altered(good, 24, 255, 255, 255)), "length"],
    ["counts for less than is there", () => drain(altered(good, 20, 1, 0)), "length"],
    ["a result's counts", () => [...decodeResults(altered(result, 20, 0, 0))], "length"],
    ["a result's reserved count", () => [...decodeResults(altered(result, 28, 1))], "length"],
  ])("%s", (_, work, reason) => {
    const error = failure(work);
    expect([error.code, error.details.reason]).toEqual(["BAD_BINARY", reason]);
  });

  it.each([
    ["a tempo beyond u16", abi.SCALAR_TEMPO, 1n << 40n, "BAD_VALUE"],
    ["unknown flags", abi.SCALAR_FLAGS, 64n, "BAD_VALUE"],
    ["a reserved scalar", abi.SCALARS - 1, 1n, "BAD_VALUE"],
    ["an owner outside", abi.SCALAR_OWNER_UID, 5000n, "BAD_UID"],
    ["a mask that does not exist", abi.SCALAR_BONDS_MASK, 3n, "BAD_VALUE"],
  ])("%s, here and by the kernel's own check", (_, scalar, value, code) => {
    const bytes = good.slice();
    new DataView(bytes.buffer).setBigUint64(abi.RECORD_HEADER_BYTES + 8 * scalar, value, true);
    expect(failure(() => drain(bytes)).code).toBe(code);
    expect(kernelTakes(bytes)).toBe(false);
  });

  it("says which record it is about, and where that begins", () => {
    const bad = good.slice();
    new DataView(bad.buffer).setBigUint64(abi.RECORD_HEADER_BYTES + 8 * abi.SCALAR_KAPPA, 65_536n, true);
    const place = { record: 3, offset: 2 * good.length };
    const title = `Snapshot 3 at byte ${place.offset}`;
    const third = (bytes: Uint8Array) => failure(() => drain(Buffer.concat([good, good, bytes])));
    const value = third(bad);
    expect(value.message).toBe(`${title}: kappa must be an integer from 0 to 65535, not 65536.`);
    expect(value.details).toEqual({ field: "kappa", value: 65_536, ...place });
    for (const header of [altered(good, 4, 2), altered(good, 8, 1), good.subarray(0, 20), good.subarray(0, 40)]) {
      expect(third(header)).toMatchObject({ message: expect.stringContaining(title), details: place });
    }
    expect(third(Buffer.alloc(8)).details).toMatchObject(place);
    const flagged = failure(() => [...decodeResults(Buffer.concat([result, altered(result, 32, 2)]))]);
    expect(flagged.message).toBe(`Result 2 at byte ${result.length}: active[0] must be 0 or 1, not 2.`);
  });

  it.each([
    ["kappa", abi.SCALAR_KAPPA, (1n << 64n) - 1n, "18446744073709551615"],
    ["tempo", abi.SCALAR_TEMPO, (1n << 53n) + 1n, "9007199254740993"],
    ["alphaSigmoidSteepness", abi.SCALAR_ALPHA_SIGMOID_STEEPNESS, 1n << 63n, "-9223372036854775808"],
    ["flags", abi.SCALAR_FLAGS, 64n, "64"],
  ])("%s is told to the last digit, and without a suffix", (field, scalar, value, told) => {
    const bytes = good.slice();
    new DataView(bytes.buffer).setBigUint64(abi.RECORD_HEADER_BYTES + 8 * scalar, value, true);
    const error = failure(() => drain(bytes));
    expect(error.message).toContain(`, not ${told}.`);
    expect(error.details).toMatchObject({ field, value: told });
  });

  it("a uid twice in a row, by the kernel's own check", () => {
    const two = small.find(({ weights }) => (weights[0]?.length ?? 0) > 1);
    const bytes = encodeSnapshot(two as EpochSnapshot);
    const view = new DataView(bytes.buffer);
    const [n, weights] = [view.getUint32(20, true), view.getUint32(24, true)];
    const pad = (x: number) => (x + 7) & ~7;
    const uids = 32 + 8 * abi.SCALARS + 40 * n + pad(n) + pad(2 * n) + pad(4 * (n + 1));
    expect(weights).toBeGreaterThan(1);
    expect(kernelTakes(bytes)).toBe(true);
    view.setUint16(uids + 2, view.getUint16(uids, true), true);
    expect(failure(() => drain(bytes)).code).toBe("DUPLICATE_UID");
    expect(kernelTakes(bytes)).toBe(false);
  });

  /** Whether the kernel's strict check accepts the input block of a record whose header is sound. */
  function kernelTakes(bytes: Uint8Array): boolean {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const counts = [20, 24, 28].map((at) => view.getUint32(at, true)) as [number, number, number];
    try {
      guarded(kernel, () => {
        const base = kernel.exports.epochBegin(...counts) >>> 0;
        new Uint8Array(kernel.memory.buffer).set(bytes.subarray(abi.RECORD_HEADER_BYTES), base);
        kernel.exports.epochCheck();
      });
      return true;
    } catch (error) {
      expect(error).toBeInstanceOf(YumaError);
      return false;
    }
  }

  /** Whether decoding succeeds; anything thrown must be typed, and never a defect. */
  function decodes(decode: (bytes: Uint8Array) => unknown, bytes: Uint8Array): boolean {
    try {
      decode(bytes);
      return true;
    } catch (error) {
      expect(error).toBeInstanceOf(YumaError);
      expect((error as YumaError).code).not.toBe("INTERNAL");
      return false;
    }
  }

  it("bit flips: typed errors only, and the kernel's check decides as the host does", () => {
    const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 7 })), { minLength: 1, maxLength: 3 });
    const property = fc.property(fc.nat({ max: small.length - 1 }), flips, (k, bits) => {
      const bytes = encodeSnapshot(small[k] as EpochSnapshot);
      // The header's own fields are compared above; here the block.
      const room = bytes.length - abi.RECORD_HEADER_BYTES;
      for (const [at, bit] of bits) {
        const index = abi.RECORD_HEADER_BYTES + (at % room);
        bytes[index] = (bytes[index] ?? 0) ^ (1 << bit);
      }
      expect(decodes(drain, bytes)).toBe(kernelTakes(bytes));
    });
    fc.assert(property, FUZZ);
  });

  it("flips anywhere, truncations and noise: typed errors only", () => {
    const all = (bytes: Uint8Array) => {
      decodes(drain, bytes);
      decodes((from) => [...decodeResults(from)], bytes);
    };
    const noise = fc.uint8Array({ maxLength: 400 }).map((bytes) => {
      const out = bytes.slice();
      if (out.length > 8 && (out[0] ?? 0) < 128) out.set(good.subarray(0, 8));
      return out;
    });
    fc.assert(fc.property(noise, all), FUZZ);
    for (const from of [good, result]) {
      const cut = fc.tuple(fc.nat({ max: from.length - 1 }), fc.nat({ max: from.length - 1 }), fc.nat({ max: 255 }));
      const damaged = cut.map(([end, at, byte]) => altered(from, at, byte).subarray(0, at % 3 ? from.length : end));
      fc.assert(fc.property(damaged, all), FUZZ);
    }
  });

  it("random snapshots survive both ways", () => {
    const property = fc.property(snapshotArbitrary({ maxUids: 12 }), fc.boolean(), (snapshot, matrices) => {
      const bytes = encodeSnapshot(snapshot as EpochSnapshot, { matrices });
      const decoded = only(decodeSnapshots(bytes));
      expect(decoded.matrices).toBe(matrices);
      expectBytes(encodeSnapshot(decoded.snapshot, { matrices }), bytes);
    });
    fc.assert(property, { ...FUZZ, numRuns: Math.min(FUZZ.numRuns, 500) });
  });
});
