/** A store in a page: IndexedDB. */
import { BrowserLevel } from "browser-level";
import type { Database } from "./store.js";

/** The store of a name, which is made if need be. */
export function openStore(name: string): Database {
  return new BrowserLevel(name);
}
