/** The command line of `yuma emission`: its three subcommands and their options. */
import type { Command } from "commander";
import { shown, YumaError } from "../../errors.js";
import { emissionBlock, emissionSubnet, schedule } from "./emission.js";

type Verb = (...args: never[]) => Promise<number>;

/** Hangs the verb on the program; `run` turns a failure into a sentence, `json` adds --json. */
export function registerEmission(
  program: Command,
  run: <V extends Verb>(verb: V) => (...args: unknown[]) => Promise<void>,
  json: (command: Command) => Command,
): void {
  const verb = program.command("emission").description("what blocks emit, to which subnet, and to whom within it");
  json(
    verb
      .command("schedule")
      .description("the halvings: issuance and block emission, with --issuance and --start also dates")
      .option("--issuance <rao>", "rao issued at the start")
      .option("--start <date>", "when the start is: ISO 8601, UTC unless it names a zone")
      .option("--recycled <rao>", "rao recycled a block, on average"),
  ).action(run(schedule));
  json(
    verb
      .command("block")
      .description("the shares of every subnet in one block")
      .argument("<file>", 'state before the block (JSON, may be gzipped), or "-" for standard input'),
  ).action(run(emissionBlock));
  json(
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
