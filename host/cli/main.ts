#!/usr/bin/env node
/** The `yuma` command: parses the command line and hands over; each verb is a file under commands/. */
import { readFileSync } from "node:fs";
import { Command, CommanderError, Option } from "commander";
import { SUITE_NAMES } from "../api/conform.js";
import { YumaError } from "../errors.js";
import { bench } from "./commands/bench.js";
import { registerChain } from "./commands/chainVerbs.js";
import { conform } from "./commands/conform.js";
import { demo } from "./commands/demo.js";
import { registerDevnet } from "./commands/devnetVerb.js";
import { registerEmission } from "./commands/emissionVerb.js";
import { epoch, SORT_KEYS } from "./commands/epoch.js";
import { explain } from "./commands/explain.js";
import { registerLedger } from "./commands/ledger/index.js";
import { registerPool } from "./commands/poolVerb.js";
import { registerRegistration } from "./commands/registration.js";
import { registerWallet } from "./commands/wallet/index.js";
import { registerWeb } from "./commands/web.js";
import { registerWeights } from "./commands/weights.js";
import { EXIT, endOnClosedPipe, report } from "./io.js";
import { jsonOptions, limitOf, uidOf, type Verb } from "./options.js";

let exitCode: number = EXIT.ok;

/** Runs a verb and turns its failure into a sentence and an exit code. */
function run<V extends Verb>(verb: V) {
  return async (...args: unknown[]): Promise<void> => {
    try {
      exitCode = await verb(...(args as never[]));
    } catch (error) {
      exitCode = await report(error, wantsJson());
    }
  };
}

function wantsJson(): boolean {
  return process.argv.includes("--json") || process.argv.includes("--json-output");
}

function build(): Command {
  const manifest = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  const program = new Command("yuma")
    .description("Bittensor's Yuma Consensus to the last bit: compute, explain and verify epochs.")
    .version(manifest.version)
    .exitOverride()
    // What goes wrong is told once, by `report`.
    .configureOutput({ outputError: () => {} });

  jsonOptions(
    program
      .command("epoch")
      .description("compute one epoch from a snapshot")
      .argument("<file>", 'snapshot (JSON, may be gzipped), or "-" for standard input')
      .option("--jsonl", "one snapshot a line in, one result a line out")
      .option("--trace", "with --json, --jsonl or --to-binary: add the matrices")
      .option("--from-binary", "the file holds binary snapshots, one after another")
      .option(
        "--to-binary <out>",
        'write the binary snapshot, or with --from-binary the binary result, to a file or "-"',
      )
      .addOption(new Option("--sort <key>", "order of the table").choices(SORT_KEYS).default("uid"))
      .option("--limit <rows>", "rows to show", limitOf),
  ).action(run(epoch));

  jsonOptions(
    program
      .command("explain")
      .description("explain one uid's numbers, step by step")
      .argument("<file>", 'snapshot, or "-" for standard input')
      .requiredOption("--uid <uid>", "the uid to explain", uidOf)
      .option("--all", "show every row of every table"),
  ).action(run(explain));

  registerEmission(program, run);

  jsonOptions(
    program
      .command("conform")
      .description(`answer a conformance suite, line by line: ${SUITE_NAMES.join(", ")}`)
      .argument("<suite>", "the suite")
      .argument("[file]", "cases, one a line", "-")
      .option("--trace", "epoch: add the matrices")
      .option("--against <results>", "say whether the answers equal these, one a line, instead of printing them"),
  ).action(run(conform));

  jsonOptions(
    program
      .command("demo")
      .description("an epoch of a 256-uid subnet, held against the reference bit by bit and explained"),
  ).action(run(demo));

  jsonOptions(
    program.command("bench").description("how fast the kernel is on this machine, on made-up subnets"),
  ).action(run(bench));

  registerChain(program, run);
  registerDevnet(program, run, manifest.version);
  registerPool(program, run);
  registerRegistration(program, run);
  registerWeights(program, run);
  registerLedger(program, run, registerWallet(program, run));
  registerWeb(program, run);
  return program;
}

async function main(): Promise<number> {
  endOnClosedPipe();
  try {
    await build().parseAsync();
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) return report(error, wantsJson());
    if (error.exitCode === 0) return EXIT.ok;
    // Without a verb, the help is on stderr already.
    if (error.code === "commander.help" && !wantsJson()) return EXIT.badInput;
    return report(new YumaError("USAGE", sentenceOf(error)), wantsJson());
  }
}

/** The parser's message as a sentence with a way on. */
function sentenceOf(error: CommanderError): string {
  if (error.code === "commander.help") return "A verb is missing; yuma --help lists them.";
  const [problem = "", ...hints] = error.message.replace(/^error: /, "").split("\n");
  const text = problem.charAt(0).toUpperCase() + problem.slice(1).replace(/\.$/, "");
  const hint = hints.map((line) => ` ${line.replace(/[()]/g, "")}`).join("");
  return `${text}.${hint} See yuma --help.`;
}

process.exitCode = await main();
