/** The program of a worker: it answers whether each signature it is sent is genuine, in the order they come. */
import { parentPort } from "node:worker_threads";
import { verifySr25519 } from "../accounts/keys.js";
import type { Account } from "../state/codecs.js";

/** What a worker is asked. */
export interface Question {
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
  readonly account: Account;
}

parentPort?.on("message", ({ message, signature, account }: Question) => {
  parentPort?.postMessage(verifySr25519(message, signature, account));
});
