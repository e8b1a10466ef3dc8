/** `yuma watch`: each new epoch of a subnet verified as it happens, one line each. */
import { type WatchEvent, watchEpochs } from "../../../chain/index.js";
import { toJson } from "../../../json.js";
import { EXIT, print } from "../../io.js";
import { verificationLine } from "../../render/verification.js";
import { type NetworkOptions, needNetuid, wantsJson, withClient } from "./options.js";
import { plainVerification } from "./verify.js";

/** Options of the verb. */
export interface WatchCommandOptions extends NetworkOptions {
  readonly netuid?: number;
  readonly assumeSpec?: number;
  /** Seconds between two looks. */
  readonly every: number;
  /** Epochs after which to end; never by default. */
  readonly epochs?: number;
}

/** Watches until interrupted, or for so many epochs. Exit code 1 if any differed. */
export async function watch(options: WatchCommandOptions): Promise<number> {
  const { assumeSpec, every, epochs } = options;
  const stop = new AbortController();
  const sleep = pauses(stop.signal);
  process.once("SIGINT", () => stop.abort());
  return withClient(options, async (client) => {
    let exit: number = EXIT.ok;
    let verified = 0;
    const settings = { assumeSpec, everyMilliseconds: every * 1000, sleep, signal: stop.signal };
    for await (const event of watchEpochs(client, needNetuid(options.netuid), settings)) {
      await tell(event, wantsJson(options));
      if (event.kind === "failed") continue;
      if (event.verification.verdict === "differs") exit = EXIT.mismatch;
      if (++verified === epochs) break;
    }
    return exit;
  });
}

/** Verdicts go to standard output, what failed to standard error. */
async function tell(event: WatchEvent, json: boolean): Promise<void> {
  if (event.kind === "failed") {
    process.stderr.write(`yuma: ${event.error.message}\n`);
    return;
  }
  await print(json ? toJson(plainVerification(event.verification)) : verificationLine(event.verification));
}

/** A pause that an interruption ends. */
function pauses(signal: AbortSignal) {
  return (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      signal.addEventListener("abort", () => {
        clearTimeout(timer);
        resolve();
      });
    });
}
