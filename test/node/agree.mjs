/**
 * A leader, two followers by WebSocket and one by JetStream: after so many blocks all have one digest.
 *
 *     npm run build && node test/node/agree.mjs --blocks 10000
 *
 * Needs nats-server (Debian's package); without it the third follower is left out, and that is said. Exit code 1 where any differs.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { calls, connectLedger, signerOf } from "yuma-kernel/client";

const { values } = parseArgs({ options: { blocks: { type: "string", default: "10000" } } });
const blocks = Number(values.blocks);
/** Blocks between two calls. */
const EVERY = 50;
const MAIN = fileURLToPath(new URL("../../dist/host/cli/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "agree-"));
const children = [];

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function devnet(name, ...args) {
  const command = [MAIN, "devnet", "--port", "0", "--json", "--data", join(folder, name), ...args];
  const child = spawn(process.execPath, command, { stdio: ["ignore", "pipe", "ignore"] });
  children.push(child);
  let out = "";
  for await (const piece of child.stdout) {
    out += piece;
    if (out.endsWith("}\n")) return { name, url: JSON.parse(out).webSocket };
  }
  throw new Error(`${name} ended`);
}

async function jetStream() {
  if (spawnSync("nats-server", ["--version"]).status !== 0) {
    console.log("nats-server is not installed: no follower by JetStream");
    return undefined;
  }
  const port = await freePort();
  children.push(spawn("nats-server", ["-js", "-a", "127.0.0.1", "-p", `${port}`, "-sd", folder], { stdio: "ignore" }));
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return `nats://127.0.0.1:${port}/devnet`;
}

async function caughtUp({ name, url }, head) {
  const ledger = connectLedger(url);
  while ((await ledger.head()).height < head.height) await new Promise((resolve) => setTimeout(resolve, 200));
  const { digest } = await ledger.block(head.height);
  await ledger.close();
  console.log(`${name.padEnd(10)} ${digest}`);
  return digest === head.digest;
}

try {
  const log = await jetStream();
  const leader = await devnet("leader", ...(log ? ["--publish", log] : []));
  const ledger = connectLedger(leader.url);
  await ledger.produceBlock();
  const followers = [await devnet("first", "--follow", leader.url), await devnet("second", "--follow", leader.url)];
  if (log) followers.push(await devnet("jetstream", "--follow", log));
  const [alice, bob] = [signerOf("//Alice"), signerOf("//Bob")];
  const began = (await ledger.head()).height;
  for (let at = began; at < blocks; at += EVERY) {
    await ledger.send(alice, calls.balances.transferKeepAlive({ to: bob.address, amountRao: BigInt(at + 1) }));
    await ledger.forward(Math.min(EVERY, blocks - at) - 1);
  }
  const head = await ledger.head();
  console.log(`block ${head.height}\n${"leader".padEnd(10)} ${head.digest}`);
  const same = await Promise.all(followers.map((one) => caughtUp(one, head)));
  await ledger.close();
  process.exitCode = same.every(Boolean) ? 0 : 1;
  console.log(process.exitCode === 0 ? `all ${followers.length} agree` : "they differ");
} finally {
  for (const child of children) child.kill("SIGKILL");
  await Promise.all(children.map((child) => child.exitCode ?? child.signalCode ?? once(child, "exit")));
  rmSync(folder, { recursive: true, force: true });
}
