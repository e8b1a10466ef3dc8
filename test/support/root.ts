/** Where the project lies: the nearest folder above this file, or above its compiled twin, that holds package.json. */
import { existsSync } from "node:fs";

function rootAbove(folder: URL): URL {
  if (existsSync(new URL("package.json", folder))) return folder;
  const above = new URL("../", folder);
  if (above.href === folder.href) throw new Error("There is no package.json above this file.");
  return rootAbove(above);
}

/** The project's root, ending in a slash. */
export const PROJECT = rootAbove(new URL("./", import.meta.url));
