/**
 * `yuma epoch` with binary input or output. `--to-binary` writes what comes next in binary: of a JSON snapshot the binary
 * snapshot, of a binary snapshot (`--from-binary`) the binary result. Without it, binary snapshots are answered as JSON ones.
 */
import { runChecked, runRecords, runTracedChecked } from "../../api/epoch.js";
import { located, YumaError } from "../../errors.js";
import { fromJson, toJson } from "../../json.js";
import { inlinedModule } from "../../load/inlined.js";
import { instantiate } from "../../load/kernel.js";
import { encodeSnapshot, readSnapshots } from "../../marshal/binarySnapshot.js";
import type { CheckedSnapshot } from "../../marshal/snapshot.js";
import type { EpochSnapshot } from "../../types.js";
import { EXIT, print, readBytes, readJson, readLines, writeBytes } from "../io.js";
import type { EpochOptions } from "./epoch.js";

/** Checks and computes one epoch and shows it, as a table or as JSON. */
export type Show = (check: () => CheckedSnapshot, options: EpochOptions) => Promise<number>;

/** Reads or writes binary, as the options say. Nothing is written unless everything could be. */
export async function binaryEpoch(file: string, options: EpochOptions, show: Show): Promise<number> {
  if (options.toBinary === undefined) return showBinary(file, options, show);
  if (options.json || options.jsonOutput) {
    throw new YumaError("USAGE", "--to-binary writes bytes; it does not go with --json.", { option: "--to-binary" });
  }
  const bytes = options.fromBinary
    ? runRecords(instantiate(inlinedModule()), await readBytes(file), options.trace)
    : await snapshots(file, options);
  await writeBytes(options.toBinary, bytes);
  return EXIT.ok;
}

async function snapshots(file: string, options: EpochOptions): Promise<Uint8Array> {
  const encode = (snapshot: unknown) => {
    if (typeof snapshot === "object" && snapshot !== null && "mechanisms" in snapshot) {
      const text = "A subnet with several mechanisms has no binary form; each mechanism's snapshot has.";
      throw new YumaError("BAD_VALUE", text, { field: "mechanisms" });
    }
    return encodeSnapshot(snapshot as EpochSnapshot, { matrices: options.trace === true });
  };
  if (!options.jsonl) return encode(await readJson(file));
  const out: Uint8Array[] = [];
  for await (const { number, text } of readLines(file)) {
    try {
      out.push(encode(fromJson(text, "This line")));
    } catch (error) {
      throw located(error, `Line ${number}`, { line: number });
    }
  }
  return Buffer.concat(out);
}

async function showBinary(file: string, options: EpochOptions, show: Show): Promise<number> {
  const bytes = await readBytes(file);
  return options.jsonl ? showLines(bytes, options) : show(() => onlyOne(bytes), options);
}

/** The snapshot of a stream that holds no other. Throws BAD_BINARY, USAGE. */
function onlyOne(bytes: Uint8Array): CheckedSnapshot {
  const all = [...readSnapshots(bytes, (snapshot) => snapshot)];
  const [only] = all;
  if (only === undefined) throw new YumaError("BAD_BINARY", "There is no snapshot in it.", { reason: "empty" });
  if (all.length === 1) return only;
  const text = `There are ${all.length} snapshots in it; --jsonl answers them one a line, --to-binary in binary.`;
  throw new YumaError("USAGE", text, { snapshots: all.length });
}

async function showLines(bytes: Uint8Array, options: EpochOptions): Promise<number> {
  const kernel = instantiate(inlinedModule());
  const answers = readSnapshots(bytes, (snapshot, matrices) =>
    toJson((matrices || options.trace ? runTracedChecked : runChecked)(kernel, snapshot)),
  );
  for (const answer of answers) await print(answer);
  return EXIT.ok;
}
