/** A store in memory, for tests and experiments: gone with the process. */
import { MemoryLevel } from "memory-level";
import type { Database } from "./store.js";

/** An empty store. */
export function memoryStore(): Database {
  return new MemoryLevel({ storeEncoding: "view" });
}
