/** `yuma verify`: an epoch off a node, or out of a bundle, recomputed and compared. */
import {
  type ChainClient,
  decodeBundle,
  encodeBundle,
  type LiveVerification,
  type Verification,
  verifyEpoch,
  verifyEvidence,
} from "../../../chain/index.js";
import { document, EXIT, print, readJson, writeText } from "../../io.js";
import { progressBar } from "../../progress.js";
import { renderVerification } from "../../render/verification.js";
import { type NetworkOptions, needNetuid, wantsJson, withClient } from "./options.js";

/** Options of the verb. */
export interface VerifyCommandOptions extends NetworkOptions {
  readonly netuid?: number;
  readonly block?: number;
  readonly bundle?: string;
  readonly assumeSpec?: number;
  readonly limit: number;
}

/** With a subnet: verifies it live, and saves the evidence where --bundle says. With --bundle alone: verifies that, offline. */
export async function verify(options: VerifyCommandOptions): Promise<number> {
  const { bundle, netuid, assumeSpec } = options;
  const isOffline = netuid === undefined && bundle !== undefined;
  const verification = isOffline
    ? await verifyEvidence(decodeBundle(await readJson(bundle)), { assumeSpec })
    : await withClient(options, (client) => verifyLive(client, options));
  await print(
    wantsJson(options) ? document(plainVerification(verification)) : renderVerification(verification, options.limit),
  );
  return verification.verdict === "agrees" ? EXIT.ok : EXIT.mismatch;
}

async function verifyLive(client: ChainClient, options: VerifyCommandOptions): Promise<LiveVerification> {
  const { block, assumeSpec, bundle } = options;
  const progress = progressBar();
  try {
    const onProgress = progress.show;
    const verification = await verifyEpoch(client, needNetuid(options.netuid), { block, assumeSpec, onProgress });
    if (bundle !== undefined) await writeText(bundle, encodeBundle(verification.evidence));
    return verification;
  } finally {
    progress.end();
  }
}

/** A verification as JSON tells it: what was found, not the inputs, which the bundle has. */
export function plainVerification(verification: Verification & Partial<LiveVerification>): object {
  const { snapshot: _snapshot, result: _result, evidence: _evidence, fields, ...rest } = verification;
  return { ...rest, fields: fields.map(({ outcomes: _outcomes, ...field }) => field) };
}
