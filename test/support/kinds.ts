/** The rules a test of the epoch's paths goes through: each kind of bonds, with full and with partial penalty. */
export const KINDS = [
  { yuma3: false, liquidAlpha: false, bondsPenalty: 65535 },
  { yuma3: false, liquidAlpha: false, bondsPenalty: 12345 },
  { yuma3: true, liquidAlpha: false, bondsPenalty: 65535 },
  { yuma3: true, liquidAlpha: false, bondsPenalty: 0 },
  { yuma3: true, liquidAlpha: true, bondsPenalty: 65535 },
  { yuma3: true, liquidAlpha: true, bondsPenalty: 32768 },
] as const;
