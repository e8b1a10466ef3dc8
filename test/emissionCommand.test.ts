/** `yuma emission`: the halvings, a block, a subnet, and what it says to bad input. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type CoinbaseState, coinbase, emissionFlows } from "../host/index.js";
import { ROOT } from "./house/source.js";
import { requireBuild, yuma } from "./support/command.js";
import { plain } from "./support/plain.js";

requireBuild();
const folder = mkdtempSync(join(tmpdir(), "yuma-emission-"));
afterAll(() => rmSync(folder, { recursive: true }));

const EXAMPLE = `${ROOT}host/cli/demo/block.json`;
const state = JSON.parse(readFileSync(EXAMPLE, "utf8")) as CoinbaseState;
const file = (name: string, content: unknown) => {
  writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  return join(folder, name);
};

describe("schedule", () => {
  test("lists the halvings with units", () => {
    const { code, out } = yuma(["emission", "schedule"]);
    expect(code).toBe(0);
    const [head, zero, one] = out.split("\n");
    expect(head).toBe("halvings   from issuance (TAO)  a block (TAO)      a day (TAO)");
    expect(zero).toMatch(/^ {7}0 +0\.000000000 +1\.000000000 +7,200\.000000000$/);
    expect(one).toMatch(/^ {7}1 +10,500,000\.000000000 +0\.500000000 +3,600\.000000000$/);
    expect(out.trimEnd().split("\n").length).toBe(32);
  });

  test("dates them from a start", () => {
    const start = ["--issuance", "10499990000000000", "--start", "2026-01-01"];
    const { out } = yuma(["emission", "schedule", ...start]);
    expect(out).toMatch(/\n {7}1 +10,500,000\.000000000 +0\.500000000 +3,600\.000000000 +10 +2026-01-01 00:02\n/);
    expect(yuma(["emission", "schedule", ...start, "--recycled", "900000000"]).out).toMatch(/ never\n/);
    const json = JSON.parse(yuma(["emission", "schedule", ...start, "--json"]).out);
    expect(json).toMatchObject({
      schemaVersion: 1,
      eras: { 1: { afterBlocks: "10", date: "2026-01-01T00:02:00.000Z" } },
    });
  });
});

describe("block", () => {
  test("shows every subnet, with the sums and the rules", () => {
    const { code, out } = yuma(["emission", "block", EXAMPLE]);
    expect(code).toBe(0);
    expect(out).toContain("example block: block 7,000,000, 0.500000000 TAO minted, root dividends are paid");
    for (const { netuid, name } of state.subnets) expect(out).toMatch(new RegExp(`\\n +${netuid}  ${name} `));
    expect(out).toMatch(/\n +120 +not started +may not earn\n/);
    expect(out).toMatch(/spec 425: shares by moving price less what miners are not paid, no gate/);
  });

  test("as JSON is what the function gives", () => {
    const { schemaVersion, ...json } = JSON.parse(
      yuma(["emission", "block", "-", "--json"], JSON.stringify(state)).out,
    );
    expect(schemaVersion).toBe(1);
    expect(json).toEqual(plain(coinbase(state)));
  });

  test("says which gate there is", () => {
    const gate = { barBits: "0", rank: 2, quantileBits: "0", exponentBits: "55340232221128654848" };
    const { out } = yuma(["emission", "block", file("gated.json", { ...state, rules: 475, gate })]);
    expect(out).toMatch(/gate by rank, bar 0\.\d{7}\n/);
  });
});

describe("subnet", () => {
  test("draws where each TAO and each alpha goes", () => {
    const { code, out } = yuma(["emission", "subnet", EXAMPLE, "--netuid", "8"]);
    expect(code).toBe(0);
    for (const words of [
      "minted in the block",
      "into the pool",
      "buys alpha",
      "owner",
      "miners",
      "validators",
      "root",
    ]) {
      expect(out).toMatch(new RegExp(`${words} +\\d\\.\\d{9} +\\d+\\.\\d %`));
    }
    expect(out).toMatch(/TAO a block[\s\S]*alpha a block/);
    expect(yuma(["emission", "subnet", EXAMPLE, "--netuid", "120"]).out).toMatch(/It may not earn/);
  });

  test("the README shows what it prints", () => {
    const readme = readFileSync(`${ROOT}README.md`, "utf8");
    expect(readme).toContain(yuma(["emission", "subnet", EXAMPLE, "--netuid", "8"]).out);
  });

  test("as JSON it is a Sankey diagram whose places neither gain nor lose", () => {
    const block = coinbase(state);
    for (const subnet of [block.subnets[1]!, block.subnets.at(-1)!]) {
      const { flows } = JSON.parse(
        yuma(["emission", "subnet", EXAMPLE, "--netuid", String(subnet.netuid), "--json"]).out,
      );
      expect(flows).toEqual(plain(emissionFlows(block, subnet)));
      const sum = (unit: string, end: "from" | "to", place: string) =>
        flows
          .filter((flow: Record<string, string>) => flow.unit === unit && flow[end] === place)
          .reduce((total: bigint, { rao }: { rao: string }) => total + BigInt(rao), 0n);
      expect(sum("TAO", "from", "block")).toBe(block.blockEmission);
      expect(sum("TAO", "from", "subnet")).toBe(sum("TAO", "to", "subnet"));
      expect(sum("alpha", "from", "participants")).toBe(sum("alpha", "to", "participants"));
    }
  }, 20_000);
});

describe("bad input: exit code 2 and a sentence", () => {
  test.each<[string, string[], string, RegExp]>([
    ["no subcommand", [], "USAGE", /missing|verb|help/i],
    ["an odd subcommand", ["shedule"], "USAGE", /shedule/],
    ["no file", ["block", "/nowhere"], "BAD_FILE", /no such file/],
    ["no netuid", ["subnet", EXAMPLE], "USAGE", /--netuid/],
    ["a netuid that is none", ["subnet", EXAMPLE, "--netuid", "0"], "USAGE", /from 1 up, not "0"/],
    ["a netuid that is not there", ["subnet", EXAMPLE, "--netuid", "5"], "BAD_VALUE", /no netuid 5 .* 4, 8, 19/],
    ["a start without an issuance", ["schedule", "--start", "2026-01-01"], "USAGE", /--issuance and --start/],
    ["a date that is none", ["schedule", "--issuance", "1", "--start", "soon"], "BAD_VALUE", /ISO 8601/],
    ["an issuance in TAO", ["schedule", "--issuance", "10.5", "--start", "2026-01-01"], "BAD_VALUE", /issuance/],
    ["an epoch's snapshot", ["block", file("epoch.json", { n: 1 })], "UNKNOWN_FIELD", /"n"/],
    ["no object", ["block", file("list.json", [])], "BAD_VALUE", /JSON object/],
    ["no JSON", ["block", file("text.json", "{")], "BAD_JSON", /not JSON/],
    [
      "a lost amount",
      ["block", file("number.json", { ...state, totalIssuance: 1 })],
      "BAD_VALUE",
      /in quotes, not 1\./,
    ],
  ])("%s", (_name, words, code, sentence) => {
    const run = yuma(["emission", ...words, "--json"]);
    expect(run.code).toBe(2);
    expect(run.err).toMatch(sentence);
    expect(JSON.parse(run.out).error.code).toBe(code);
  });
});
