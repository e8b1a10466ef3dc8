/** From rows to columns and back: transposing by tiles that fit the vector registers. */
import * as area from "./area";

/** Both blocks by columns. */
export function turnIntoColumns(): void {
  transpose16(area.weightRows, area.weightColumns);
  transpose16(area.bondRows, area.bondColumns);
}

/** Row-major u16 to column-major, eight by eight. */
function transpose16(from: usize, to: usize): void {
  const fromStride = (<usize>area.width) << 1;
  const toStride = (<usize>area.height) << 1;
  for (let r: u32 = 0; r < area.height; r += 8) {
    for (let j: u32 = 0; j < area.width; j += 8) {
      transposeTile(
        area.rowAt(from, r) + ((<usize>j) << 1),
        fromStride,
        area.columnAt(to, j) + ((<usize>r) << 1),
        toStride,
      );
    }
  }
}

function transposeTile(a: usize, s: usize, o: usize, d: usize): void {
  const r0 = v128.load(a);
  const r1 = v128.load(a + s);
  const r2 = v128.load(a + 2 * s);
  const r3 = v128.load(a + 3 * s);
  const r4 = v128.load(a + 4 * s);
  const r5 = v128.load(a + 5 * s);
  const r6 = v128.load(a + 6 * s);
  const r7 = v128.load(a + 7 * s);
  const a0 = i16x8.shuffle(r0, r1, 0, 8, 1, 9, 2, 10, 3, 11);
  const a1 = i16x8.shuffle(r0, r1, 4, 12, 5, 13, 6, 14, 7, 15);
  const a2 = i16x8.shuffle(r2, r3, 0, 8, 1, 9, 2, 10, 3, 11);
  const a3 = i16x8.shuffle(r2, r3, 4, 12, 5, 13, 6, 14, 7, 15);
  const a4 = i16x8.shuffle(r4, r5, 0, 8, 1, 9, 2, 10, 3, 11);
  const a5 = i16x8.shuffle(r4, r5, 4, 12, 5, 13, 6, 14, 7, 15);
  const a6 = i16x8.shuffle(r6, r7, 0, 8, 1, 9, 2, 10, 3, 11);
  const a7 = i16x8.shuffle(r6, r7, 4, 12, 5, 13, 6, 14, 7, 15);
  const b0 = i32x4.shuffle(a0, a2, 0, 4, 1, 5);
  const b1 = i32x4.shuffle(a0, a2, 2, 6, 3, 7);
  const b2 = i32x4.shuffle(a1, a3, 0, 4, 1, 5);
  const b3 = i32x4.shuffle(a1, a3, 2, 6, 3, 7);
  const b4 = i32x4.shuffle(a4, a6, 0, 4, 1, 5);
  const b5 = i32x4.shuffle(a4, a6, 2, 6, 3, 7);
  const b6 = i32x4.shuffle(a5, a7, 0, 4, 1, 5);
  const b7 = i32x4.shuffle(a5, a7, 2, 6, 3, 7);
  v128.store(o, i64x2.shuffle(b0, b4, 0, 2));
  v128.store(o + d, i64x2.shuffle(b0, b4, 1, 3));
  v128.store(o + 2 * d, i64x2.shuffle(b1, b5, 0, 2));
  v128.store(o + 3 * d, i64x2.shuffle(b1, b5, 1, 3));
  v128.store(o + 4 * d, i64x2.shuffle(b2, b6, 0, 2));
  v128.store(o + 5 * d, i64x2.shuffle(b2, b6, 1, 3));
  v128.store(o + 6 * d, i64x2.shuffle(b3, b7, 0, 2));
  v128.store(o + 7 * d, i64x2.shuffle(b3, b7, 1, 3));
}

/** The column-major codes by rows, four by four, over the blocks that are no longer needed. */
export function turnIntoRows(): void {
  const stride = (<usize>area.height) << 2;
  const rowStride = (<usize>area.width) << 2;
  for (let j: usize = 0; j < area.width; j += 4) {
    for (let r: usize = 0; r < area.height; r += 4) {
      const from = area.codes + j * stride + (r << 2);
      const to = area.codeRows + r * rowStride + (j << 2);
      const c0 = v128.load(from);
      const c1 = v128.load(from + stride);
      const c2 = v128.load(from + 2 * stride);
      const c3 = v128.load(from + 3 * stride);
      const a = i32x4.shuffle(c0, c1, 0, 4, 1, 5);
      const b = i32x4.shuffle(c2, c3, 0, 4, 1, 5);
      const c = i32x4.shuffle(c0, c1, 2, 6, 3, 7);
      const d = i32x4.shuffle(c2, c3, 2, 6, 3, 7);
      v128.store(to, i64x2.shuffle(a, b, 0, 2));
      v128.store(to + rowStride, i64x2.shuffle(a, b, 1, 3));
      v128.store(to + 2 * rowStride, i64x2.shuffle(c, d, 0, 2));
      v128.store(to + 3 * rowStride, i64x2.shuffle(c, d, 1, 3));
    }
  }
}
