/** Signatures: made and checked in one thread, and checked by as many workers as there are processors. */
import { availableParallelism } from "node:os";
import { signerOf, verifySr25519 } from "../../host/ledger/accounts/keys.js";
import { signatureWorkers } from "../../host/ledger/index.js";
import type { Account } from "../../host/ledger/state/codecs.js";
import { row, stopwatch } from "./world.js";

const SIGNATURES = 1_000;

/** Three rows. */
export async function signatures(): Promise<string[][]> {
  const alice = signerOf("//Alice");
  const message = new Uint8Array(110).fill(1);
  const signature = alice.sign(message);
  const timed = (what: string, work: () => unknown) => {
    const times = stopwatch();
    for (let k = 0; k < SIGNATURES; k++) work();
    return row(what, null, times(SIGNATURES));
  };
  return [
    timed("signatures made, one thread", () => alice.sign(message)),
    timed("signatures checked, one thread", () => verifySr25519(message, signature, alice.account)),
    await overWorkers(message, signature, alice.account),
  ];
}

/** Warmed up by one signature a worker. */
async function overWorkers(message: Uint8Array, signature: Uint8Array, account: Account): Promise<string[]> {
  const count = availableParallelism();
  const workers = signatureWorkers(count);
  const check = (times: number) =>
    Promise.all(Array.from({ length: times }, () => workers.verifySignature(message, signature, account)));
  await check(count);
  const times = stopwatch();
  await check(SIGNATURES);
  const taken = times(SIGNATURES);
  await workers.close();
  return row(`signatures checked, ${count} workers`, null, taken);
}
