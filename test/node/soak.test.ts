/** What a node holds in memory does not grow with its blocks; `soak.mjs` is the long run, of the command and for many thousand blocks. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it, onTestFinished } from "vitest";
import { calls, type Genesis, openStore } from "../../host/ledger/index.js";
import { openNode } from "../../host/node/node.js";
import { ANN, BEN } from "../support/ledger.js";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** More than a node has at hand, so that from here on each block should cost what one before gives back. */
const BEFORE = 200;
const AFTER = 800;
/** A block holds some 50 KB of events. */
const PAYMENTS = 100;
const MOST_BYTES = 8 << 20;

const GENESIS: Genesis = {
  schemaVersion: 1,
  name: "soak",
  balancesRao: { [ANN.address]: 1n << 50n, [BEN.address]: 500n },
};
const pay = calls.balances.transferKeepAlive({ to: BEN.address, amountRao: 1n });
const batch = calls.utility.batch({ calls: Array.from({ length: PAYMENTS }, () => pay) });

it(`${AFTER} blocks of ${PAYMENTS} payments more`, async () => {
  const folder = mkdtempSync(join(tmpdir(), "soak-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const node = await openNode({
    store: openStore(folder),
    genesis: GENESIS,
    blockTime: "manual",
    isDevnet: true,
    verifySignature: () => true,
  });
  const held = async (blocks: number) => {
    for (let k = 0; k < blocks; k++) {
      await node.submit(node.ledger.sign(ANN, batch));
      await node.produce(1);
    }
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = await held(BEFORE);
  const after = await held(AFTER);
  expect(after - before).toBeLessThan(MOST_BYTES);
  const events = await node.events(1);
  expect(events?.filter((one) => JSON.stringify(one).includes("Balances.Transfer"))).toHaveLength(PAYMENTS);
  await node.close();
});
