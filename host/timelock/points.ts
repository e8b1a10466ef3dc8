/** Points of BLS12-381 out of bytes that may be anything. */
import { YumaError } from "../errors.js";
import { refuse } from "../marshal/values.js";

interface Group<P> {
  fromBytes(bytes: Uint8Array): P;
}

/** Bytes as a caller gives them. Throws BAD_VALUE for anything else. */
export function bytesOf(where: string, value: Uint8Array): Uint8Array {
  return value instanceof Uint8Array ? value : refuse(where, "bytes, a Uint8Array", value);
}

/** A compressed point of the group, of its subgroup of prime order; zero is one. Throws BAD_VALUE. */
export function pointOf<P extends { assertValidity(): void; is0(): boolean }>(
  where: string,
  group: Group<P>,
  given: Uint8Array,
): P {
  const bytes = bytesOf(where, given);
  try {
    const point = group.fromBytes(Uint8Array.from(bytes));
    if (!point.is0()) point.assertValidity();
    return point;
  } catch {
    throw new YumaError(
      "BAD_VALUE",
      `${where} must be a compressed point of BLS12-381, not these ${bytes.length} bytes.`,
      {
        field: where,
        bytes: bytes.length,
      },
    );
  }
}
