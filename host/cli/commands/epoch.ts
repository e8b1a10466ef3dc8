/** `yuma epoch`: one epoch, or one a line. */
import { runChecked, runTracedChecked } from "../../api/epoch.js";
import { runMechanisms } from "../../api/mechanisms.js";
import { YumaError } from "../../errors.js";
import { inlinedModule } from "../../load/inlined.js";
import { instantiate } from "../../load/kernel.js";
import { type CheckedSnapshot, checkSnapshot } from "../../marshal/snapshot.js";
import type { EpochResult, MechanismsSnapshot } from "../../types.js";
import { document, EXIT, print, readJson } from "../io.js";
import { asJson } from "../options.js";
import { footer, headline, leftOut, uidTable } from "../render/epoch.js";
import { binaryEpoch } from "./binary.js";
import { conform } from "./conform.js";

/** What the table may be ordered by; all but uid descend. */
export const SORT_KEYS = ["uid", "stake", "incentive", "dividends", "emission", "vtrust"] as const;

/** Options of the verb. */
export interface EpochOptions {
  readonly json?: boolean;
  readonly jsonOutput?: boolean;
  readonly jsonl?: boolean;
  readonly trace?: boolean;
  readonly fromBinary?: boolean;
  /** Where to, "-" = standard output. */
  readonly toBinary?: string;
  readonly sort: (typeof SORT_KEYS)[number];
  readonly limit?: number;
}

/** Reads a snapshot, prints the epoch. */
export async function epoch(file: string, options: EpochOptions): Promise<number> {
  if (options.fromBinary || options.toBinary !== undefined) return binaryEpoch(file, options, show);
  if (options.jsonl) return conform("epoch", file, options.trace ? { trace: true } : {});
  return showDocument(await readJson(file), options);
}

/** Prints the epoch of one document, or the epochs of its mechanisms. */
async function showDocument(snapshot: unknown, options: EpochOptions): Promise<number> {
  if (typeof snapshot !== "object" || snapshot === null || !("mechanisms" in snapshot)) {
    return show(() => checkSnapshot(snapshot), options);
  }
  refuseTracedTable(options);
  if (options.trace || !asJson(options)) {
    const text = "A subnet with several mechanisms is printed as JSON, without matrices: give --json alone.";
    throw new YumaError("USAGE", text, { field: "mechanisms" });
  }
  return printMechanisms(snapshot as MechanismsSnapshot);
}

/** Computes and prints one epoch. */
async function show(check: () => CheckedSnapshot, options: EpochOptions): Promise<number> {
  refuseTracedTable(options);
  const kernel = instantiate(inlinedModule());
  const started = performance.now();
  const input = check();
  const result = (options.trace ? runTracedChecked : runChecked)(kernel, input);
  const milliseconds = performance.now() - started;
  if (asJson(options)) {
    await print(document({ rules: input.rules, source: input.settings.source, ...result }));
    return EXIT.ok;
  }
  const uids = ordered(result, options.sort).slice(0, options.limit);
  const rows = `${uidTable(result, uids, input.hotkeys)}${leftOut(result.active.length - uids.length)}`;
  await print([headline(input), rows, footer(input, result, milliseconds)].join("\n\n"));
  return EXIT.ok;
}

function refuseTracedTable(options: EpochOptions): void {
  if (!options.trace || asJson(options)) return;
  const text = "--trace adds matrices to JSON output; give --json or --jsonl with it.";
  throw new YumaError("USAGE", text, { option: "--trace" });
}

/** A subnet with several mechanisms is only printed as JSON: its vectors mean something only together. */
async function printMechanisms(snapshot: MechanismsSnapshot): Promise<number> {
  await print(document(runMechanisms(instantiate(inlinedModule()), snapshot)));
  return EXIT.ok;
}

/** The uids in the order of a key: uid ascending, everything else descending, ties by uid. */
export function ordered(result: EpochResult, key: EpochOptions["sort"]): number[] {
  const uids = result.active.map((_, uid) => uid);
  if (key === "uid") return uids;
  const by = {
    stake: result.stakeBits,
    incentive: result.incentiveBits,
    dividends: result.dividendsBits,
    emission: result.emission,
    vtrust: result.validatorTrustBits,
  }[key];
  return uids.sort((a, b) => ((by[a] ?? 0n) === (by[b] ?? 0n) ? a - b : (by[a] ?? 0n) < (by[b] ?? 0n) ? 1 : -1));
}
