/** The program that is killed: goes on with a run in a folder for ever, and tells each height once its block is stored. */
import { openStore } from "../../../host/ledger/store/node.js";
import { nextBlock, openRun } from "./durable.js";

const [folder, seed] = process.argv.slice(2) as [string, string];
const ledger = await openRun(openStore(folder));
process.stdout.write(`${ledger.height}\n`);
for (;;) process.stdout.write(`${await nextBlock(ledger, Number(seed))}\n`);
