/** The memory of the fused path by itself: whether what it lays out is apart, aligned, cleared, and within the bytes it asks for. */

/** The exports of assembly/consensus/fused/area.ts, compiled as an entry of its own. */
export interface AreaExports {
  readonly memory: WebAssembly.Memory;
  draw(address: number, others: number, rows: number, columns: number): void;
  bytes(rows: number, columns: number): bigint;
  readonly [region: string]: unknown;
}

const ADDRESS = 0x10000;
const PAGE = 65536;
/** What alignment and spare rows may cost beyond the regions themselves. */
const SLACK = 768;
/** Rows and columns. */
export const AREAS: readonly (readonly [rows: number, columns: number])[] = [
  [1, 1],
  [1, 8],
  [2, 9],
  [3, 63],
  [7, 64],
  [9, 65],
  [5, 96],
  [64, 256],
  [65, 257],
  [255, 1000],
  [256, 4096],
  [4096, 33],
];

/** Bytes of each region, in the order they lie in: of a row, of a column, of a cell, and for one row more than there is. */
const REGIONS: readonly (readonly [name: string, size: (rows: number, width: number, cells: number) => number])[] = [
  ["rowUid", (rows) => 4 * rows],
  ["stake", (rows) => 4 * rows],
  ["medianStake", (rows) => 4 * (rows + 1)],
  ["halfStake", (rows) => 4 * (rows + 1)],
  ["rowSum", (rows) => 4 * rows],
  ["divisor", (rows) => 12 * rows],
  ["trust", (rows) => 16 * rows],
  ["trustByHand", (rows) => 8 * rows],
  ["weight", (rows) => 64 * (rows + 1)],
  ["halves", (rows) => 32 * (rows + 1)],
  ["bondWeight", (rows) => 32 * rows],
  ["fresh", (rows) => 32 * rows],
  ["old", (rows) => 32 * rows],
  ["columnUid", (_rows, width) => 2 * width],
  ["hasOne", (_rows, width) => width],
  ["total", (_rows, width) => 8 * width],
  ["factor", (_rows, width) => 8 * width],
  ["threshold", (_rows, width) => width],
  ["weights", (_rows, _width, cells) => 2 * cells],
  ["bonds", (_rows, _width, cells) => 2 * cells],
  ["codes", (_rows, _width, cells) => 2 * cells],
  ["newBonds", (_rows, _width, cells) => 4 * cells],
  ["present", (_rows, _width, cells) => cells / 8],
];

/** Regions that start at zero. */
const CLEARED = ["trust", "trustByHand", "hasOne", "present"];

/** What is wrong with the area drawn for so many rows and columns; none, if nothing is. */
export function areaFaults(area: AreaExports, rows: number, columns: number): string[] {
  const faults: string[] = [];
  const promised = Number(area.bytes(rows, columns));
  const from = ADDRESS + (columns % 16); // as aligned as it happens to be
  grow(area.memory, from + promised + PAGE);
  new Uint8Array(area.memory.buffer).fill(0xa5, ADDRESS);
  area.draw(from, rows >> 1, rows, columns);
  const of = (name: string) => Number((area[name] as WebAssembly.Global).value);
  const [width, pitch] = [of("width"), of("pitch")];
  if (width % 8 !== 0 || width < columns || width >= columns + 8) faults.push(`a width of ${width}`);
  if (pitch < width || pitch % 64 === 0 || pitch > width + 32) faults.push(`a pitch of ${pitch}`);
  const memory = new Uint8Array(area.memory.buffer);
  let end = (from + 15) & ~15;
  let needed = 0;
  for (const [name, size] of REGIONS) {
    const bytes = size(rows, width, rows * pitch);
    if (of(name) < end) faults.push(`${name} overlaps what stands before it`);
    if (of(name) >= end + 8) faults.push(`${of(name) - end} bytes before ${name} are nobody's`);
    if (of(name) % 8 !== 0) faults.push(`${name} is not aligned`);
    if (CLEARED.includes(name) && memory.subarray(of(name), of(name) + bytes).some(Boolean))
      faults.push(`${name} is not cleared`);
    end = of(name) + bytes;
    needed += bytes;
  }
  const columns64 = ["columnA", "columnB", "columnC", "columnUid"].map(of);
  if (columns64.some((at, k) => k > 0 && at < columns64[k - 1]! + 8 * rows)) faults.push("columns by hand overlap");
  if (end > from + promised) faults.push(`${end - from - promised} bytes more than promised`);
  if (promised > needed + SLACK) faults.push(`${promised - needed} bytes promised that nobody needs`);
  if (memory.subarray(end + 8).some((byte) => byte !== 0xa5)) faults.push("something was written behind it");
  if (memory.subarray(ADDRESS, from).some((byte) => byte !== 0xa5)) faults.push("something was written before it");
  const spare = new DataView(memory.buffer);
  for (const name of ["medianStake", "halfStake"])
    if (spare.getUint32(of(name) + 4 * rows, true) !== 0) faults.push("the row too many has stake");
  for (const last of [of("weight") + 32 * rows, of("weight") + 32 * (2 * rows + 1)])
    if (memory.subarray(last, last + 32).some(Boolean)) faults.push("the row too many has weights");
  return faults;
}

function grow(memory: WebAssembly.Memory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
}
