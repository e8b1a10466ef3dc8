/** For how long a signed call is valid: SCALE's Era. A byte 0 is immortal; two bytes name a period and where it began. */
import { type Codec, createCodec, createDecoder, u8 } from "scale-ts";
import { YumaError } from "../../errors.js";

/** Immortal, or valid from block `birth` to before `birth + periodBlocks`; phase = birth mod period. */
export type Era =
  | { readonly kind: "immortal" }
  | { readonly kind: "mortal"; readonly periodBlocks: number; readonly phaseBlocks: number };

/** Valid for ever. */
export const IMMORTAL: Era = { kind: "immortal" };

/** The shortest and the longest period, powers of two. Digests of past blocks are kept for longer than the longest. */
export const SHORTEST_PERIOD_BLOCKS = 4;
export const LONGEST_PERIOD_BLOCKS = 2048;

/** The era of at least this many blocks that begins at a block: the period is the next power of two from 4 to 2048. */
export function mortalEra(atLeastBlocks: number, block: number): Era {
  let periodBlocks = SHORTEST_PERIOD_BLOCKS;
  while (periodBlocks < atLeastBlocks && periodBlocks < LONGEST_PERIOD_BLOCKS) periodBlocks *= 2;
  return { kind: "mortal", periodBlocks, phaseBlocks: block % periodBlocks };
}

/** The block an era began at, seen from a block within it; 0 for the immortal one. */
export function birthOf(era: Era, seenFrom: number): number {
  if (era.kind === "immortal") return 0;
  const { periodBlocks, phaseBlocks } = era;
  return Math.floor((Math.max(seenFrom, phaseBlocks) - phaseBlocks) / periodBlocks) * periodBlocks + phaseBlocks;
}

/** The first block after an era, given its birth. */
export function deathOf(era: Era, birth: number): number {
  return era.kind === "immortal" ? Number.MAX_SAFE_INTEGER : birth + era.periodBlocks;
}

/** u16: log2(period) − 1 in the low four bits, the phase above. */
export const eraCodec: Codec<Era> = createCodec(
  (era) => {
    if (era.kind === "immortal") return Uint8Array.of(0);
    const word = Math.log2(era.periodBlocks) - 1 + era.phaseBlocks * 16;
    return Uint8Array.of(word & 255, word >> 8);
  },
  createDecoder((bytes): Era => {
    const low = u8.dec(bytes);
    if (low === 0) return IMMORTAL;
    const word = low + u8.dec(bytes) * 256;
    const [periodBlocks, phaseBlocks] = [2 ** ((word & 15) + 1), word >> 4];
    const sound = periodBlocks >= SHORTEST_PERIOD_BLOCKS && periodBlocks <= LONGEST_PERIOD_BLOCKS;
    if (!sound || phaseBlocks >= periodBlocks) {
      throw new YumaError("BAD_BINARY", "An era that is not one of 4 to 2048 blocks.", { periodBlocks, phaseBlocks });
    }
    return { kind: "mortal", periodBlocks, phaseBlocks };
  }),
);
