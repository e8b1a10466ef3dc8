/** Key files on disk: written whole, for their owner alone, never over one that is there. */
import { randomBytes } from "node:crypto";
import { access, link, open, readFile, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { YumaError } from "../errors.js";
import { makeFolder } from "../ledger/store/folder.js";

const OWNER_ONLY = 0o600;
const OWNER_ONLY_FOLDER = 0o700;
/** The largest key file anybody has written is under a kilobyte. */
const MOST_BYTES = 65_536;

/**
 * Writes a file that was not there: beside it first, synced, then under its name in one step, so that a crash leaves it whole or
 * not at all. Throws FILE_EXISTS, BAD_FILE.
 */
export async function writeNew(path: string, bytes: Uint8Array | string): Promise<void> {
  const beside = `${path}.${randomBytes(6).toString("hex")}.part`;
  try {
    await makeFolder(dirname(path), OWNER_ONLY_FOLDER);
    const file = await open(beside, "wx", OWNER_ONLY);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(beside, path);
  } catch (cause) {
    throw failure(path, "written", cause);
  } finally {
    await rm(beside, { force: true }).catch(() => undefined);
  }
}

/** Throws FILE_EXISTS where there is a file, BAD_FILE where that cannot be told. */
export async function refuseFile(path: string): Promise<void> {
  try {
    await access(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return;
    throw failure(path, "read", cause);
  }
  throw taken(path);
}

/** The bytes of a key file. Throws BAD_FILE, also for one too large to be a key file. */
export async function readSmall(path: string): Promise<Uint8Array> {
  try {
    const bytes = await readFile(path);
    if (bytes.length <= MOST_BYTES) return bytes;
  } catch (cause) {
    throw failure(path, "read", cause);
  }
  throw new YumaError("BAD_FILE", `${path} is too large for a key file.`, { file: path });
}

function failure(path: string, verb: string, cause: unknown): YumaError {
  const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
  if (code === "EEXIST") return taken(path);
  const reason = code === "ENOENT" ? "there is no such file" : code === "EACCES" ? "permission denied" : code;
  return new YumaError("BAD_FILE", `${path} cannot be ${verb}: ${reason}.`, { file: path });
}

function taken(path: string): YumaError {
  return new YumaError("FILE_EXISTS", `${path} is there already.`, { file: path });
}
