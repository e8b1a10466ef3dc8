/** `yuma verify`: an epoch off a node, or out of a bundle, recomputed and compared. */
import { existsSync } from "node:fs";
import {
  type ChainClient,
  decodeBundle,
  encodeBundle,
  type LiveVerification,
  type Verification,
  verifyEpoch,
  verifyEvidence,
} from "../../../chain/index.js";
import { YumaError } from "../../../errors.js";
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
  const { bundle, netuid } = options;
  const isOffline = netuid === undefined && bundle !== undefined;
  const verification = isOffline ? await verifyOffline(bundle, options) : await verifyLive(options);
  await print(
    wantsJson(options) ? document(plainVerification(verification)) : renderVerification(verification, options.limit),
  );
  return verification.verdict === "agrees" ? EXIT.ok : EXIT.mismatch;
}

/** Options that say what a node is asked. */
const LIVE_ONLY = ["block", "network", "endpoint"] as const;

async function verifyOffline(bundle: string, options: VerifyCommandOptions): Promise<Verification> {
  const odd = LIVE_ONLY.find((name) => options[name] !== undefined);
  if (odd !== undefined) {
    const text = `--bundle without --netuid verifies a file and asks no node; leave out --${odd}, or give --netuid.`;
    throw new YumaError("USAGE", text, { option: `--${odd}` });
  }
  return verifyEvidence(decodeBundle(await readJson(bundle)), { assumeSpec: options.assumeSpec });
}

/** Evidence may be all that is left of an epoch: it is not written over. */
function verifyLive(options: VerifyCommandOptions): Promise<LiveVerification> {
  const { bundle } = options;
  if (bundle !== undefined && existsSync(bundle)) {
    const text = `${bundle} is there already; give another name, or leave out --netuid to verify it.`;
    throw new YumaError("FILE_EXISTS", text, { file: bundle });
  }
  return withClient(options, (client) => verifyWith(client, options));
}

async function verifyWith(client: ChainClient, options: VerifyCommandOptions): Promise<LiveVerification> {
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
