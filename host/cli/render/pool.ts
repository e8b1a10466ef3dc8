/** A swap's quote for people, every figure with its unit. */
import type { PoolRefusal, Refused, Side } from "../../api/pool/curve.js";
import type { SwapQuote } from "../../api/pool/quote.js";
import { type CheckedPool, DYNAMIC_MECHANISM, HALF_WEIGHT } from "../../marshal/pool.js";
import { decimal, fromRao } from "../../units.js";
import { colour } from "./colour.js";
import { table } from "./table.js";

/** All that is told of a quote. */
export interface ToldQuote {
  readonly side: Side;
  /** rao of the input. */
  readonly amount: bigint;
  readonly pool: CheckedPool;
  /** Raw U64F64, before the swap. */
  readonly price: bigint;
  readonly quote: SwapQuote | Refused;
  readonly growing: readonly ({ readonly amount: bigint } & (SwapQuote | Refused))[];
  readonly dropFees: boolean;
}

const PRICE_BITS = 64;
const REASONS: Readonly<Record<PoolRefusal, string>> = {
  InvalidValue: "a weight would leave 0.01 to 0.99",
  SwapInputTooLarge: "the amount is more than 1000 times its reserve",
  ReservesTooLow: "the reserve that pays holds less than 0.001, or nothing would come out",
  PriceLimitExceeded: "the price is at the limit or past it already",
  InsufficientLiquidity: "more would come out than there is",
  ReservesOutOfBalance: "no weight from 0.01 to 0.99 gives that price",
};

/** The quote, and the table of growing amounts. */
export function renderQuote(told: ToldQuote): string {
  const { side, quote } = told;
  const facts = "error" in quote ? refusal(told, quote) : swapped(told, quote);
  const width = Math.max(...facts.map(([label]) => label.length));
  const lines = facts.map(([label, value]) => `${colour.dim(label.padEnd(width))}  ${value}`);
  const rows = told.growing.map(row);
  return [headline(told), "", ...lines, "", table(columns(side), rows)].join("\n");
}

const unitsOf = (side: Side) => (side === "buy" ? ["TAO", "alpha"] : ["alpha", "TAO"]) as readonly [string, string];
const price = (bits: bigint) => `${decimal(bits, PRICE_BITS)} TAO per alpha`;

function headline({ side, amount, pool }: ToldQuote): string {
  const weight = decimal(((pool.quoteWeight ?? HALF_WEIGHT) << 64n) / (2n * HALF_WEIGHT), PRICE_BITS);
  const kind = pool.mechanism === DYNAMIC_MECHANISM ? `TAO's weight ${weight}` : "stable";
  const reserves = `${fromRao(pool.alphaReserve)} alpha and ${fromRao(pool.taoReserve)} TAO`;
  return `${colour.bold(side)} with ${fromRao(amount)} ${unitsOf(side)[0]} in a pool of ${reserves}, ${kind}`;
}

function swapped({ side, pool, dropFees }: ToldQuote, quote: SwapQuote): [string, string][] {
  const [from, into] = unitsOf(side);
  const isFree = dropFees || pool.mechanism !== DYNAMIC_MECHANISM;
  return [
    ["paid", `${fromRao(quote.paidIn)} ${from}`],
    ["fee", `${fromRao(quote.fee)} ${from}${isFree ? "" : ` (${pool.feeRate}/65535)`}`],
    ["received", `${fromRao(quote.paidOut)} ${into}`],
    ...(quote.refund > 0n ? [["left by the limit", `${fromRao(quote.refund)} ${from}`] as [string, string]] : []),
    ["price before", price(quote.priceBefore)],
    ["price after", price(quote.priceAfter)],
    ["slippage", `${slippage(quote.slippage)} (fee apart)`],
  ];
}

function refusal({ price: before }: ToldQuote, { error }: Refused): [string, string][] {
  return [
    ["refused", `${colour.bold(error)}: ${REASONS[error]}`],
    ["price before", price(before)],
  ];
}

function columns(side: Side) {
  const [from, into] = unitsOf(side);
  return [
    { title: `amount (${from})` },
    { title: `paid (${from})` },
    { title: `fee (${from})` },
    { title: `received (${into})` },
    { title: "price after (TAO per alpha)" },
    { title: "slippage" },
  ];
}

function row(line: ToldQuote["growing"][number]): string[] {
  if ("error" in line) return [fromRao(line.amount), line.error, "", "", "", ""];
  const amounts = [line.amount, line.paidIn, line.fee, line.paidOut].map((rao) => fromRao(rao));
  return [...amounts, decimal(line.priceAfter, PRICE_BITS), slippage(line.slippage)];
}

/** Parts of 10^18 in percent with four decimals, truncated toward zero. */
function slippage(parts: bigint | null): string {
  if (parts === null) return "none";
  const size = (parts < 0n ? -parts : parts) / 10n ** 12n;
  const text = `${size / 10_000n}.${(size % 10_000n).toString().padStart(4, "0")} %`;
  return parts < 0n && size > 0n ? `-${text}` : text;
}
