/** The verbs that ask a node. What they need is loaded only when one of them is used. */
import { type Command, Option } from "commander";
import { gathered, jsonOptions, type Run, wholeOf } from "../options.js";

/** The last block a u32 can number. */
export const LAST_BLOCK = 2 ** 32 - 1;
const DEFAULT_TIMEOUT_SECONDS = 30;

/** --json, and how to reach a node. */
export function networkOptions(command: Command): Command {
  return jsonOptions(command)
    .option("--network <name>", "finney, archive, test, local, or a URL; else $YUMA_NETWORK, else finney")
    .option("--endpoint <url>", "ask this node; several are tried in order; else $YUMA_ENDPOINT", gathered)
    .option(
      "--timeout <seconds>",
      "for one answer; without one it is asked up to three times more",
      wholeOf("timeout", 1, 3600),
      DEFAULT_TIMEOUT_SECONDS,
    );
}

function epochOptions(command: Command): Command {
  return networkOptions(command)
    .option("--block <block>", "the block the epoch ran in; else the last epoch", wholeOf("block", 1, LAST_BLOCK))
    .addOption(assumeSpec());
}

/** --assume-spec. */
export function assumeSpec(): Option {
  const what = "take the rules of this spec version; the result is marked as not proved";
  return new Option("--assume-spec <version>", what).argParser(wholeOf("assume-spec", 1, LAST_BLOCK));
}

/** --netuid. */
export function netuidOption(): Option {
  return new Option("--netuid <netuid>", "the subnet").argParser(wholeOf("netuid", 0, 65535));
}

/** Adds them. */
export function registerChain(program: Command, run: Run): void {
  epochOptions(
    program
      .command("verify")
      .description("recompute an epoch off a node, or out of a bundle, and say whether the chain agrees"),
  )
    .addOption(netuidOption())
    .option("--bundle <file>", "save the evidence there, in a new file; without --netuid: verify that file, offline")
    .option("--limit <rows>", "differences to show", wholeOf("limit", 1, 1_000_000), 20)
    .action(run(async (options: never) => (await import("./chain/verify.js")).verify(options)));

  epochOptions(program.command("snapshot").description("the inputs of an epoch off a node, for yuma epoch"))
    .addOption(netuidOption())
    .option("--out <file>", "where to", "-")
    .action(run(async (options: never) => (await import("./chain/snapshot.js")).snapshot(options)));

  networkOptions(program.command("watch").description("verify each new epoch of a subnet as it happens, one line each"))
    .addOption(netuidOption())
    .addOption(assumeSpec())
    .option("--every <seconds>", "between two looks", wholeOf("every", 1, 86_400), 12)
    .option("--epochs <k>", "end after so many", wholeOf("epochs", 1, 1_000_000))
    .action(run(async (options: never) => (await import("./chain/watch.js")).watch(options)));

  networkOptions(program.command("metagraph").description("a subnet's metagraph as the runtime sums it up"))
    .addOption(netuidOption())
    .option("--block <block>", "as of this block; else the last finalised one", wholeOf("block", 1, LAST_BLOCK))
    .action(run(async (options: never) => (await import("./chain/metagraph.js")).metagraph(options)));
}
