/** Mutations that change nothing anyone can see, each with the reason. */
import type { Mutation } from "./sites.js";

/** A mutation by its file, a piece of the line it stands in, and what it replaces by what. */
interface Equivalent {
  readonly file: string;
  readonly lineHas: string;
  readonly from: string;
  readonly to: string;
  readonly because: string;
}

/** All of them. */
export const EQUIVALENT: readonly Equivalent[] = [];

/** Whether a mutation is known to change nothing. */
export function isEquivalent({ file, line, from, to }: Mutation, text: string): boolean {
  const own = text.split("\n")[line - 1] ?? "";
  return EQUIVALENT.some((one) => one.file === file && own.includes(one.lineHas) && one.from === from && one.to === to);
}
