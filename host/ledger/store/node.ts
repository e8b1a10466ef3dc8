/** A store on disk under Node: LevelDB in a folder, which one process at a time may open. */
import { ClassicLevel } from "classic-level";
import { YumaError } from "../../errors.js";
import type { Database } from "./store.js";

/** The store in a folder, which is made if need be. Opening it throws BAD_STORE where another process has it, or the disk refuses. */
export function openStore(folder: string): Database {
  return new FolderStore(folder);
}

/** LevelDB whose refusals say what is the matter. */
class FolderStore extends ClassicLevel {
  override async open(options?: Parameters<ClassicLevel["open"]>[0]): Promise<void> {
    try {
      await super.open(options as never);
    } catch (error) {
      const cause = (error as { readonly cause?: { readonly code?: string; readonly message?: string } }).cause;
      const isLocked = cause?.code === "LEVEL_LOCKED";
      const isFile = cause?.code === "EEXIST";
      const other = isFile ? "it is no folder" : (cause?.message ?? String(error));
      const reason = isLocked ? "another process has it open" : other;
      throw new YumaError("BAD_STORE", `The store in ${this.location} cannot be opened: ${reason}.`, {
        reason: isLocked ? "locked" : reason,
        folder: this.location,
      });
    }
  }
}
