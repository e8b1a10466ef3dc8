#!/usr/bin/env node
/** The `yuma` command: parses the command line and hands over; each verb is a file under commands/. */
import { readFileSync } from "node:fs";
import { Command, CommanderError, Option } from "commander";
import { SUITE_NAMES } from "../api/conform.js";
import { shown, YumaError } from "../errors.js";
import { bench } from "./commands/bench.js";
import { conform } from "./commands/conform.js";
import { demo } from "./commands/demo.js";
import { registerEmission } from "./commands/emissionVerb.js";
import { epoch, SORT_KEYS } from "./commands/epoch.js";
import { explain } from "./commands/explain.js";
import { registration } from "./commands/registration.js";
import { EXIT, endOnClosedPipe, report } from "./io.js";

type Verb = (...args: never[]) => Promise<number>;

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

function jsonOptions(command: Command): Command {
  return command
    .option("--json", "print one JSON document instead of a table")
    .addOption(new Option("--json-output", "same as --json").hideHelp());
}

function uidOf(text: string): number {
  if (!/^\d{1,5}$/.test(text))
    throw new YumaError("USAGE", `--uid takes a number from 0 up, not ${shown(text)}.`, { uid: text });
  return Number(text);
}

function limitOf(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw new YumaError("USAGE", `--limit takes a number from 1 up, not ${shown(text)}.`, { limit: text });
  return Number(text);
}

/** Reads the number of an option: 0 to 999,999. */
function countOf(option: string) {
  return (text: string): number => {
    if (!/^\d{1,6}$/.test(text))
      throw new YumaError("USAGE", `--${option} takes a number from 0 to 999999, not ${shown(text)}.`, {
        [option]: text,
      });
    return Number(text);
  };
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

  jsonOptions(
    program
      .command("registration")
      .description("what registering costs now and later, and which neuron would make room")
      .argument("<file>", 'state of a subnet (JSON, see the README), or "-" for standard input')
      .option("--blocks <k>", "tell the price after k blocks", countOf("blocks"), 360)
      .option("--registrations <k>", "tell the price after k registrations", countOf("registrations"), 1),
  ).action(run(registration));
  registerEmission(program, run, jsonOptions);

  program
    .command("conform")
    .description(`answer a conformance suite, line by line: ${SUITE_NAMES.join(", ")}`)
    .argument("<suite>", "the suite")
    .argument("[file]", "cases, one a line", "-")
    .option("--trace", "epoch: add the matrices")
    .action(run(conform));

  jsonOptions(
    program
      .command("demo")
      .description("an epoch of a 256-uid subnet, held against the reference bit by bit and explained"),
  ).action(run(demo));

  jsonOptions(
    program.command("bench").description("how fast the kernel is on this machine, on made-up subnets"),
  ).action(run(bench));
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
