/** Folders on disk, made with those above them. */
import { existsSync } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Makes a folder, and first those above it that are not there. One by one: mkdir's own `recursive` never ends below /proc, where
 * nothing can be made. Throws what the disk says.
 */
export async function makeFolder(folder: string, mode?: number): Promise<void> {
  const above = dirname(folder);
  if (above !== folder && !existsSync(above)) await makeFolder(above, mode);
  try {
    await mkdir(folder, mode);
  } catch (cause) {
    const isThere = await stat(folder).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isThere) throw cause;
  }
}
