/** The verb that runs a node. What it needs is loaded only when it is used. */
import type { Command } from "commander";
import { shown, YumaError } from "../../errors.js";
import type { BlockTime } from "../../node/node.js";
import { gathered, jsonOptions, type Run, wholeOf } from "../options.js";

/** Where a devnet listens unless told otherwise. */
export const DEFAULT_PORT = 9955;

/** Adds it. */
export function registerDevnet(program: Command, run: Run, version: string): void {
  jsonOptions(
    program
      .command("devnet")
      .description("run a network of one node on this machine: JSON-RPC over HTTP and WebSocket, until interrupted"),
  )
    .option(
      "--port <port>",
      "where to listen on 127.0.0.1; 0 takes any that is free",
      wholeOf("port", 0, 65_535),
      DEFAULT_PORT,
    )
    .option("--data <folder>", "keep the ledger there; else it is gone with the process")
    .option(
      "--block-time <when>",
      'milliseconds a block, or "instant", the usual: on each call, or "manual"',
      blockTimeOf,
    )
    .option("--genesis <file>", "begin with this document; else development accounts with 100,000 TAO each")
    .option(
      "--follow <url>",
      "take over every block of the node there, or of a log (nats://…/stream); stop at the first that comes out otherwise",
    )
    .option("--publish <url>", "publish the blocks to a log over JetStream: nats://127.0.0.1:4222/devnet")
    .option("--allow-origin <origin>", "pages of this origin may ask (http://localhost:5173, or *)", origins)
    .action(run(async (options: never) => (await import("./devnet.js")).devnet(options, version)));
}

/** Origins as browsers send them: without a path, not even a slash, or they would never match. */
function origins(text: string, before?: readonly string[]): string[] {
  const all = gathered(text, before);
  const wrong = all.find((one) => one !== "*" && !(URL.canParse(one) && new URL(one).origin === one));
  if (wrong === undefined) return all;
  const wanted = "--allow-origin takes an origin such as http://localhost:5173, or *";
  throw new YumaError("USAGE", `${wanted}, not ${shown(wrong)}.`, { "allow-origin": wrong.slice(0, 200) });
}

function blockTimeOf(text: string): BlockTime {
  if (text === "instant" || text === "manual") return text;
  if (/^[1-9]\d{0,6}$/.test(text) && Number(text) <= 3_600_000) return Number(text);
  const wanted = "--block-time takes 1 to 3600000 milliseconds, instant or manual";
  throw new YumaError("USAGE", `${wanted}, not ${shown(text)}.`, { "block-time": text });
}
