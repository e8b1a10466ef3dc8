/** The command line of `yuma emission`: its three subcommands and their options. */
import type { Command } from "commander";
import { shown, YumaError } from "../../errors.js";
import { jsonOptions, type Run } from "../options.js";
import { emissionBlock, emissionSubnet, schedule } from "./emission.js";

/** Adds the verb to the command. */
export function registerEmission(program: Command, run: Run): void {
  const verb = program.command("emission").description("what blocks emit, to which subnet, and to whom within it");
  jsonOptions(
    verb
      .command("schedule")
      .description("the halvings: issuance and block emission, with --issuance and --start also dates")
      .option("--issuance <rao>", "rao issued at the start")
      .option("--start <date>", "when the start is: ISO 8601, UTC unless it names a zone")
      .option("--recycled <rao>", "rao recycled a block, on average"),
  ).action(run(schedule));
  jsonOptions(
    verb
      .command("block")
      .description("the shares of every subnet in one block")
      .argument("<file>", 'state before the block (JSON, may be gzipped), or "-" for standard input'),
  ).action(run(emissionBlock));
  jsonOptions(
    verb
      .command("subnet")
      .description("where each TAO and each alpha of a subnet goes in one block")
      .argument("<file>", 'state before the block, or "-" for standard input')
      .requiredOption("--netuid <netuid>", "the subnet", netuidOf),
  ).action(run(emissionSubnet));
}

function netuidOf(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new YumaError("USAGE", `--netuid takes a number from 1 up, not ${shown(text)}.`, { netuid: text });
}
