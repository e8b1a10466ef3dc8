/** A ledger in a page, in IndexedDB: begun in an empty store, opened again in one that is not. */
import { createLedger, openStore } from "../../../host/ledger/browser.js";
import { beginHistory, GENESIS, goOn } from "../ledgerScript.js";

Object.assign(globalThis, {
  async play(signed: readonly number[][], blocks: number) {
    const ledger = await createLedger({ store: openStore("pages"), genesis: GENESIS });
    const found = [ledger.height, ledger.digest];
    if (ledger.height === 0) await beginHistory(ledger, signed);
    await goOn(ledger, blocks);
    const left = [ledger.height, ledger.digest];
    await ledger.close();
    return { found, left };
  },
});
