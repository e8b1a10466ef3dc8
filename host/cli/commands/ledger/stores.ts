/** `yuma ledger export|import|check`: the store of a node that is not running, as a file, back into a folder, and proved. */
import { createWriteStream, existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { YumaError } from "../../../errors.js";
import { createLedger } from "../../../ledger/ledger.js";
import { exportStore, importStore } from "../../../ledger/store/copy.js";
import { openStore, unopenable } from "../../../ledger/store/node.js";
import { replayStore } from "../../../ledger/store/replay.js";
import type { Database } from "../../../ledger/store/store.js";
import { signatureWorkers } from "../../../ledger/workers/workers.js";
import { writeWhole } from "../../files.js";
import { document, EXIT, print, readLines } from "../../io.js";
import { asJson } from "../../options.js";

/** What the verbs are told. */
export interface StoreOptions {
  readonly data: string;
  readonly json?: boolean;
  readonly jsonOutput?: boolean;
}

/** `yuma ledger export`: checked, then written whole or not at all. */
export async function exportTo(options: StoreOptions & { readonly out: string }): Promise<number> {
  const { data, out } = options;
  if (out === "-") {
    return withStore(data, async (store) => {
      await createLedger({ store });
      for await (const line of exportStore(store)) await print(line);
      return EXIT.ok;
    });
  }
  if (existsSync(out)) throw new YumaError("FILE_EXISTS", `${out} is there already.`, { file: out });
  return withStore(data, async (store) => {
    const { height, digest } = await createLedger({ store });
    const lines = Readable.from(ended(exportStore(store)));
    try {
      await writeWhole(out, (to) => {
        const file = createWriteStream(to, { flags: "wx" });
        return out.endsWith(".gz") ? pipeline(lines, createGzip(), file) : pipeline(lines, file);
      });
    } catch (cause) {
      throw unwritable(out, cause);
    }
    const text = `block ${height}  ${digest}\nwritten to ${out}`;
    await print(asJson(options) ? document({ height, digest, out }) : text);
    return EXIT.ok;
  });
}

/** `yuma ledger import`: into a folder that is new or empty; whole or not at all. */
export async function importFrom(file: string, options: StoreOptions): Promise<number> {
  const { data } = options;
  if (namesIn(data).length > 0) {
    throw new YumaError("FILE_EXISTS", `${data} is there already and not empty.`, { folder: data });
  }
  const part = `${data}.part`;
  rmSync(part, { recursive: true, force: true });
  try {
    const store = openStore(part);
    await store.open();
    try {
      await importStore(store, texts(file));
      const { height, digest } = await createLedger({ store });
      await store.close();
      rmSync(data, { recursive: true, force: true });
      renameSync(part, data);
      await print(asJson(options) ? document({ height, digest, data }) : `block ${height}  ${digest}\nin ${data}`);
      return EXIT.ok;
    } finally {
      await store.close();
    }
  } catch (cause) {
    discard(part);
    throw cause instanceof YumaError ? cause : unwritable(data, cause);
  }
}

/** `yuma ledger check`: what opening proves, and with --replay that each block does what its digest says. */
export async function check(options: StoreOptions & { readonly replay?: boolean }): Promise<number> {
  return withStore(options.data, async (store) => {
    const { height, digest, genesis, genesisDigest } = await createLedger({ store });
    if (options.replay) {
      const workers = signatureWorkers();
      try {
        await replayStore(store, workers.verifySignature);
      } finally {
        await workers.close();
      }
    }
    const proved = options.replay
      ? "every block applied again, signatures included"
      : "chain of blocks and state hang together";
    const text = `${genesis.name}, block ${height}  ${digest}\n${proved}`;
    const told = { name: genesis.name, genesisDigest, height, digest, replayed: options.replay ?? false };
    await print(asJson(options) ? document(told) : text);
    return EXIT.ok;
  });
}

/** Opens a store that is there; a folder that is not is not made. */
async function withStore<T>(folder: string, work: (store: Database) => Promise<T>): Promise<T> {
  if (!namesIn(folder).includes("CURRENT")) {
    throw new YumaError("BAD_FILE", `There is no store in ${folder}.`, { folder });
  }
  const store = openStore(folder);
  await store.open();
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** What is in a folder, nothing where there is none. Throws BAD_STORE, as opening does, for what is no folder. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw unopenable(folder, cause);
  }
}

/** Takes away what was begun, as far as anything of it is there. */
function discard(part: string): void {
  try {
    rmSync(part, { recursive: true, force: true });
  } catch {
    // Why it could not be written is the sentence people need.
  }
}

async function* ended(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}

async function* texts(file: string): AsyncGenerator<string> {
  for await (const { text } of readLines(file)) yield text;
}

function unwritable(path: string, cause: unknown): YumaError {
  const { code = "", message } = cause as NodeJS.ErrnoException;
  return new YumaError("BAD_FILE", `${path} cannot be written: ${message.replace(/^\w+: |,.*$/g, "")}.`, {
    file: path,
    reason: code,
  });
}
