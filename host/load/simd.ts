/** Whether this engine has SIMD, which the faster of the two kernels needs. */

/** The smallest module with a SIMD instruction: a function that splats an i32 into a v128 and drops it. */
// biome-ignore format: one line a section
const PROBE = Uint8Array.of(
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, // magic, version 1
  1, 4, 1, 0x60, 0, 0, //             types: () → ()
  3, 2, 1, 0, //                      functions: one of type 0
  10, 9, 1, 7, 0, 0x41, 0, 0xfd, 17, 0x1a, 11, // code: i32.const 0, i32x4.splat, drop, end
);

/** True where `kernel.wasm` runs; elsewhere it takes `kernel.scalar.wasm`, which gives the same results. */
export function hasSimd(): boolean {
  return WebAssembly.validate(PROBE);
}
