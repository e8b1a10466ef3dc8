/**
 * A bundle: the evidence of one verification as one self-contained JSON document. It holds no verdict, so it cannot claim one: whoever
 * reads it recomputes everything from its raw values.
 */
import { Blake2256 } from "@polkadot-api/substrate-bindings";
import * as v from "valibot";
import { shown, YumaError } from "../../errors.js";
import { toJson } from "../../json.js";
import type { EpochSnapshot, MechanismsSnapshot } from "../../types.js";
import { fromHex, toHex } from "../metadata/hex.js";
import type { Hex } from "../rpc.js";
import { checkEvidence, type Evidence } from "./evidence.js";
import { type JudgeOptions, judgeEpoch, rebuild } from "./judgeEvidence.js";
import { plainSnapshot } from "./plainSnapshot.js";
import type { Verification } from "./report.js";

const FORMAT = "yuma-bundle";
const VERSION = 1;

const HexText = v.pipe(
  v.string(),
  v.regex(/^0x(?:[0-9a-f]{2})*$/),
  v.transform((text): Hex => text),
);
const Hash = v.pipe(HexText, v.length(66));
const Values = v.record(v.string(), v.nullable(HexText));
const Header = v.object({
  parentHash: Hash,
  number: v.pipe(v.string(), v.regex(/^0x[0-9a-f]{1,8}$/)),
  stateRoot: Hash,
  extrinsicsRoot: Hash,
  digest: v.object({ logs: v.array(HexText) }),
});
const Bundle = v.object({
  format: v.literal(FORMAT),
  version: v.literal(VERSION),
  network: v.string(),
  genesisHash: Hash,
  netuid: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65535)),
  headers: v.object({ before: Header, after: Header }),
  metadataHash: Hash,
  metadata: HexText,
  values: v.object({ before: Values, after: Values }),
});

/** The text of a bundle. */
export function encodeBundle(evidence: Evidence): string {
  const metadataHash = toHex(Blake2256(fromHex(evidence.metadata)));
  return toJson({ format: FORMAT, version: VERSION, ...evidence, metadataHash });
}

/** Reads a bundle out of parsed JSON. Throws BAD_BUNDLE where it is none or its metadata is not of the hash it names. */
export function decodeBundle(document: unknown): Evidence {
  const parsed = v.safeParse(Bundle, document, { abortEarly: true });
  if (!parsed.success) {
    const where = v.getDotPath(parsed.issues[0]) ?? "the document";
    const text = `This is not a bundle of evidence: ${where} is ${shown(parsed.issues[0].input)}.`;
    throw new YumaError("BAD_BUNDLE", text, { field: where });
  }
  const { format: _format, version: _version, metadataHash, ...evidence } = parsed.output;
  const actual = toHex(Blake2256(fromHex(evidence.metadata)));
  if (actual === metadataHash) return evidence;
  const text = `The bundle's metadata is not of the hash it names: ${actual}.`;
  throw new YumaError("BAD_BUNDLE", text, { metadataHash, actual });
}

/**
 * Verifies an epoch anew from evidence alone, offline: rebuilds the inputs from the raw values, recomputes, compares.
 *
 * Throws BAD_BUNDLE where the evidence contradicts itself or lacks a value; else as `verifyEpoch`, save what only a network does.
 */
export async function verifyEvidence(evidence: Evidence, options: JudgeOptions = {}): Promise<Verification> {
  const { network, netuid } = evidence;
  return judgeEpoch({ network, netuid, ...checkEvidence(evidence) }, options);
}

/**
 * The inputs of the epoch a bundle is evidence of, as `epochSnapshot` reads them off a node: what `epoch`, `explain` and a fork in
 * `yuma-kernel/ledger` begin with. They are rebuilt, not verified. Throws as `verifyEvidence`.
 */
export async function evidenceSnapshot(
  evidence: Evidence,
  options: JudgeOptions = {},
): Promise<EpochSnapshot | MechanismsSnapshot> {
  const { network, netuid } = evidence;
  const { snapshot } = await rebuild({ network, netuid, ...checkEvidence(evidence) }, options);
  return plainSnapshot(snapshot);
}
