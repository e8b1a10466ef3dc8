/**
 * Plain arrays in linear memory, named by element type. An array is its address; nobody checks bounds here, because
 * every array is drawn for its exact length (consensus/frame.ts) and every uid is checked when it enters.
 */

export function u8At(array: usize, i: u32): u8 {
  return load<u8>(array + i);
}
export function setU8(array: usize, i: u32, value: u8): void {
  store<u8>(array + i, value);
}

export function u16At(array: usize, i: u32): u32 {
  return load<u16>(array + ((<usize>i) << 1));
}
export function setU16(array: usize, i: u32, value: u32): void {
  store<u16>(array + ((<usize>i) << 1), <u16>value);
}

export function u32At(array: usize, i: u32): u32 {
  return load<u32>(array + ((<usize>i) << 2));
}
export function setU32(array: usize, i: u32, value: u32): void {
  store<u32>(array + ((<usize>i) << 2), value);
}

export function u64At(array: usize, i: u32): u64 {
  return load<u64>(array + ((<usize>i) << 3));
}
export function setU64(array: usize, i: u32, value: u64): void {
  store<u64>(array + ((<usize>i) << 3), value);
}

/** Element of an I32F32 vector: raw bits. */
export function at(vector: usize, i: u32): i64 {
  return load<i64>(vector + ((<usize>i) << 3));
}
/** Writes the raw bits of one I32F32 element. */
export function set(vector: usize, i: u32, bits: i64): void {
  store<i64>(vector + ((<usize>i) << 3), bits);
}

/** Elements i and i + 1 of an I32F32 vector, in two lanes. */
export function pairAt(vector: usize, i: u32): v128 {
  return v128.load(vector + ((<usize>i) << 3));
}
/** Writes them. */
export function setPair(vector: usize, i: u32, lanes: v128): void {
  v128.store(vector + ((<usize>i) << 3), lanes);
}
