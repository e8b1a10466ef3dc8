/** `yuma devnet` as a user runs it: what it prints, how it ends, what it keeps. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, it, onTestFinished } from "vitest";
import { connectLedger } from "../../host/client/connect.js";
import { calls, signerOf } from "../../host/ledger/index.js";
import { requireBuild, yuma } from "../support/command.js";
import { type RunningDevnet, startDevnet } from "../support/devnet.js";

beforeAll(requireBuild);

async function devnet(...args: string[]): Promise<RunningDevnet> {
  const running = await startDevnet(...args);
  onTestFinished(() => void running.child.kill("SIGKILL"));
  return running;
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "devnet-"));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

it("ends at a signal with 0, and what it kept goes on where it was, whatever ended it", async () => {
  const data = folder();
  const [alice, bob] = [signerOf("//Alice"), signerOf("//Bob")];
  const heads: string[] = [];
  for (const signal of ["SIGTERM", "SIGKILL", "SIGINT"] as const) {
    const { child, printed, ended } = await devnet("--data", data);
    expect(printed.height).toBe(heads.length);
    const ledger = connectLedger(printed.webSocket);
    expect([(await ledger.head()).digest]).toEqual([heads.at(-1) ?? (await ledger.info()).genesisDigest]);
    const receipt = await ledger.send(alice, calls.balances.transferKeepAlive({ to: bob.address, amountRao: 1n }));
    expect(receipt.succeeded).toBe(true);
    heads.push((await ledger.head()).digest);
    child.kill(signal);
    expect(await ended).toBe(signal === "SIGKILL" ? null : 0);
    await ledger.close();
  }
});

it("begins with the genesis it is given", async () => {
  const file = join(folder(), "genesis.json");
  const { address } = signerOf("//Alice");
  writeFileSync(file, JSON.stringify({ schemaVersion: 1, name: "given", balancesRao: { [address]: "1234567" } }));
  const { printed } = await devnet("--genesis", file, "--block-time", "manual");
  expect(printed.accounts.filter(({ freeRao }) => freeRao !== "0")).toMatchObject([
    { secret: "//Alice", freeRao: "1234567" },
  ]);
});

const MISUSED = [
  [["--port", "70000"], "--port takes"],
  [["--block-time", "0"], "--block-time takes"],
  [["--block-time", "soon"], "--block-time takes"],
  [["--genesis", "/nowhere"], "there is no such file"],
] as const;

it("refuses what makes no sense with 2 and a sentence", () => {
  for (const [args, sentence] of MISUSED) {
    const { code, err } = yuma(["devnet", ...args]);
    expect([code, err]).toEqual([2, expect.stringContaining(sentence)]);
  }
});
