/** `yuma devnet` as a user runs it: what it prints, how it ends, what it keeps. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, it, onTestFinished } from "vitest";
import { connectLedger } from "../../host/client/connect.js";
import { calls, signerOf } from "../../host/ledger/index.js";
import { requireBuild, yuma } from "../support/command.js";
import { type RunningDevnet, startDevnet } from "../support/devnet.js";
import { rejectionOf } from "../support/refusal.js";

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

it("follows a leader by WebSocket or HTTP, catches up, and takes no calls", async () => {
  const leader = await devnet();
  const ledger = connectLedger(leader.printed.webSocket);
  await ledger.forward(3);
  const data = folder();
  const begin = async (by: "webSocket" | "url") => {
    const follower = await devnet("--follow", leader.printed[by], "--data", data);
    const followed = connectLedger(follower.printed.webSocket);
    const agreed = async () => {
      const { height, digest } = await ledger.head();
      while ((await followed.head()).height < height) await new Promise((resolve) => setTimeout(resolve, 20));
      expect((await followed.block(height)).digest).toBe(digest);
    };
    return { ...follower, followed, agreed };
  };
  const first = await begin("webSocket");
  await first.agreed();
  expect(await first.followed.info()).toMatchObject({ blockTime: "follower", isDevnet: false });
  expect((await rejectionOf(first.followed.produceBlock())).code).toBe("BAD_STATE");
  first.child.kill("SIGKILL");
  await first.ended;
  await ledger.forward(300);
  const second = await begin("url");
  expect(second.printed.height).toBeGreaterThanOrEqual(3);
  await second.agreed();
  // The leader goes back and another way: the follower ends, and says so.
  await ledger.rewind(200);
  await ledger.faucet(signerOf("//Bob").address, 1n);
  await ledger.forward(150);
  expect(await second.ended).toBe(1);
  expect(second.err()).toMatch(/Block \d+ is not the one that follows here/);
});

it("that cannot reach its leader ends with 10, one of another network with 2", async () => {
  const gone = yuma(["devnet", "--port", "0", "--follow", "ws://127.0.0.1:9"]);
  expect(gone).toMatchObject({ code: 10, out: "", err: expect.stringContaining("127.0.0.1:9") });
  const data = folder();
  const own = await devnet("--data", data);
  own.child.kill("SIGTERM");
  await own.ended;
  const file = join(folder(), "genesis.json");
  writeFileSync(file, JSON.stringify({ schemaVersion: 1, name: "other", balancesRao: {} }));
  const other = await devnet("--genesis", file);
  const wrong = yuma(["devnet", "--port", "0", "--data", data, "--follow", other.printed.webSocket]);
  expect(wrong).toMatchObject({ code: 2, out: "", err: expect.stringContaining("another genesis") });
});

const MISUSED = [
  [["--port", "70000"], "--port takes"],
  [["--block-time", "0"], "--block-time takes"],
  [["--block-time", "soon"], "--block-time takes"],
  [["--genesis", "/nowhere"], "there is no such file"],
  [["--data", "package.json"], "it is no folder"],
  [["--allow-origin", "http://localhost:5173/"], "--allow-origin takes an origin"],
  [["--follow", "ws://127.0.0.1:9", "--block-time", "manual"], "leave out --block-time"],
] as const;

it("refuses what makes no sense with 2 and a sentence", () => {
  for (const [args, sentence] of MISUSED) {
    const { code, err } = yuma(["devnet", ...args]);
    expect([code, err]).toEqual([2, expect.stringContaining(sentence)]);
  }
});
