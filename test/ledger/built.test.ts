/** The ledger as the package ships it: its README's example runs as printed, and kill -9 costs the unfinished block at most. */
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createLedger, openStore, replayStore } from "../../host/ledger/index.js";
import { ROOT } from "../house/source.js";

/** Runs `work` with a program that imports the package by its name. */
async function withProgram<T>(text: string, work: (file: string) => T | Promise<T>): Promise<T> {
  const file = `${ROOT}dist/ledgerExample${process.pid}.mjs`;
  writeFileSync(file, text);
  try {
    return await work(file);
  } finally {
    rmSync(file);
  }
}

it("the README's example runs", async () => {
  const readme = readFileSync(`${ROOT}host/ledger/README.md`, "utf8");
  const example = readme.match(/^```js\n([\s\S]*?)^```/m)?.[1] ?? "";
  const printed = await withProgram(example, (file) => execFileSync(process.execPath, [file], { encoding: "utf8" }));
  expect(printed).toMatch(/^1 0x[0-9a-f]{64} /);
  expect(printed.trim().split("\n").at(-1)).toMatch(/1000000000n$/);
});

const MOMENTS_MS = [20, 70, 130, 260];

/** Produces blocks of one transfer for ever, and tells each height once it is stored. */
const ENDLESS = `
import { calls, createLedger, openStore, signerOf } from "yuma-kernel/ledger";
const alice = signerOf("//Alice");
const genesis = { schemaVersion: 1, name: "killed", balancesRao: { [alice.address]: 10n ** 15n } };
const ledger = await createLedger({ store: openStore(process.argv[2]), genesis });
for (;;) {
  await ledger.submit(ledger.sign(alice, calls.balances.transferKeepAlive({ to: signerOf("//Bob").address, amountRao: 500n })));
  const { height } = await ledger.produceBlock();
  process.stdout.write(height + "\\n");
}
`;

it("killed at any moment it has every block it told of, whole, and goes on", async () => {
  const folder = mkdtempSync(join(tmpdir(), "yuma-killed-"));
  try {
    await withProgram(ENDLESS, async (file) => {
      for (const moment of MOMENTS_MS) {
        const told = await runAndKill(file, folder, moment);
        const ledger = await createLedger({ store: openStore(folder) });
        expect(ledger.height).toBeGreaterThanOrEqual(told);
        expect(ledger.height).toBeLessThanOrEqual(told + 1);
        await ledger.close();
      }
    });
    const store = openStore(folder);
    expect(await replayStore(store)).toBeGreaterThanOrEqual(MOMENTS_MS.length);
    await store.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** Kills the program so long after it first told of a block; gives the last height it told. */
function runAndKill(file: string, folder: string, moment: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, folder], { stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    child.stdout.on("data", (chunk) => {
      if (text === "") setTimeout(() => child.kill("SIGKILL"), moment);
      text += chunk;
    });
    child.on("error", reject);
    child.on("close", () => resolve(Number(text.slice(0, text.lastIndexOf("\n")).split("\n").at(-1) ?? 0)));
  });
}
