/** A store on disk under Node: LevelDB in a folder, which one process at a time may open. */
import { ClassicLevel } from "classic-level";
import type { Database } from "./store.js";

/** The store in a folder, which is made if need be. */
export function openStore(folder: string): Database {
  return new ClassicLevel(folder);
}
