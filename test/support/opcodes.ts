/** Walks the instructions of a WebAssembly module, far enough to tell whether SIMD occurs in it. */

const CODE_SECTION = 10;
const SIMD_PREFIX = 0xfd;

/** Number of LEB128 immediates of each opcode that has any, as the compiler emits them (no tables of labels, no floats). */
const IMMEDIATES: Readonly<Record<number, number>> = {
  2: 1,
  3: 1,
  4: 1,
  12: 1,
  13: 1,
  16: 1,
  17: 2,
  32: 1,
  33: 1,
  34: 1,
  35: 1,
  36: 1,
  63: 1,
  64: 1,
  65: 1,
  66: 1,
};
/** memory.init … table.fill by their number behind 0xfc; 0 to 7 are saturating conversions. */
const PREFIXED: Readonly<Record<number, number>> = {
  8: 2,
  9: 1,
  10: 2,
  11: 1,
  12: 2,
  13: 1,
  14: 2,
  15: 1,
  16: 1,
  17: 1,
};

/** Whether any function has an instruction of the SIMD proposal. Throws on an opcode it does not know how to pass. */
export function usesSimd(wasm: Uint8Array): boolean {
  let at = 8;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++] ?? 0;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  const body = (end: number): boolean => {
    for (let groups = number(); groups > 0; groups--) {
      number();
      at++;
    }
    while (at < end) {
      const opcode = wasm[at++] ?? 0;
      if (opcode === SIMD_PREFIX) return true;
      if (opcode === 0x0e) for (let labels = number() + 1; labels > 0; labels--) number();
      else if (opcode === 0x43) at += 4;
      else if (opcode === 0x44) at += 8;
      else if (opcode === 0xfc) for (let rest = PREFIXED[number()] ?? 0; rest > 0; rest--) number();
      else if (opcode >= 0x28 && opcode <= 0x3e) {
        number();
        number();
      } else if (opcode > 0xc4 || opcode === 0x1c) throw new Error(`unknown opcode ${opcode} at ${at - 1}`);
      else for (let rest = IMMEDIATES[opcode] ?? 0; rest > 0; rest--) number();
    }
    if (at !== end) throw new Error(`a function does not end where it should, at ${end}`);
    return false;
  };
  while (at < wasm.length) {
    const section = wasm[at++];
    const size = number();
    const end = at + size;
    if (section === CODE_SECTION) {
      for (let functions = number(); functions > 0; functions--) if (body(number() + at)) return true;
    }
    at = end;
  }
  return false;
}
