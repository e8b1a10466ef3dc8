/**
 * A genuine runtime of the chain, executed: the WebAssembly that a real node runs, with a host that keeps storage in a map. It can say what
 * its metadata is, and it can begin blocks, which is all that an epoch needs.
 */
import { Blake2128, Blake2256, Keccak256, Twox64Concat, Twox128 } from "@polkadot-api/substrate-bindings";
import { decompress } from "fzstd";
import type { RawState } from "./node.js";
import { compact } from "./types.js";

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const bytesOf = (digits: string) => Uint8Array.from(Buffer.from(digits, "hex"));

/** Length of the mark that says the code is compressed. */
const MARK_BYTES = 8;
const PAGE = 65_536;

/** Compiles the code of a runtime as it lies under `:code`. */
export function compileRuntime(code: Uint8Array): WebAssembly.Module {
  const isPlain = code[0] === 0 && code[1] === 0x61;
  return new WebAssembly.Module((isPlain ? code : decompress(code.subarray(MARK_BYTES))) as BufferSource);
}

/** One run of a runtime over some storage, which it changes. Keys and values are hex digits without 0x. */
class Run {
  private readonly memory = new WebAssembly.Memory({ initial: 64 });
  private readonly exports: WebAssembly.Exports;
  private heap: number;
  private readonly saved: Map<string, string>[] = [];

  constructor(
    module: WebAssembly.Module,
    private storage: Map<string, string>,
  ) {
    const known = this.host();
    const env: Record<string, WebAssembly.ExportValue> = { memory: this.memory };
    for (const { name, kind } of WebAssembly.Module.imports(module)) {
      if (kind !== "function") continue;
      env[name] =
        known[name] ??
        (() => {
          throw new Error(`the runtime asks for ${name}`);
        });
    }
    this.exports = new WebAssembly.Instance(module, { env }).exports;
    this.heap = (this.exports.__heap_base as WebAssembly.Global).value;
  }

  /** Calls a function with SCALE arguments; gives SCALE and the storage afterwards. */
  call(name: string, args: Uint8Array): { result: Uint8Array; storage: Map<string, string> } {
    const at = this.write(args);
    const out = (this.exports[name] as (at: number, length: number) => bigint)(at, args.length);
    return { result: this.read(out), storage: this.storage };
  }

  private malloc(bytes: number): number {
    const at = (this.heap + 7) & ~7;
    this.heap = at + bytes;
    const missing = Math.ceil(this.heap / PAGE) - this.memory.buffer.byteLength / PAGE;
    if (missing > 0) this.memory.grow(missing + 16);
    return at;
  }

  private write(bytes: Uint8Array): number {
    const at = this.malloc(bytes.length);
    new Uint8Array(this.memory.buffer, at, bytes.length).set(bytes);
    return at;
  }

  /** Bytes by address and length in one number. */
  private read(span: bigint): Uint8Array {
    const at = Number(span & 0xffffffffn);
    return new Uint8Array(this.memory.buffer.slice(at, at + Number((span >> 32n) & 0xffffffffn)));
  }

  private digits(span: bigint): string {
    return hexOf(this.read(span));
  }

  private give(digits: string): bigint {
    const bytes = bytesOf(digits);
    return BigInt(this.write(bytes)) | (BigInt(bytes.length) << 32n);
  }

  private option(digits: string | undefined): bigint {
    return this.give(digits === undefined ? "00" : `01${compact(digits.length / 2)}${digits}`);
  }

  private hashing(hash: (bytes: Uint8Array) => Uint8Array) {
    return (span: bigint) => this.write(hash(this.read(span)));
  }

  private host(): Record<string, (...args: never[]) => unknown> {
    return {
      ext_allocator_malloc_version_1: (bytes: number) => this.malloc(bytes),
      ext_allocator_free_version_1: () => {},
      ext_logging_max_level_version_1: () => 0,
      ext_logging_log_version_1: () => {},
      ext_misc_print_utf8_version_1: () => {},
      ext_misc_print_hex_version_1: () => {},
      ext_hashing_twox_64_version_1: this.hashing((bytes) => Twox64Concat(bytes).slice(0, 8)),
      ext_hashing_twox_128_version_1: this.hashing(Twox128),
      ext_hashing_blake2_128_version_1: this.hashing(Blake2128),
      ext_hashing_blake2_256_version_1: this.hashing(Blake2256),
      ext_hashing_keccak_256_version_1: this.hashing(Keccak256),
      // No block is sealed here, so roots are nobody's business.
      ext_trie_blake2_256_ordered_root_version_2: () => this.write(new Uint8Array(32)),
      ext_storage_root_version_2: () => this.give("00".repeat(32)),
      ...this.storageHost(),
    };
  }

  private storageHost(): Record<string, (...args: never[]) => unknown> {
    return {
      ext_storage_get_version_1: (key: bigint) => this.option(this.storage.get(this.digits(key))),
      ext_storage_exists_version_1: (key: bigint) => Number(this.storage.has(this.digits(key))),
      ext_storage_set_version_1: (key: bigint, value: bigint) => {
        this.storage.set(this.digits(key), this.digits(value));
      },
      ext_storage_clear_version_1: (key: bigint) => {
        this.storage.delete(this.digits(key));
      },
      ext_storage_read_version_1: (key: bigint, out: bigint, offset: number) => {
        const value = this.storage.get(this.digits(key));
        if (value === undefined) return this.give("00");
        const bytes = bytesOf(value).subarray(offset);
        const room = Number((out >> 32n) & 0xffffffffn);
        new Uint8Array(this.memory.buffer, Number(out & 0xffffffffn), room).set(bytes.subarray(0, room));
        return this.give(`01${Buffer.from(Uint32Array.of(bytes.length).buffer).toString("hex")}`);
      },
      ext_storage_next_key_version_1: (key: bigint) => {
        const from = this.digits(key);
        let next: string | undefined;
        for (const one of this.storage.keys()) if (one > from && (next === undefined || one < next)) next = one;
        return this.option(next);
      },
      ext_storage_clear_prefix_version_2: (prefix: bigint) => {
        const start = this.digits(prefix);
        const found = [...this.storage.keys()].filter((key) => key.startsWith(start));
        for (const key of found) this.storage.delete(key);
        return this.give(`00${Buffer.from(Uint32Array.of(found.length).buffer).toString("hex")}`);
      },
      ext_storage_append_version_1: (key: bigint, value: bigint) => {
        const name = this.digits(key);
        this.storage.set(name, appended(this.storage.get(name), this.digits(value)));
      },
      ext_storage_start_transaction_version_1: () => {
        this.saved.push(new Map(this.storage));
      },
      ext_storage_commit_transaction_version_1: () => {
        this.saved.pop();
      },
      ext_storage_rollback_transaction_version_1: () => {
        this.storage = this.saved.pop() as Map<string, string>;
      },
    };
  }
}

/** A stored list with one more entry: its count is a compact number in front. */
function appended(list: string | undefined, entry: string): string {
  if (list === undefined) return compact(1) + entry;
  const mode = Number.parseInt(list.slice(0, 2), 16) & 3;
  const size = [1, 2, 4][mode] ?? 0;
  const count = Buffer.from(list.slice(0, 2 * size).padEnd(8, "0"), "hex").readUInt32LE() >> 2;
  return compact(count + 1) + list.slice(2 * size) + entry;
}

/** What a runtime says of itself: metadata of format 14, hex. */
export function metadataOfRuntime(module: WebAssembly.Module): string {
  const { result } = new Run(module, new Map()).call("Metadata_metadata", new Uint8Array());
  const prefix = [1, 2, 4][(result[0] ?? 0) & 3] ?? 0;
  return `0x${hexOf(result.subarray(prefix))}`;
}

/** The state after a runtime has begun a block: everything that runs before extrinsics, epochs among it. */
export function beginBlock(module: WebAssembly.Module, before: RawState, number: number): RawState {
  const storage = new Map([...before].map(([key, value]) => [key.slice(2), value.slice(2)]));
  // Parent, number, state root, extrinsics root, empty digest.
  const header = `${"11".repeat(32)}${compact(number)}${"22".repeat(32)}${"33".repeat(32)}00`;
  const run = new Run(module, storage).call("Core_initialize_block", bytesOf(header));
  return new Map([...run.storage].map(([key, value]) => [`0x${key}`, `0x${value}`]));
}
