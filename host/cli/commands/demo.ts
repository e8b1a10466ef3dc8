/** `yuma demo`: the main job on the subnet that comes with the package, held against the reference. */
import { fileURLToPath } from "node:url";
import { runEpoch } from "../../api/epoch.js";
import { explainEpoch } from "../../api/explain/explain.js";
import { prepare } from "../../api/prepare.js";
import { fromJson, toJson } from "../../json.js";
import { inlinedModule } from "../../load/inlined.js";
import { instantiate } from "../../load/kernel.js";
import { checkSnapshot } from "../../marshal/snapshot.js";
import type { EpochResult, EpochSnapshot } from "../../types.js";
import { grouped } from "../../units.js";
import { document, EXIT, print, readJson } from "../io.js";
import { colour } from "../render/colour.js";
import { fact, footer, headline, uidTable } from "../render/epoch.js";
import { renderExplanation } from "../render/explanation.js";
import { ordered } from "./epoch.js";

const SHOWN = 6;
const WARM_UP = 60;
const TIMED = 101;

/** Computes the shipped epoch, compares every output with the reference's, explains a validator and a miner. */
export async function demo(options: { readonly json?: boolean; readonly jsonOutput?: boolean }): Promise<number> {
  const snapshot = (await readJson(shipped("snapshot"))) as EpochSnapshot;
  const reference = (await readJson(shipped("reference"))) as Record<string, unknown>;
  const kernel = instantiate(inlinedModule());
  const started = performance.now();
  const input = checkSnapshot(snapshot);
  const result = runEpoch(kernel, snapshot);
  const milliseconds = performance.now() - started;
  const different = differences(result, reference);
  const code = different.length === 0 ? EXIT.ok : EXIT.mismatch;
  if (options.json || options.jsonOutput) {
    await print(document({ equal: code === EXIT.ok, different, rules: input.rules, ...result }));
    return code;
  }
  const validators = ordered(result, "dividends").slice(0, SHOWN);
  const miners = ordered(result, "incentive").slice(0, SHOWN);
  const story = (uid: number) =>
    renderExplanation(explainEpoch(kernel, snapshot, uid), {
      rows: 4,
      steps: false,
      more: "yuma explain FILE --uid N --all",
    });
  await print(
    [
      headline(input),
      verdict(different, reference),
      `${colour.bold("Validators")} by dividends\n${uidTable(result, validators, input.hotkeys)}`,
      `${colour.bold("Miners")} by incentive\n${uidTable(result, miners, input.hotkeys)}`,
      `${footer(input, result, milliseconds)}\n${fact("repeated", speed(snapshot))}`,
      `${colour.bold("Why the first validator earns what it earns")}\n\n${story(validators[0] ?? 0)}`,
      `${colour.bold("Why the first miner earns what it earns")}\n\n${story(miners[0] ?? 0)}`,
      `Your own subnet: ${colour.cyan("yuma epoch FILE")}, ${colour.cyan("yuma explain FILE --uid N")}\n(in a clone: npm run -s yuma -- epoch FILE)`,
    ].join("\n\n"),
  );
  return code;
}

function shipped(part: "snapshot" | "reference"): string {
  return fileURLToPath(new URL(`../demo/subnet-256.${part}.json.gz`, import.meta.url));
}

/** The reference's fields but for the name, which is only echoed. */
function outputs(reference: Record<string, unknown>): string[] {
  return Object.keys(reference).filter((field) => field !== "name");
}

/** The reference's fields that differ, by name. */
function differences(result: EpochResult, reference: Record<string, unknown>): string[] {
  const mine = fromJson(toJson(result), "The result") as Record<string, unknown>;
  return outputs(reference).filter((field) => toJson(mine[field]) !== toJson(reference[field]));
}

function verdict(different: readonly string[], reference: Record<string, unknown>): string {
  const fields = outputs(reference).length;
  return different.length === 0
    ? colour.green(`✓ equal to the chain's own arithmetic in all ${fields} outputs, to the last bit`)
    : colour.red(`✗ differs from the chain's own arithmetic in ${different.join(", ")}`);
}

function speed(snapshot: EpochSnapshot): string {
  const prepared = prepare(inlinedModule(), snapshot);
  for (let k = 0; k < WARM_UP; k++) prepared.run();
  const times = Array.from({ length: TIMED }, () => {
    const started = performance.now();
    prepared.run();
    return performance.now() - started;
  }).sort((a, b) => a - b);
  prepared.dispose();
  const median = times[TIMED >> 1] ?? 0;
  return `${TIMED} times in the kernel, median ${grouped(Math.round(median * 1000))} µs: ${grouped(Math.round(1000 / median))} epochs a second`;
}
