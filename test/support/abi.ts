/** The kernel's exports called as another language would: raw numbers, traps read from the two globals. */
import { expect } from "vitest";
import * as abi from "../../assembly/contract.js";
import { inlinedModule } from "../../host/load/inlined.js";
import { instantiate, type Kernel, type KernelExports } from "../../host/load/kernel.js";

/** A kernel, its exports and a few words for filling an epoch by hand. */
export class Abi {
  readonly kernel: Kernel = instantiate(inlinedModule());
  readonly exports: KernelExports = this.kernel.exports;
  /** Address of the scalars of the epoch under way. */
  base = 0;

  /** Bytes of memory the instance has. */
  get memoryBytes(): number {
    return this.kernel.memory.buffer.byteLength;
  }

  /** Begins an epoch and gives every scalar a plain value. */
  begin(n: number, weights = 0, bonds = 0): void {
    this.base = this.exports.epochBegin(n, weights, bonds) >>> 0;
    this.scalar(abi.SCALAR_CURRENT_BLOCK, 1000n);
    this.scalar(abi.SCALAR_ACTIVITY_CUTOFF, 5000n);
    this.scalar(abi.SCALAR_KAPPA, 32767n);
    this.scalar(abi.SCALAR_MAX_ALLOWED_VALIDATORS, 64n);
    this.scalar(abi.SCALAR_OWNER_UID, BigInt(abi.NO_OWNER));
    this.scalar(abi.SCALAR_RAO_EMISSION, 1_000_000_000n);
    this.rows(abi.INPUT_WEIGHT_ROWS, n, weights);
    this.rows(abi.INPUT_BOND_ROWS, n, bonds);
  }

  scalar(slot: number, value: bigint): void {
    new DataView(this.kernel.memory.buffer).setBigUint64(this.base + 8 * slot, BigInt.asUintN(64, value), true);
  }

  /** All entries in the first row. */
  rows(input: number, n: number, entries: number): void {
    this.starts(input, [0, ...new Array<number>(n).fill(entries)]);
  }

  starts(input: number, starts: readonly number[]): void {
    new Uint32Array(this.kernel.memory.buffer, this.exports.epochInput(input) >>> 0, starts.length).set(starts);
  }

  /** A plain epoch of three uids runs: the instance is in order. Its emission goes by equal stake. */
  expectUsable(): void {
    this.begin(3);
    new BigUint64Array(this.kernel.memory.buffer, this.exports.epochInput(abi.INPUT_ALPHA_STAKE) >>> 0, 3).fill(5n);
    this.exports.epochRun();
    const stake = new BigUint64Array(this.kernel.memory.buffer, this.exports.epochField(abi.FIELD_STAKE) >>> 0, 3);
    expect([...stake]).toEqual([5n, 5n, 5n]);
    const emission = new BigUint64Array(
      this.kernel.memory.buffer,
      this.exports.epochField(abi.FIELD_EMISSION) >>> 0,
      3,
    );
    // A third of 2^32 is floored, hence ⌊1431655765 · 10^9 / 2^32⌋.
    expect([...emission]).toEqual([333333333n, 333333333n, 333333333n]);
  }

  /** The call traps with this code and value, and the instance works afterwards. */
  expectTrap(call: () => unknown, code: number, value: number | bigint): void {
    this.exports.errorCode.value = 0;
    this.exports.errorValue.value = 0n;
    expect(call).toThrow(WebAssembly.RuntimeError);
    expect([this.exports.errorCode.value, BigInt.asUintN(64, this.exports.errorValue.value)]).toEqual([
      code,
      BigInt.asUintN(64, BigInt(value)),
    ]);
    this.expectUsable();
  }
}
