/**
 * A genuine runtime behind a genuine node: mainnet's runtime of March 2024 (spec 143) under Chopsticks builds blocks across the epochs of
 * subnets set into its storage, and the chain adapter, over WebSocket, must agree with everything it wrote. Runs by itself:
 *
 *     npm run build && node test/real-node/run.mjs
 *
 * Installs what it needs into this folder. Where the runtime (../shared/chain) or the installation cannot be had, it says so and ends
 * well. Exit code 1 where the runtime and the adapter differ.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const SHARED = join(HERE, "../../../shared/chain");
const ADAPTER = join(HERE, "../../dist/host/chain/index.js");
const CHOPSTICKS = join(HERE, "node_modules/@acala-network/chopsticks/chopsticks.cjs");
const CODE = "0x3a636f6465";
const START_MILLISECONDS = 60_000;

const unzipped = (name) => gunzipSync(readFileSync(join(SHARED, name))).toString();
const lines = (name) =>
  unzipped(name)
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

/** Why it cannot be run here; null where it can. */
function missing() {
  if (!existsSync(join(SHARED, "mainnet-143.runtime.hex.gz"))) return "there is no ../shared/chain with the runtime";
  if (!existsSync(ADAPTER)) return "nothing is built: npm run build";
  if (existsSync(CHOPSTICKS)) return null;
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const install = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status } = spawnSync(npm, install, { cwd: HERE, stdio: ["ignore", "ignore", "inherit"] });
  return status === 0 && existsSync(CHOPSTICKS) ? null : "Chopsticks could not be installed";
}

/** Testnet's genesis with mainnet's runtime in it. */
function writeGenesis(path) {
  const spec = JSON.parse(unzipped("raw_spec_testfinney.json.gz"));
  spec.genesis.raw.top[CODE] = `0x${unzipped("mainnet-143.runtime.hex.gz").trim().replace(/^0x/, "")}`;
  writeFileSync(path, JSON.stringify(spec));
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts the node; resolves once it listens. */
async function startNode(folder) {
  const genesis = join(folder, "genesis.json");
  writeGenesis(genesis);
  const config = join(folder, "config.yml");
  const port = await freePort();
  const settings = { genesis, port, host: "127.0.0.1", "build-block-mode": "Manual", "mock-signature-host": true };
  // JSON is YAML.
  writeFileSync(config, JSON.stringify({ ...settings, "allow-unresolved-imports": true }));
  const child = spawn(process.execPath, [CHOPSTICKS, `--config=${config}`], { cwd: folder });
  let said = "";
  await new Promise((resolve, reject) => {
    const failed = (why) => reject(new Error(`the node ${why}: ${said.slice(-2000)}`));
    const timer = setTimeout(() => failed("does not start"), START_MILLISECONDS);
    const hear = (piece) => {
      said += piece;
      if (!said.includes("RPC listening")) return;
      clearTimeout(timer);
      resolve();
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("exit", (code) => failed(`ended with ${code}`));
  });
  return { url: `ws://127.0.0.1:${port}`, stop: () => child.kill() };
}

/** The subnet for which an epoch is due at a block: (block + netuid + 1) mod (tempo + 1) = tempo. */
function netuidDue(block, tempo) {
  const period = tempo + 1;
  return (((tempo - block - 1) % period) + period) % period || period;
}

/** The account of a uid. */
const accountOf = (uid) => `0x${(1000 + uid).toString(16).padStart(64, "0")}`;

/** A snapshot as the node takes storage: items by name, entries by their keys, encoded by the node itself. */
function storageOf(snapshot, netuid) {
  const uids = Array.from({ length: snapshot.n }, (_, uid) => uid);
  const own = (value) => [[[netuid], value]];
  const each = (values) => uids.map((uid) => [[netuid, uid], values[uid]]);
  return {
    SubtensorModule: {
      NetworksAdded: own(true),
      SubnetworkN: own(snapshot.n),
      Tempo: own(snapshot.tempo),
      Kappa: own(snapshot.kappa),
      BondsMovingAverage: own(snapshot.bondsMovingAverage),
      MaxAllowedValidators: own(snapshot.maxAllowedValidators),
      ActivityCutoff: own(snapshot.activityCutoff),
      ValidatorPermit: own(snapshot.validatorPermit),
      LastUpdate: own(snapshot.lastUpdate),
      Keys: each(uids.map(accountOf)),
      Uids: uids.map((uid) => [[netuid, accountOf(uid)], uid]),
      BlockAtRegistration: each(snapshot.blockAtRegistration),
      Weights: each(snapshot.weights),
      Bonds: each(snapshot.bonds),
      TotalHotkeyStake: uids.map((uid) => [[accountOf(uid)], snapshot.alphaStake[uid]]),
    },
  };
}

async function dev(client, method, ...params) {
  const [reply] = await client.send([{ method, params }]);
  if ("error" in reply) throw new Error(`${method}: ${reply.error.message}`);
  return reply.result;
}

/** Builds blocks up to the one before, sets the subnet, builds the epoch's, and verifies it. Gives complaints. */
async function runEpoch(adapter, client, snapshot, recorded) {
  const block = Number(snapshot.currentBlock);
  const netuid = netuidDue(block, snapshot.tempo);
  const head = await dev(client, "chain_getHeader");
  const behind = block - 1 - Number(head.number);
  if (behind < 0) throw new Error(`${snapshot.name}: block ${block} is past`);
  if (behind > 0) await dev(client, "dev_newBlock", { count: behind });
  await dev(client, "dev_setStorage", storageOf(snapshot, netuid));
  await dev(client, "dev_newBlock", { count: 1 });
  const { verdict, counts, fields, result } = await adapter.verifyEpoch(client, netuid);
  const complaints = fields.flatMap(({ field, findings }) => findings.map((one) => `${field} ${JSON.stringify(one)}`));
  const own = { ...result, ...result.mechanisms[0] };
  const compared = ["consensus", "incentive", "dividends", "validatorTrust", "validatorPermit", "bonds"];
  for (const field of compared) {
    const isSame = JSON.stringify(own[field]) === JSON.stringify(recorded[field]);
    if (!isSame) complaints.push(`${field} is not what was recorded before`);
  }
  // Seven fields a uid; amounts cannot be told of that runtime.
  if (verdict !== "agrees" || counts.equal !== 7 * snapshot.n)
    complaints.push(`${verdict}, ${counts.equal} values equal`);
  console.log(`${snapshot.name}: block ${block}, subnet ${netuid}: ${verdict}, ${counts.equal} values equal`);
  return complaints;
}

async function main() {
  const reason = missing();
  if (reason !== null) {
    console.log(`real node: skipped, because ${reason}`);
    return 0;
  }
  const adapter = await import(ADAPTER);
  const folder = mkdtempSync(join(tmpdir(), "yuma-real-node-"));
  const node = await startNode(folder);
  // Building hundreds of blocks is one call.
  const client = adapter.connect({ endpoints: [node.url], bounds: { timeoutMilliseconds: 300_000 } });
  try {
    const recorded = lines("runtime143-epochs.recorded.jsonl.gz");
    const epochs = lines("runtime143-epochs.snapshots.jsonl.gz").map((snapshot, i) => [snapshot, recorded[i]]);
    epochs.sort(([a], [b]) => Number(a.currentBlock) - Number(b.currentBlock));
    const complaints = [];
    for (const [snapshot, result] of epochs) complaints.push(...(await runEpoch(adapter, client, snapshot, result)));
    for (const complaint of complaints) console.error(complaint);
    return complaints.length === 0 ? 0 : 1;
  } finally {
    client.close();
    node.stop();
    rmSync(folder, { recursive: true });
  }
}

process.exitCode = await main();
