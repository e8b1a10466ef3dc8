/** What becomes of incentives withheld from a subnet's owner, as an argument. */
import { enhanceCodec, u8 } from "scale-ts";
import { YumaError } from "../../../errors.js";
import { refuse } from "../../../marshal/values.js";
import type { Argument } from "../arguments.js";

const FATES = ["burn", "recycle"] as const;

/** "burn" or "recycle"; 0 or 1 in the state. */
export const withheld: Argument<number, (typeof FATES)[number]> = {
  codec: enhanceCodec(u8, (fate: number) => fate, known),
  read: (where, input) => {
    const fate = FATES.indexOf(input as (typeof FATES)[number]);
    return fate >= 0 ? fate : refuse(where, `"burn" or "recycle"`, input);
  },
};

function known(fate: number): number {
  if (fate < FATES.length) return fate;
  throw new YumaError("BAD_BINARY", `Withheld incentives are burned (0) or recycled (1), not ${fate}.`, { fate });
}
