/** Files written whole: a disk that is full, or an input that is refused, leaves what was there before. */
import { randomBytes } from "node:crypto";
import { accessSync, chmodSync, constants, lstatSync, renameSync, rmSync } from "node:fs";

/**
 * Has `pour` write a file beside its place and moves it there when it is whole; a file it replaces hands on its mode. What is
 * no plain file (a pipe, a device, a link such as /dev/stdout) is written straight. Throws what `pour` and the system throw;
 * nothing stays beside.
 */
export async function writeWhole(path: string, pour: (to: string) => Promise<void>): Promise<void> {
  const old = lstatSync(path, { throwIfNoEntry: false });
  if (old !== undefined && !old.isFile()) return pour(path);
  if (old !== undefined) accessSync(path, constants.W_OK);
  const beside = `${path}.${randomBytes(6).toString("hex")}.part`;
  try {
    await pour(beside);
    if (old !== undefined) chmodSync(beside, old.mode);
    renameSync(beside, path);
  } finally {
    rmSync(beside, { force: true });
  }
}
