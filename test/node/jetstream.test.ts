/** The block log over a real JetStream server: followers agree with the leader whatever is cut, killed or started anew. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { connectLedger } from "../../host/client/connect.js";
import { calls, createLedger, type Ledger, memoryStore, signerOf } from "../../host/ledger/index.js";
import { devGenesis } from "../../host/node/dev.js";
import { followBlocks, genesisOfLog, type LogPlace, placeOfLog, publishBlocks } from "../../host/node/jetstream.js";
import { requireBuild, yuma } from "../support/command.js";
import { startDevnet } from "../support/devnet.js";
import { rejectionOf } from "../support/refusal.js";

requireBuild();
const hasServer = spawnSync("nats-server", ["--version"]).status === 0;
if (!hasServer)
  console.warn("nats-server is not installed: the log over JetStream is not tested (apt-get install nats-server)");

const [alice, bob] = [signerOf("//Alice"), signerOf("//Bob")] as const;
/** Half a second without a sign of the server, and it is looked for. */
const SOON = { pauseMilliseconds: 50, heartbeatMilliseconds: 500, answerMilliseconds: 500 };
const fail = (error: unknown) => expect.fail(String(error));

/** A real server on a free port; its store outlives it. */
async function server() {
  const folder = mkdtempSync(join(tmpdir(), "nats-"));
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  let child: ChildProcess;
  const start = async () => {
    child = spawn("nats-server", ["-js", "-a", "127.0.0.1", "-p", String(port), "-sd", folder], { stdio: "ignore" });
    for (;;) {
      const socket = connect(port, "127.0.0.1");
      const isUp = await new Promise<boolean>((resolve) => {
        socket.on("connect", () => resolve(true)).on("error", () => resolve(false));
      });
      socket.destroy();
      if (isUp) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const kill = async () => {
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  onTestFinished(async () => {
    await kill();
    rmSync(folder, { recursive: true });
  });
  await start();
  return { port, place: { servers: `nats://127.0.0.1:${port}`, stream: "devnet" } as LogPlace, start, kill };
}

/** A line to a port that can be cut and mended. */
async function line(to: number) {
  const open = new Set<Socket>();
  let isCut = false;
  const proxy = createServer((near) => {
    if (isCut) return near.destroy();
    const far = connect(to, "127.0.0.1");
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on("error", () => undefined).on("close", () => other.destroy());
      one.pipe(other);
    }
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const cut = () => {
    isCut = true;
    for (const socket of open) socket.destroy();
    open.clear();
  };
  onTestFinished(() => {
    cut();
    proxy.close();
  });
  const mend = () => {
    isCut = false;
  };
  return { servers: `nats://127.0.0.1:${(proxy.address() as AddressInfo).port}`, cut, mend };
}

const emptyLedger = (genesis = devGenesis()) =>
  createLedger({ store: memoryStore(), genesis, verifySignature: () => true });

async function grow(ledger: Ledger, blocks: number): Promise<void> {
  for (let k = 0; k < blocks; k++) {
    const call = calls.balances.transferKeepAlive({ to: bob.address, amountRao: BigInt(ledger.height + 1) });
    await ledger.submit(ledger.sign(alice, call));
    await ledger.produceBlock();
  }
}

async function reached(ledger: Ledger, height: number): Promise<string> {
  if (ledger.height < height) {
    await new Promise<void>((resolve) => {
      const end = ledger.subscribe((block) => {
        if (block.height < height) return;
        end();
        resolve();
      });
    });
  }
  return ledger.digest;
}

it.skipIf(!hasServer)("carries every block through cuts, kills and restarts", async () => {
  const { port, place, start, kill } = await server();
  const leader = await emptyLedger();
  await grow(leader, 5);
  let publishing = await publishBlocks(leader, place, fail, SOON);
  const [near, far] = [await emptyLedger(), await line(port)];
  const first = await followBlocks(near, place, fail, SOON);
  expect(await reached(near, 5)).toBe(leader.digest);

  // A follower that begins with nothing but the log, behind a line that is cut while blocks go on.
  const distant = await emptyLedger(await genesisOfLog(place));
  const second = await followBlocks(distant, { ...place, servers: far.servers }, fail, SOON);
  await reached(distant, 5);
  far.cut();
  await grow(leader, 10);
  expect(await reached(near, 15)).toBe(leader.digest);
  expect(distant.height).toBe(5);
  expect(second.source()).toEqual({ isReachable: false, height: 5 });
  far.mend();
  expect(await reached(distant, 15)).toBe(leader.digest);

  // The leader's publishing ends and begins again; blocks of the meantime are made up for.
  await publishing.stop();
  await grow(leader, 10);
  publishing = await publishBlocks(leader, place, fail, SOON);
  expect(await reached(near, 25)).toBe(leader.digest);

  // The server is killed and comes back with what it had.
  await kill();
  await grow(leader, 10);
  await start();
  expect(await reached(near, 35)).toBe(leader.digest);
  expect(await reached(distant, 35)).toBe(leader.digest);
  expect(publishing.height()).toBe(35);
  expect(second.source()).toEqual({ isReachable: true, height: 35 });
  for (const one of [first, second, publishing]) await one.stop();
});

it.skipIf(!hasServer)("is one ledger's: another neither publishes nor follows", async () => {
  const { place } = await server();
  const leader = await emptyLedger();
  await grow(leader, 3);
  const publishing = await publishBlocks(leader, place, fail);
  const reader = await emptyLedger();
  const reading = await followBlocks(reader, place, fail);
  await reached(reader, 3);
  const other = await emptyLedger({ ...devGenesis(), name: "other" });
  await grow(other, 3);
  expect((await rejectionOf(publishBlocks(other, place, fail))).code).toBe("DIVERGED");
  const failed = new Promise(
    (resolve) => void emptyLedger({ ...devGenesis(), name: "other" }).then((one) => followBlocks(one, place, resolve)),
  );
  expect(await failed).toMatchObject({ code: "DIVERGED", details: { height: 1 } });
  expect((await rejectionOf(genesisOfLog({ ...place, stream: "none" }))).code).toBe("NO_BLOCK");
  for (const one of [reading, publishing]) await one.stop();
});

it.skipIf(!hasServer)("is written and followed by the command", async () => {
  const { place } = await server();
  const url = `${place.servers}/${place.stream}`;
  const running = [];
  try {
    const leader = await startDevnet("--publish", url);
    running.push(leader);
    const ledger = connectLedger(leader.printed.webSocket);
    await ledger.forward(5);
    const follower = await startDevnet("--follow", url);
    running.push(follower);
    const followed = connectLedger(follower.printed.webSocket);
    await ledger.forward(5);
    const { digest } = await ledger.head();
    while ((await followed.head()).height < 10) await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await followed.head()).digest).toBe(digest);

    // A follower may publish too: a leader's blocks come into another log.
    const other = { ...place, stream: "other" };
    running.push(await startDevnet("--follow", leader.printed.webSocket, "--publish", `${place.servers}/other`));
    const reader = await emptyLedger(await genesisOfLog(other));
    const reading = await followBlocks(reader, other, fail);
    expect(await reached(reader, 10)).toBe(digest);
    await reading.stop();
    await Promise.all([ledger.close(), followed.close()]);
  } finally {
    for (const { child } of running) child.kill("SIGKILL");
  }
});

it.each(["nats://127.0.0.1:4222", "http://127.0.0.1/devnet", "nats://127.0.0.1:4222/a b"])(
  "%s is no place of a log",
  (url) => {
    expect(() => placeOfLog(url)).toThrow(/such as nats:/);
    expect(yuma(["devnet", "--port", "0", "--publish", url])).toMatchObject({ code: 2, out: "" });
  },
);

it("without its modules or its server the command says so, and a devnet without a log runs all the same", async () => {
  const without = { NODE_OPTIONS: `--import=${new URL("../support/withoutNats.mjs", import.meta.url).href}` };
  const url = "nats://127.0.0.1:9/devnet";
  for (const option of ["--publish", "--follow"]) {
    expect(yuma(["devnet", "--port", "0", option, url], "", without)).toEqual({
      code: 2,
      out: "",
      err: "yuma: JetStream needs @nats-io/transport-node and @nats-io/jetstream; install them beside this package.\n",
    });
  }
  expect(yuma(["devnet", "--port", "0", "--publish", url])).toMatchObject({
    code: 10,
    out: "",
    err: expect.stringContaining("nats://127.0.0.1:9 cannot be reached"),
  });
  Object.assign(process.env, without);
  const running = await startDevnet().finally(() => delete process.env.NODE_OPTIONS);
  running.child.kill("SIGKILL");
  expect(running.printed.height).toBe(0);
});

it("says where no server is", async () => {
  const nobody = { servers: "nats://127.0.0.1:9", stream: "devnet" };
  expect((await rejectionOf(genesisOfLog(nobody))).code).toBe("NETWORK");
});
