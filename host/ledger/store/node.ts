/** A store on disk under Node: LevelDB in a folder, which one process at a time may open. */
import { ClassicLevel } from "classic-level";
import { YumaError } from "../../errors.js";
import { makeFolder } from "./folder.js";
import type { Database } from "./store.js";

/** The store in a folder, which is made if need be. Opening it throws BAD_STORE where another process has it, or the disk refuses. */
export function openStore(folder: string): Database {
  return new FolderStore(folder);
}

/** LevelDB whose refusals say what is the matter. */
class FolderStore extends ClassicLevel {
  override async open(options?: Parameters<ClassicLevel["open"]>[0]): Promise<void> {
    try {
      await makeFolder(this.location);
      await super.open(options as never);
    } catch (error) {
      throw unopenable(this.location, (error as { readonly cause?: unknown }).cause ?? error);
    }
  }
}

/** What the codes of a disk and of LevelDB mean for a store; any other failure speaks for itself. */
const REASONS: Readonly<Record<string, string>> = {
  EEXIST: "it is no folder",
  ENOTDIR: "it is no folder",
  ENOENT: "the folder cannot be made",
  EACCES: "permission denied",
  LEVEL_LOCKED: "another process has it open",
};

/** The refusal of a folder that holds no store, or none that can be opened now. */
export function unopenable(folder: string, cause: unknown): YumaError {
  const { code = "", message } = cause as { readonly code?: string; readonly message?: string };
  const reason = REASONS[code] ?? message ?? String(cause);
  return new YumaError("BAD_STORE", `The store in ${folder} cannot be opened: ${reason}.`, {
    reason: code === "LEVEL_LOCKED" ? "locked" : reason,
    folder,
  });
}
