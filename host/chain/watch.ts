/** Watching a subnet: each new epoch is verified as soon as its block is final. */

import { YumaError } from "../errors.js";
import type { ChainClient } from "./client.js";
import { headOf, lastEpoch } from "./locate.js";
import { isPassing } from "./transport/transport.js";
import { type LiveVerification, type VerifyOptions, verifyEpoch } from "./verify/verify.js";

/** An epoch verified, or why it could not be. */
export type WatchEvent =
  | { readonly kind: "verified"; readonly verification: LiveVerification }
  | { readonly kind: "failed"; readonly block: number | null; readonly error: YumaError };

/** How to watch. */
export interface WatchOptions extends Pick<VerifyOptions, "assumeSpec"> {
  /** Between two looks at the chain; a block takes 12 seconds. */
  readonly everyMilliseconds?: number;
  readonly sleep?: (milliseconds: number) => Promise<void>;
  /** Ends the watch. */
  readonly signal?: AbortSignal;
}

const EVERY_MILLISECONDS = 12_000;

/**
 * Yields one event an epoch, the last one first. A network that fails for a while is reported and tried again; an epoch that cannot be
 * verified is reported and passed over.
 *
 * Throws what cannot pass: WRONG_NETWORK, NO_BLOCK, BAD_METADATA.
 */
export async function* watchEpochs(
  client: ChainClient,
  netuid: number,
  options: WatchOptions = {},
): AsyncGenerator<WatchEvent> {
  const { everyMilliseconds = EVERY_MILLISECONDS, sleep = pause, signal, assumeSpec } = options;
  let seen = 0;
  while (!signal?.aborted) {
    let block: number | null = null;
    try {
      const { head } = await headOf(client);
      ({ block } = await lastEpoch(client, netuid, head));
      if (block > seen)
        yield { kind: "verified", verification: await verifyEpoch(client, netuid, { block, assumeSpec }) };
      seen = block;
    } catch (error) {
      if (!(error instanceof YumaError)) throw error;
      const mayPass = isPassing(error);
      // Before an epoch is found, only a failing network is worth waiting for.
      if (block === null && !mayPass) throw error;
      if (block !== null && !mayPass) seen = block;
      yield { kind: "failed", block, error };
    }
    if (!signal?.aborted) await sleep(everyMilliseconds);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
