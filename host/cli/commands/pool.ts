/** `yuma pool quote`: what a swap would do, computed as the chain does. */
import type { Refused } from "../../api/pool/curve.js";
import { pools } from "../../api/pool/pool.js";
import type { SwapQuote } from "../../api/pool/quote.js";
import { shown, YumaError } from "../../errors.js";
import { inlinedModule } from "../../load/inlined.js";
import { instantiate } from "../../load/kernel.js";
import { type CheckedPool, checkPool, type Pool, type SwapOptions } from "../../marshal/pool.js";
import { MAX_U64, record, u64 } from "../../marshal/values.js";
import { document, EXIT, print, readJson } from "../io.js";
import { renderQuote } from "../render/pool.js";

/** Options of the verb; figures are still text. */
export interface PoolQuoteOptions {
  readonly json?: boolean;
  readonly jsonOutput?: boolean;
  readonly state?: string;
  readonly alphaReserve?: string;
  readonly taoReserve?: string;
  readonly quoteWeight?: string;
  readonly feeRate?: string;
  readonly mechanism?: string;
  readonly priceLimit?: string;
  readonly dropFees?: boolean;
}

/** The amounts of the table, in hundredths of the one asked for. */
const HUNDREDTHS = [1n, 10n, 100n, 1_000n, 10_000n];

/** Quotes a swap. What the chain would refuse is a result like any other: it is printed, and the exit code is 0. */
export async function poolQuote(side: string, amount: string, options: PoolQuoteOptions): Promise<number> {
  if (side !== "buy" && side !== "sell") {
    throw new YumaError("USAGE", `A swap is a buy or a sell, not ${shown(side)}.`, { side });
  }
  const offered = u64("amount", amount);
  const pool = await poolOf(options);
  const kernel = instantiate(inlinedModule());
  const api = pools(() => kernel);
  const call: SwapOptions = {
    dropFees: options.dropFees ?? false,
    ...(options.priceLimit === undefined ? {} : { priceLimit: options.priceLimit }),
  };
  const ask = (each: bigint) => (side === "buy" ? api.quoteBuy : api.quoteSell)(pool, each, call);
  const quote = ask(offered);
  const growing = amounts(offered).map((each) => ({ amount: each, ...ask(each) }));
  if (options.json || options.jsonOutput) {
    await print(document({ side, amount: offered, pool, ...quote, growing: growing.map(brief) }));
    return EXIT.ok;
  }
  await print(
    renderQuote({
      side,
      amount: offered,
      pool,
      price: api.price(pool),
      quote,
      growing,
      dropFees: call.dropFees === true,
    }),
  );
  return EXIT.ok;
}

/** The pool of the state file, if any, with what the flags say over it; reserves are from one place alone. */
async function poolOf(options: PoolQuoteOptions): Promise<CheckedPool> {
  const { alphaReserve, taoReserve, quoteWeight } = options;
  if (options.state !== undefined && (alphaReserve !== undefined || taoReserve !== undefined)) {
    throw new YumaError(
      "USAGE",
      "The reserves are in the file of --state: leave out --alpha-reserve and --tao-reserve.",
    );
  }
  const stored = options.state === undefined ? {} : record("A pool", await readJson(options.state));
  const given = {
    alphaReserve,
    taoReserve,
    quoteWeight,
    feeRate: small("--fee-rate", options.feeRate),
    mechanism: small("--mechanism", options.mechanism),
  };
  const flags = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  if (options.state === undefined && (alphaReserve === undefined || taoReserve === undefined)) {
    throw new YumaError("USAGE", "Give the reserves: --alpha-reserve and --tao-reserve, or --state FILE.");
  }
  return checkPool({ ...stored, ...flags } as unknown as Pool);
}

function small(option: string, text: string | undefined): number | undefined {
  if (text === undefined || (/^\d{1,5}$/.test(text) && Number(text) <= 65_535)) {
    return text === undefined ? undefined : Number(text);
  }
  throw new YumaError("USAGE", `${option} takes a number from 0 to 65535, not ${shown(text)}.`, { [option]: text });
}

/** The amounts of the table: those that are whole and fit, each once. */
function amounts(amount: bigint): bigint[] {
  const all = HUNDREDTHS.map((part) => (amount * part) / 100n).filter((each) => each > 0n && each <= MAX_U64);
  return [...new Set(all)];
}

/** A line of the table in JSON. */
function brief(line: { readonly amount: bigint } & (SwapQuote | Refused)): object {
  if ("error" in line) return { amount: line.amount, error: line.error };
  const { amount, paidIn, paidOut, fee, refund, priceAfter, slippage } = line;
  return { amount, paidIn, paidOut, fee, refund, priceAfter, slippage };
}
