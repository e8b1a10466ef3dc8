/** Binary streams for the embeddings: the shipped vectors, and the snapshots the self-test makes up. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as abi from "../../assembly/contract.js";
import { encodeResult } from "../../host/marshal/binaryResult.js";
import { encodeSnapshot } from "../../host/marshal/binarySnapshot.js";
import type { EpochResult, EpochSnapshot } from "../../host/types.js";
import { instantiate } from "./kernel.js";
import { records } from "./vectors.js";

/** A stream of snapshots, and the stream of results that must answer it. */
export interface Exchange {
  readonly snapshots: Buffer;
  readonly results: Buffer;
  readonly count: number;
}

const WIDE = /Emission$|^emission$|^stake$|Bits$/;

/** An expected result as it was before it became JSON: amounts and raw bits as bigints. */
export function revive(expected: Record<string, unknown>): EpochResult {
  const inner = (value: unknown): unknown =>
    Array.isArray(value) && Array.isArray(value[0])
      ? value.map(([uid, bits]) => [uid, BigInt(bits as string)])
      : Array.isArray(value)
        ? value.length > 0 && Array.isArray(value[0])
          ? value.map(inner)
          : value
        : value;
  const entries = Object.entries(expected).map(([name, value]) => {
    if (!WIDE.test(name) || !Array.isArray(value)) return [name, value];
    const isMatrix = value.some(Array.isArray);
    return [name, isMatrix ? value.map(inner) : value.map((entry) => BigInt(entry as string))];
  });
  return Object.fromEntries(entries) as EpochResult;
}

/** The vectors of a shipped set: what the reference computed, as the bytes it would have written. */
export function vectorExchange(set: string): Exchange {
  const cases = records<EpochSnapshot>(`${set}.cases.jsonl.gz`);
  const results = records<Record<string, unknown>>(`${set}.results.jsonl.gz`);
  const matrices = "weightsBits" in (results[0] ?? {});
  return {
    snapshots: Buffer.concat(cases.map((snapshot) => encodeSnapshot(snapshot, { matrices }))),
    results: Buffer.concat(results.map((result) => encodeResult(revive(result)))),
    count: cases.length,
  };
}

interface SelfTest {
  selfTest(): bigint;
  selfTestEpochs(): number;
  selfTestSnapshot(k: number): number;
}

/** The bytes of a built artefact. */
export function artefact(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(fileURLToPath(new URL(`../../build/${name}`, import.meta.url))));
}

/** The snapshots the self-test makes up, as a stream that asks for matrices; and the number it computes over the results. */
export function selfTestStream(): { snapshots: Buffer; count: number; checksum: bigint } {
  const { exports, memory } = instantiate<SelfTest>(artefact("selfTest.wasm"));
  const snapshots: Buffer[] = [];
  for (let k = 0; k < exports.selfTestEpochs(); k++) {
    const base = exports.selfTestSnapshot(k) >>> 0;
    const [n, weights, bonds] = new BigUint64Array(memory.buffer, base, 3) as unknown as [bigint, bigint, bigint];
    const counts = [Number(n), Number(weights), Number(bonds)] as const;
    const header = Buffer.alloc(abi.RECORD_HEADER_BYTES);
    const block = Buffer.from(memory.buffer, base, blockBytes(...counts));
    header.writeUInt32LE(abi.SNAPSHOT_MAGIC, 0);
    header.writeUInt32LE(abi.RECORD_VERSION, 4);
    header.writeBigUInt64LE(BigInt(header.length + block.length), 8);
    header.writeUInt32LE(abi.RECORD_MATRICES, 16);
    for (const [at, count] of counts.entries()) header.writeUInt32LE(count, 20 + 4 * at);
    snapshots.push(header, Buffer.from(block));
  }
  return {
    snapshots: Buffer.concat(snapshots),
    count: exports.selfTestEpochs(),
    checksum: BigInt.asUintN(64, exports.selfTest()),
  };
}

/** Bytes of an input block, by the table in assembly/binary/README.md. */
export function blockBytes(n: number, weights: number, bonds: number): number {
  const pad = (bytes: number) => (bytes + 7) & ~7;
  const rows = (entries: number) => pad(4 * (n + 1)) + 2 * pad(2 * entries);
  return 8 * abi.SCALARS + 5 * 8 * n + pad(n) + pad(2 * n) + rows(weights) + rows(bonds);
}

/** FNV-1a, 64 bits. */
export function fnv1a(bytes: Uint8Array): bigint {
  const words = new BigUint64Array(1);
  words[0] = 0xcbf29ce484222325n;
  for (const byte of bytes) words[0] = ((words[0] ?? 0n) ^ BigInt(byte)) * 0x100000001b3n;
  return words[0] ?? 0n;
}
