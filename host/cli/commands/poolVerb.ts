/** The command line of `yuma pool`. */
import { type Command, Option } from "commander";
import { jsonOptions, type Run } from "../options.js";
import { poolQuote } from "./pool.js";

/** Adds the verb to the command. */
export function registerPool(program: Command, run: Run): void {
  const pool = program.command("pool").description("what a swap in a subnet's pool would do");
  jsonOptions(
    pool
      .command("quote")
      .description("paid, received, fee, price and slippage of a swap, and the same for growing amounts")
      .argument("<side>", "buy (TAO for alpha) or sell (alpha for TAO)")
      .argument("<amount>", "rao of TAO to buy with, or of alpha to sell (1 TAO or alpha = 1000000000 rao)")
      .option(
        "--state <file>",
        'the pool as JSON: alphaReserve, taoReserve, quoteWeight, feeRate, mechanism; "-" for standard input',
      )
      .option("--alpha-reserve <rao>", "alpha in the pool")
      .option("--tao-reserve <rao>", "TAO in the pool")
      .option("--quote-weight <parts>", "TAO's weight in parts of 10^18; half if absent")
      .option("--fee-rate <rate>", "over 65535; 33 if absent")
      .option("--mechanism <number>", "1, the weighted pool, if absent; any other is stable")
      .option("--price-limit <rao>", "rao per alpha beyond which nothing is swapped")
      .addOption(new Option("--drop-fees", "take no fee")),
  ).action(run(poolQuote));
}
