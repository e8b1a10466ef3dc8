/** Two validators, two miners and the node, each a process: fifty epochs over the wire, the node killed in the middle. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { beforeAll, expect, it, onTestFinished } from "vitest";
import { connectLedger } from "../../host/client/connect.js";
import type { RemoteLedger } from "../../host/client/remote.js";
import { openStore, replayStore, signerOf } from "../../host/ledger/index.js";
import { ROOT } from "../house/source.js";
import { requireBuild } from "../support/command.js";

beforeAll(requireBuild);

const EPOCHS = 50;
/** Weights are kept as parts of the largest one, and incentive as parts of 65535. */
const ROUNDING = 4;
const TAO = 1_000_000_000n;
const NEURONS = [
  ["validator", "//Bob"],
  ["validator", "//Charlie"],
  ["miner", "//Dave"],
  ["miner", "//Eve"],
] as const;

/** A process, and its lines of JSON as they come. */
function program(...args: string[]) {
  const child: ChildProcess = spawn(process.execPath, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: Record<string, unknown>[] = [];
  let err = "";
  let hear: () => void = () => undefined;
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on("line", (line) => {
    if (line.startsWith('{"')) lines.push(JSON.parse(line));
    hear();
  });
  child.stderr?.on("data", (piece) => {
    err = `${err}${piece}`.slice(-2_000);
  });
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  const until = async (isEnough: (lines: readonly Record<string, unknown>[]) => boolean) => {
    while (!isEnough(lines)) {
      const next = new Promise<void>((resolve) => {
        hear = resolve;
      });
      if ((await Promise.race([next, ended])) !== undefined || child.exitCode !== null)
        throw new Error(`it ended: ${err}`);
    }
  };
  return { child, lines, ended, until };
}

function genesis(): object {
  const [owner, hotkey] = [signerOf("//Alice").address, signerOf("//Alice//hot").address];
  const accounts = [owner, ...NEURONS.map(([, secret]) => signerOf(secret).address)];
  return {
    schemaVersion: 1,
    name: "five processes",
    balancesRao: Object.fromEntries(accounts.map((address) => [address, String(10_000n * TAO)])),
    subnets: [
      {
        netuid: 1,
        owner,
        ownerHotkey: hotkey,
        poolTaoRao: String(1_000n * TAO),
        poolAlphaRao: String(1_000n * TAO),
        neurons: [{ hotkey, coldkey: owner }],
        stakes: [],
        parameters: {
          "SubtensorModule.Tempo": 8,
          "SubtensorModule.CommitRevealWeightsEnabled": false,
          "SubtensorModule.WeightsSetRateLimit": "0",
          "SubtensorModule.MinAllowedWeights": 1,
        },
      },
    ],
  };
}

/** A port that is free now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Waits until somebody listens. */
async function up(url: string): Promise<RemoteLedger> {
  const ledger = connectLedger(url);
  onTestFinished(() => ledger.close());
  for (;;) {
    try {
      await ledger.head();
      return ledger;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

it("fifty epochs, every neuron in its part, and a killed node lost nothing", async () => {
  const folder = mkdtempSync(join(tmpdir(), "network-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [file, data, port] = [join(folder, "genesis.json"), join(folder, "data"), await freePort()];
  writeFileSync(file, JSON.stringify(genesis()));
  const devnet = () =>
    program("dist/host/cli/main.js", "devnet", "--genesis", file, "--data", data, "--port", String(port));
  const url = `ws://127.0.0.1:${port}`;
  let node = devnet();
  const ledger = await up(url);
  const neurons = NEURONS.map(([role, secret]) =>
    program("test/examples/neuron.mjs", url, role, secret, String(EPOCHS)),
  );
  for (const { until } of neurons) await until((lines) => lines.length > 0);

  const epochs = async () => Number((await ledger.subnets())[0]?.epochs);
  for (let isKilled = false; (await epochs()) < EPOCHS; ) {
    await ledger.toNextEpoch(1);
    const now = await epochs();
    for (const { until } of neurons) await until((lines) => Number(lines.at(-1)?.epochs ?? -1) >= now);
    if (isKilled || now < EPOCHS / 2) continue;
    const before = await ledger.head();
    node.child.kill("SIGKILL");
    await node.ended;
    node = devnet();
    expect(await (await up(url)).head()).toEqual(before);
    await up(url);
    isKilled = true;
  }
  for (const { ended } of neurons) expect(await ended).toBe(0);

  const last = neurons.map(
    ({ lines }) => lines.at(-1) as { incentive: number; dividends: number; emissionRao: string },
  );
  const [bob, charlie, dave, eve] = last as [(typeof last)[0], (typeof last)[0], (typeof last)[0], (typeof last)[0]];
  // Both validators judge by the same ports, so that the miners' incentive is in their ratio.
  const neuronsNow = await ledger.metagraph(1);
  const ports = ["//Dave//hot", "//Eve//hot"].map((secret) => {
    const own = neuronsNow.find(({ hotkey }) => hotkey === signerOf(secret).address);
    return (own?.axon?.port ?? 0) - 8_000;
  });
  const sum = ports.reduce((a, b) => a + b, 0);
  for (const [k, { incentive }] of [dave, eve].entries()) {
    expect(Math.abs(incentive - (65_535 * ports[k]!) / sum)).toBeLessThan(ROUNDING);
  }
  for (const { dividends, emissionRao } of [bob, charlie]) {
    expect([dividends > 0, BigInt(emissionRao) > 0n]).toEqual([true, true]);
  }
  const { height } = await ledger.head();
  node.child.kill("SIGTERM");
  expect(await node.ended).toBe(0);
  const store = openStore(data);
  await store.open();
  expect(await replayStore(store)).toBe(height);
  await store.close();
});
