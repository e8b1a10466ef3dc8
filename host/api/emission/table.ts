/** The kernel's table of subnets, read and written by field. The view is made anew where memory has grown. */
import * as abi from "../../../assembly/emission/contract.js";
import { guarded, type Kernel } from "../../load/kernel.js";

const LOW64 = (1n << 64n) - 1n;

/** A table under way in a kernel; one at a time. */
export interface Table {
  /** Writes a scalar (BLOCK_*). */
  setScalar(id: number, value: bigint): void;
  /** Reads one, unsigned. */
  scalar(id: number): bigint;
  /** Writes subnet i's value of a field (SUBNET_*). */
  set(id: number, i: number, value: bigint): void;
  /** Reads one, unsigned. */
  get(id: number, i: number): bigint;
  /** Runs phases (PHASE_* bits). */
  run(phases: number): void;
}

/** Draws a table of n subnets. Throws TOO_LARGE where n is out of range or memory does not suffice. */
export function beginTable(kernel: Kernel, n: number): Table {
  const { exports, memory } = kernel;
  const base = guarded(kernel, () => exports.emissionBegin(n)) >>> 0;
  const fields = Array.from({ length: abi.SUBNET_FIELDS }, (_, id) =>
    guarded(kernel, () => exports.emissionField(id) >>> 0),
  );
  let current = new DataView(memory.buffer);
  // Growth detaches the buffer; a new view is only made then.
  const view = () => {
    if (current.buffer !== memory.buffer) current = new DataView(memory.buffer);
    return current;
  };
  const read = (at: number, bytes: number) => {
    const low = view().getBigUint64(at, true);
    return bytes === 8 ? low : (view().getBigUint64(at + 8, true) << 64n) | low;
  };
  const write = (at: number, bytes: number, value: bigint) => {
    view().setBigUint64(at, value & LOW64, true);
    if (bytes === 16) view().setBigUint64(at + 8, (value >> 64n) & LOW64, true);
  };
  const sizeOf = (id: number) => (id < abi.SUBNET_WIDE_FIELDS ? 16 : 8);
  const place = (id: number, i: number) => (fields[id] ?? 0) + i * sizeOf(id);
  return {
    setScalar: (id, value) => write(base + 16 * id, 16, value),
    scalar: (id) => read(base + 16 * id, 16),
    set: (id, i, value) => write(place(id, i), sizeOf(id), value),
    get: (id, i) => read(place(id, i), sizeOf(id)),
    run: (phases) => guarded(kernel, () => exports.emissionRun(phases)),
  };
}

/** The flags of a subnet (SUBNET_FLAG_*). */
export function flagsOf(isDynamic: boolean, emissionEnabled: boolean, ownerCutEnabled: boolean): bigint {
  return BigInt(
    (isDynamic ? abi.SUBNET_FLAG_DYNAMIC : 0) |
      (emissionEnabled ? abi.SUBNET_FLAG_EMISSION : 0) |
      (ownerCutEnabled ? abi.SUBNET_FLAG_OWNER_CUT : 0),
  );
}
