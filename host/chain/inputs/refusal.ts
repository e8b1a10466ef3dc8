/** The rare epochs whose inputs cannot be told from the states around them: refused, never guessed. */
import { YumaError } from "../../errors.js";

/** Throws NOT_RECONSTRUCTABLE with the reason. */
export function notReconstructable(reason: string, details: Record<string, unknown> = {}): never {
  const text = `The inputs of this epoch are not reconstructable, because ${reason}.`;
  throw new YumaError("NOT_RECONSTRUCTABLE", text, { reason, ...details });
}
