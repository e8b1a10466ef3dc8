/**
 * A node for many thousand blocks, each with a hundred payments or an epoch: how much memory it holds on the way. Its heap may not grow beyond
 * what it is given, and what it holds in all must not grow from the second third of the blocks to the last.
 *
 *     npm run build && node test/node/soak.mjs --blocks 20000
 *
 * Exit code 1 where it grows. Most of the state of a network is the size of its accounts and neurons; here their number stays what it is.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { calls, connectLedger, signerOf } from "yuma-kernel/client";

const { values } = parseArgs({ options: { blocks: { type: "string", default: "20000" } } });
const blocks = Number(values.blocks);
const PAYMENTS = 100;
/** Old space of the node, MB. */
const HEAP = 96;
/** What a third may hold more than the one before, MB. */
const MORE = 24;
const MAIN = fileURLToPath(new URL("../../dist/host/cli/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "soak-"));
const [alice, bob] = [signerOf("//Alice"), signerOf("//Bob")];
const PAY = calls.utility.batch({
  calls: Array.from({ length: PAYMENTS }, () => calls.balances.transferKeepAlive({ to: bob.address, amountRao: 1n })),
});

async function start() {
  const words = [`--max-old-space-size=${HEAP}`, MAIN, "devnet", "--port", "0", "--json", "--data", folder];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "ignore"] });
  let out = "";
  child.stdout.on("data", (piece) => {
    out += piece;
  });
  while (!out.endsWith("}\n")) await once(child.stdout, "data");
  return { child, ...JSON.parse(out) };
}

async function residentMegabytes(url) {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^yuma_resident_bytes (\S+)$/m.exec(text)[1]) / 2 ** 20;
}

const { child, url, webSocket } = await start();
const ledger = connectLedger(webSocket);
try {
  await ledger.send(alice, calls.subnets.registerNetwork({ hotkey: signerOf("//Alice//hot").address }));
  await ledger.send(alice, calls.subnets.startCall({ netuid: 1 }));
  const most = [0, 0, 0];
  const began = (await ledger.head()).height;
  const report = Math.max(1, Math.floor(blocks / 12));
  for (let k = 0; k < blocks; k++) {
    const { height, error } = await ledger.send(alice, PAY);
    if (error !== null) throw new Error(`block ${height}: ${error}`);
    if ((k + 1) % report > 0) continue;
    const now = await residentMegabytes(url);
    const third = Math.min(2, Math.floor((3 * k) / blocks));
    most[third] = Math.max(most[third], now);
    console.log(`block ${String(height).padStart(7)}  ${now.toFixed(1).padStart(7)} MB`);
  }
  // What lies that far back is still there.
  const events = await ledger.events(began + 1);
  if (events.length <= PAYMENTS) throw new Error(`block ${began + 1} has ${events.length} events`);
  const grown = most[2] - most[1];
  console.log(`most in each third: ${most.map((one) => one.toFixed(1)).join(", ")} MB`);
  process.exitCode = grown <= MORE ? 0 : 1;
  console.log(process.exitCode === 0 ? "it does not grow" : `it grows by ${grown.toFixed(1)} MB`);
} finally {
  await ledger.close();
  child.kill("SIGKILL");
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  rmSync(folder, { recursive: true, force: true });
}
