/**
 * The paths through the epoch a kernel has. Today there is one; a kernel that can be told which to take exports
 * `epochPath(number)`, and both stand for comparison.
 */
import type { Kernel } from "../host/load/kernel.js";

/** A path by its name and the number `epochPath` takes. */
export interface EpochPath {
  readonly label: string;
  readonly number: number;
}

const GENERAL: EpochPath = { label: "general", number: 1 };
const FUSED: EpochPath = { label: "fused", number: 2 };

type Forced = { readonly epochPath?: (path: number) => void; readonly epochPathTaken?: () => number };

/** The paths this kernel can be forced on. */
export function pathsOf({ exports }: Kernel): readonly EpochPath[] {
  return "epochPath" in exports ? [GENERAL, FUSED] : [GENERAL];
}

/** Makes the kernel take a path from now on. */
export function force({ exports }: Kernel, path: EpochPath): void {
  (exports as Forced).epochPath?.(path.number);
}

/** Whether the last run took it. */
export function took({ exports }: Kernel, path: EpochPath): boolean {
  return ((exports as Forced).epochPathTaken?.() ?? GENERAL.number) === path.number;
}
