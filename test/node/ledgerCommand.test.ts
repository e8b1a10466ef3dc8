/** The verbs that speak to a node: what is asked, tried, sent and refused, by development keys and by wallets. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ALL_CALLS } from "../../host/ledger/calls/index.js";
import { signerOf } from "../../host/ledger/index.js";
import { requireBuild, yuma, yumaBeside } from "../support/command.js";
import { type RunningDevnet, startDevnet } from "../support/devnet.js";

requireBuild();
const folder = mkdtempSync(join(tmpdir(), "yuma-ledger-command-"));
let devnet: RunningDevnet;
beforeAll(async () => {
  devnet = await startDevnet();
}, 60_000);
afterAll(() => {
  devnet.child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

const ask = (words: string, input = "") =>
  yuma(words.split(" "), input, { YUMA_NODE: devnet.printed.webSocket, YUMA_WALLET_PATH: folder });
const told = (words: string) => {
  const { code, out } = ask(`${words} --json`);
  return { code, answer: JSON.parse(out) };
};
const free = (key: string) => BigInt(told(`wallet balance --address ${key}`).answer.freeRao);
const height = () => told("ledger info").answer.node.height as number;

describe("a call", () => {
  test("is sent, and the receipt says in which block", () => {
    const [before, block] = [free("//Bob"), height()];
    const { code, answer } = told("wallet transfer --as //Alice --dest //Bob --amount 1.000000001");
    expect({ code, ...answer.receipt }).toMatchObject({ code: 0, succeeded: true, height: block + 1, error: null });
    expect(free("//Bob") - before).toBe(1_000_000_001n);
  });

  test("is only tried with --dry-run, which tells what would change", () => {
    const [before, block] = [free("//Bob"), height()];
    const { code, answer } = told("wallet transfer --as //Alice --dest //Bob --amount 2 --dry-run");
    expect({ code, accepted: answer.dryRun.accepted }).toEqual({ code: 0, accepted: true });
    const bob = { item: "Balances.Free", keys: [signerOf("//Bob").account] };
    expect(answer.dryRun.changes).toContainEqual({ ...bob, before: `${before}`, after: `${before + 2_000_000_000n}` });
    expect([free("//Bob"), height()]).toEqual([before, block]);
  });

  test("that would fail is refused by the chain's name with exit code 1, and nothing is sent", () => {
    const block = height();
    const refused = ask("wallet transfer --as //Alice --dest //Bob --amount 9999999999");
    expect(refused).toMatchObject({ code: 1, err: "Nothing was sent.\n" });
    expect(refused.out).toContain("Token.FundsUnavailable");
    expect(height()).toBe(block);
  });

  test.each([
    ["by sudo", "subnet dissolve --netuid 9", "SubtensorModule.SubnetNotExists"],
    [
      "by sudo, of a parameter",
      "subnet set --netuid 77 --param kappa --value 5 --sudo",
      "AdminUtils.SubnetDoesNotExist",
    ],
    [
      "in a batch",
      'ledger call Utility.batch calls=[{"Balances.transfer_keep_alive":{"to":"//Bob","amountRao":"999999999999999999"}}]',
      "Token.FundsUnavailable",
    ],
  ])("that carries one which would fail is refused as that one, %s", (_how, words, error) => {
    const block = height();
    expect(ask(`${words} --as //Alice`)).toMatchObject({ code: 1, out: expect.stringContaining(error) });
    expect(told(`${words} --as //Alice`)).toMatchObject({ code: 1, answer: { refused: { error } } });
    expect(told(`${words} --as //Alice --dry-run`)).toMatchObject({
      code: 1,
      answer: { dryRun: { accepted: false, error } },
    });
    expect(height()).toBe(block);
  });

  test("of any name is made of words, calls within calls of JSON", () => {
    const before = free("//Dave");
    const transfer = (to: string) => `{"balances.transferKeepAlive":{"to":"${to}","amountRao":"5"}}`;
    const { code, answer } = told(
      `ledger call utility.batchAll calls=[${transfer("//Dave")},${transfer("//Dave")}] --as //Alice`,
    );
    expect({ code, succeeded: answer.receipt.succeeded }).toEqual({ code: 0, succeeded: true });
    expect(free("//Dave") - before).toBe(10n);
    told("ledger call balances.transferKeepAlive to=//Dave amountRao=0.5tao --as //Alice");
    expect(free("//Dave") - before).toBe(500_000_010n);
  });

  test("by root goes through sudo", () => {
    const words = "ledger call balances.forceSetBalance account=//Nobody freeRao=7000 --sudo";
    expect(ask(`${words} --as //Bob`)).toMatchObject({ code: 1, out: expect.stringContaining("RequireSudo") });
    expect(told(`${words} --as //Alice`).code).toBe(0);
    expect(free("//Nobody")).toBe(7000n);
  });

  test("is signed by a wallet's hotkey, whose file is plain, and by an address the coldkey is asked of", () => {
    yuma(["wallet", "new-hotkey", "--plain-hotkey", "--wallet-path", folder]);
    const { out } = yuma(["wallet", "list", "--json", "--wallet-path", folder]);
    const address = JSON.parse(out).wallets[0].hotkeys[0].address as string;
    told(`wallet faucet --address ${address} --amount 3`);
    const { answer } = told("ledger call balances.transferAll to=//Bob keepAlive=false --use-hotkey");
    expect(answer.receipt.succeeded).toBe(true);
    expect(free(address)).toBe(0n);
    expect(ask("wallet transfer --dest //Bob --amount 1")).toMatchObject({
      code: 2,
      err: expect.stringContaining("coldkeypub.txt cannot be read"),
    });
  });
});

describe("a question", () => {
  test("every call is listed, with its arguments", () => {
    const { answer } = told("ledger calls");
    expect(answer.calls).toHaveLength(ALL_CALLS.length);
    expect(answer.calls).toContainEqual({
      name: "staking.addStake",
      chain: "SubtensorModule.add_stake",
      origin: "signed",
      arguments: ["hotkey", "netuid", "amountRao"],
    });
  });

  test("the state is read by item and keys, or below the keys given", () => {
    const bob = signerOf("//Bob");
    expect(told("ledger state Balances.Free //Bob").answer.value).toBe(`${free("//Bob")}`);
    const { entries } = told("ledger state Balances.Free").answer;
    expect(entries).toContainEqual([[bob.account], `${free("//Bob")}`]);
  });

  test("blocks are told of as they come, also where the node is named by its URL of http", async () => {
    const watched = yumaBeside(["ledger", "watch", "--blocks", "1", "--node", devnet.printed.url]);
    let isDone = false;
    const line = watched.finally(() => {
      isDone = true;
    });
    while (!isDone) {
      await yumaBeside(["ledger", "produce", "--node", devnet.printed.url]);
    }
    expect(await line).toMatchObject({ code: 0, out: expect.stringMatching(/^block \d+ {2}0 calls\n/) });
  });

  test("blocks come as they are made, and go again", () => {
    expect(told("ledger produce 3").answer.height).toBe(height());
    expect(told("ledger block 1").answer.block.height).toBe(1);
    const before = height();
    told("ledger produce 2");
    expect(told(`ledger rewind ${before}`).answer.height).toBe(before);
  });
});

describe("bad usage: exit code 2 and a sentence", () => {
  test.each([
    ["an amount of ten decimals", "wallet transfer --as //Alice --dest //Bob --amount 0.0000000001", '"0.0000000001"'],
    ["an address that is none", "wallet transfer --as //Alice --dest 5Bob --amount 1", '"5Bob"'],
    [
      "a secret on the command line",
      `wallet transfer --as ${"0x".padEnd(66, "7")} --dest //Bob --amount 1`,
      "belong into a wallet",
    ],
    ["a call that is none", "ledger call balances.give to=//Bob --as //Alice", "no call balances.give"],
    ["a word that is no argument", "ledger call balances.transferAll to --as //Alice", "field=value"],
    ["an argument that is none", "ledger call balances.transferAll who=//Bob --as //Alice", "no argument who"],
    [
      "an argument given twice",
      "ledger call balances.transferKeepAlive to=//Bob amountRao=5 amountRao=1000 --as //Alice",
      "amountRao is given twice",
    ],
    ["an item that is none", "ledger state Balances.Nothing", "no item Balances.Nothing"],
    ["a parameter that is none", "subnet set --netuid 1 --param colour --value 1 --as //Alice", "no parameter colour"],
    ["an amount above a u64", "wallet transfer --as //Alice --dest //Bob --amount 99999999999999", "2^64 − 1 rao"],
    ["neither amount nor all", "stake remove --netuid 1 --hotkey //Bob --as //Bob", "either --amount or --all"],
    [
      "both amount and all",
      "stake remove --netuid 1 --hotkey //Bob --as //Bob --all --amount 1",
      "either --amount or --all",
    ],
    ["both a delegate and none", "governance delegate --none --hotkey //Bob --as //Bob", "either --hotkey or --none"],
    ["weights without values", "subnet set-weights --netuid 1 --hotkey //Bob --weights 3", "pairs"],
    ["a part above one", "stake set-take --hotkey //Bob --take 1.1 --as //Bob", '"1.1"'],
    ["a block that is not there", "ledger block 4000000", "4000000"],
    ["a proposal that is not there", "governance show 7", "no proposal 7"],
    ["a node that is no URL", "ledger info --node nowhere", "URL"],
  ])("%s", (_what, words, sentence) => {
    const { code, out, err } = ask(words);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(sentence);
    expect(err).not.toContain("7777");
  });

  test("a node that is away is the network's fault", () => {
    expect(ask("ledger info --node ws://127.0.0.1:9")).toMatchObject({ code: 10, out: "" });
  });
});
