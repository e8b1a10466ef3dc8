/** Tiny WebAssembly modules assembled by hand, and changes to the built kernel, for tests of what may be loaded. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ABI_VERSION } from "../../assembly/contract.js";

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const UNREACHABLE = [0x00];

const vector = (items: readonly number[][]): number[] => [items.length, ...items.flat()];
const section = (id: number, body: readonly number[]): number[] => [id, body.length, ...body];
const text = (name: string): number[] => [name.length, ...Buffer.from(name)];

/** What stands in a tiny module's `abiVersion`: a number below 64 to return, or a trap. */
export type Version = number | "trap";

/** A valid module of one page of memory and, unless null, an `abiVersion`. */
export function tinyModule(version: Version | null): Uint8Array<ArrayBuffer> {
  const memory = [...text("memory"), 0x02, 0x00];
  if (version === null) return bytes(HEADER, section(5, vector([[0x00, 0x01]])), section(7, vector([memory])));
  const code = version === "trap" ? UNREACHABLE : [0x41, version];
  return bytes(
    HEADER,
    section(1, vector([[0x60, 0x00, 0x01, 0x7f]])),
    section(3, vector([[0x00]])),
    section(5, vector([[0x00, 0x01]])),
    section(7, vector([memory, [...text("abiVersion"), 0x00, 0x00]])),
    section(10, vector([[code.length + 2, 0x00, ...code, 0x0b]])),
  );
}

/** A module that wants a function from its host. */
export function importingModule(): Uint8Array<ArrayBuffer> {
  return bytes(
    HEADER,
    section(1, vector([[0x60, 0x00, 0x00]])),
    section(2, vector([[...text("env"), ...text("f"), 0x00, 0x00]])),
  );
}

/** The built kernel. */
export function kernelBytes(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(fileURLToPath(new URL("../../build/kernel.wasm", import.meta.url))));
}

/** The built kernel with an `abiVersion` that returns `version`: the first body `i32.const ABI_VERSION; end` is patched. */
export function kernelOfVersion(version: number): Uint8Array<ArrayBuffer> {
  const kernel = kernelBytes();
  const body = Buffer.from([0x04, 0x00, 0x41, ABI_VERSION, 0x0b]);
  for (let at = Buffer.from(kernel).indexOf(body); at >= 0; at = Buffer.from(kernel).indexOf(body, at + 1)) {
    const patched = Uint8Array.from(kernel);
    patched[at + 3] = version;
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(patched));
    if ((exports.abiVersion as () => number)() === version) return patched;
  }
  throw new Error("no function of the kernel returns the ABI version as expected");
}

function bytes(...parts: readonly number[][]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flat());
}
