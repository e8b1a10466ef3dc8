/** `yuma devnet` as a user runs it: what it prints, how it ends, what it keeps. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, it, onTestFinished } from "vitest";
import { connectLedger } from "../../host/client/connect.js";
import { calls, signerOf } from "../../host/ledger/index.js";
import { ROOT } from "../house/source.js";
import { requireBuild, yuma } from "../support/command.js";

beforeAll(requireBuild);

interface Running {
  readonly child: ChildProcess;
  readonly printed: { url: string; webSocket: string; height: number; accounts: { secret: string; freeRao: string }[] };
  readonly ended: Promise<number | null>;
}

async function devnet(...args: string[]): Promise<Running> {
  const command = [`${ROOT}dist/host/cli/main.js`, "devnet", "--port", "0", "--json", ...args];
  const child = spawn(process.execPath, command, { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = new Promise<number | null>((resolve) => child.on("exit", (code) => resolve(code)));
  let [out, err] = ["", ""];
  child.stderr.on("data", (piece) => {
    err += piece;
  });
  for await (const piece of child.stdout) {
    out += piece;
    if (out.endsWith("}\n")) return { child, printed: JSON.parse(out), ended };
  }
  throw new Error(`it ended: ${err}`);
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
