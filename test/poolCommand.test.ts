/** `yuma pool quote` and `yuma conform pool`: what is printed, and what is refused. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { requireBuild, yuma } from "./support/command.js";
import { lines } from "./support/vectors.js";

const SAMPLE = 300;

requireBuild();
const folder = mkdtempSync(join(tmpdir(), "yuma-pool-"));
afterAll(() => rmSync(folder, { recursive: true }));

const state = {
  alphaReserve: "1000000000000",
  taoReserve: "500000000000",
  quoteWeight: "500000000000000000",
  feeRate: 0,
};
const file = join(folder, "pool.json");
writeFileSync(file, JSON.stringify(state));
const flags = ["--alpha-reserve", state.alphaReserve, "--tao-reserve", state.taoReserve, "--fee-rate", "0"];

describe("quote", () => {
  // Half of the alpha goes for as much TAO as there is.
  const expected = [
    "buy with 500.000000000 TAO in a pool of 1,000.000000000 alpha and 500.000000000 TAO, TAO's weight 0.500000000",
    "",
    "paid          500.000000000 TAO",
    "fee           0.000000000 TAO (0/65535)",
    "received      500.000000000 alpha",
    "price before  0.500000000 TAO per alpha",
    "price after   2.000000000 TAO per alpha",
    "slippage      100.0000 % (fee apart)",
  ];

  test("tells a buy, every figure with its unit, and a table of growing amounts", () => {
    const { code, out, err } = yuma(["pool", "quote", "buy", "500000000000", ...flags]);
    expect([code, err]).toEqual([0, ""]);
    const [facts = "", tabled = ""] = out.split("\n\n").slice(1);
    expect([out.split("\n")[0], "", ...facts.split("\n")]).toEqual(expected);
    const [head, ...rows] = tabled.trimEnd().split("\n");
    expect(head?.trim()).toMatch(
      /^amount \(TAO\) +paid \(TAO\) +fee \(TAO\) +received \(alpha\) +price after \(TAO per alpha\) +slippage$/,
    );
    expect(rows.map((row) => row.trim().split(/ +/)[0])).toEqual([
      "5.000000000",
      "50.000000000",
      "500.000000000",
      "5,000.000000000",
      "50,000.000000000",
    ]);
    const slippages = rows.map((row) => Number(row.match(/([\d.]+) %$/)?.[1]));
    expect(slippages).toEqual([...slippages].sort((a, b) => a - b));
  });

  test("a state file, standard input and flags say the same", () => {
    const told = yuma(["pool", "quote", "buy", "500000000000", ...flags]).out;
    expect(yuma(["pool", "quote", "buy", "500000000000", "--state", file]).out).toBe(told);
    expect(yuma(["pool", "quote", "buy", "500000000000", "--state", "-"], JSON.stringify(state)).out).toBe(told);
    const other = JSON.stringify({ ...state, feeRate: 9 });
    expect(yuma(["pool", "quote", "buy", "500000000000", "--state", "-", "--fee-rate", "0"], other).out).toBe(told);
  });

  test("--json is one document in rao", () => {
    const { code, out, err } = yuma(["pool", "quote", "sell", "1000000000000", "--state", file, "--json"]);
    expect([code, err]).toEqual([0, ""]);
    const quote = JSON.parse(out);
    expect(quote).toMatchObject({
      schemaVersion: 1,
      side: "sell",
      amount: "1000000000000",
      paidOut: "250000000000",
      priceAfter: String((1n << 64n) / 8n),
      slippage: "500000000000000000",
      effects: { alphaOut: "-1000000000000", taoReserve: "-250000000000" },
      after: { alphaReserve: "2000000000000", taoReserve: "250000000000" },
    });
    expect(quote.growing).toHaveLength(5);
    expect(quote.growing[2]).toMatchObject({ amount: "1000000000000", paidOut: "250000000000" });
  });

  test("a limit leaves the rest, fees can be dropped, and another mechanism is one for one", () => {
    const limited = yuma(["pool", "quote", "buy", "500000000000", "--state", file, "--price-limit", "600000000"]).out;
    expect(limited).toMatch(/^left by the limit {2}[1-9][\d.,]* TAO$/m);
    expect(limited).toMatch(/^price after +0\.(600000000|59999\d+) TAO per alpha$/m);
    const charged = yuma(["pool", "quote", "buy", "65535", "--state", file, "--fee-rate", "6553"]).out;
    expect(charged).toMatch(/^fee +0\.000006552 TAO \(6553\/65535\)$/m);
    const free = yuma(["pool", "quote", "buy", "65535", "--state", file, "--fee-rate", "6553", "--drop-fees"]).out;
    expect(free).toMatch(/^fee +0\.000000000 TAO$/m);
    const flat = yuma(["pool", "quote", "sell", "1500000000", "--state", file, "--mechanism", "0"]).out;
    expect(flat).toMatch(/^received +1\.500000000 TAO$/m);
  });

  test("what the chain would refuse is a result, named and explained", () => {
    const { code, out, err } = yuma(["pool", "quote", "buy", "1", "--state", file, "--price-limit", "500000000"]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^refused +PriceLimitExceeded: the price is at the limit or past it already$/m);
    const json = JSON.parse(yuma(["pool", "quote", "buy", "1", "--state", file, "--price-limit", "1", "--json"]).out);
    expect([json.error, json.growing[0].error]).toEqual(["PriceLimitExceeded", "PriceLimitExceeded"]);
  });

  test.each([
    [["quote", "hold", "1", ...flags], "USAGE", /buy or a sell, not "hold"/],
    [["quote", "buy", "1"], "USAGE", /--alpha-reserve and --tao-reserve, or --state FILE/],
    [["quote", "buy", "1", ...flags, "--state", file], "USAGE", /leave out --alpha-reserve/],
    [["quote", "buy", "1", "--tao-reserve", "5", "--state", file], "USAGE", /leave out --alpha-reserve/],
    [["quote", "buy", "1.5", ...flags], "BAD_VALUE", /amount must be an integer/],
    [["quote", "buy", "18446744073709551616", ...flags], "BAD_VALUE", /amount/],
    [["quote", "buy", "1", ...flags, "--fee-rate", "x"], "USAGE", /--fee-rate takes/],
    [["quote", "buy", "1", ...flags, "--mechanism", "70000"], "USAGE", /--mechanism takes/],
    [["quote", "buy", "1", ...flags, "--quote-weight", "1"], "BAD_VALUE", /quoteWeight must be a weight/],
    [["quote", "buy", "1", ...flags, "--price-limit", "-1"], "BAD_VALUE", /priceLimit/],
    [["quote", "buy", "1", "--state", "/nowhere"], "BAD_FILE", /\/nowhere/],
    [["quote", "buy", "1", "--state", "-"], "BAD_JSON", /empty/],
    [["quote", "buy"], "USAGE", /amount/],
  ])("yuma pool %j is refused", (args, code, said) => {
    const { code: exit, out, err } = yuma(["pool", ...args]);
    expect([exit, out]).toEqual([2, ""]);
    expect(err).toMatch(/^yuma: [^\n]+\.\n$/);
    expect(err).toMatch(said);
    const json = yuma(["pool", ...args, "--json"]);
    expect([json.code, JSON.parse(json.out).error.code]).toEqual([2, code]);
  });
});

test("conform pool answers line by line, byte for byte as published", () => {
  const input = lines("pool.cases.jsonl.gz").slice(0, SAMPLE).join("\n");
  const wanted = `${lines("pool.results.jsonl.gz").slice(0, SAMPLE).join("\n")}\n`;
  expect(yuma(["conform", "pool"], input)).toEqual({ code: 0, out: wanted, err: "" });
  const { code, out } = yuma(["conform", "pool"], '{"op":"price"}\n');
  expect([code, JSON.parse(out)]).toMatchObject([2, { line: 1, error: { code: "MISSING_FIELD" } }]);
});
