/** What a runtime says about itself: metadata of format 14, 15 or 16, read once, with its hash. */
import { getDynamicBuilder, getLookupFn, type MetadataLookup } from "@polkadot-api/metadata-builders";
import { Blake2256, decAnyMetadata, type UnifiedMetadata, unifyMetadata } from "@polkadot-api/substrate-bindings";
import { YumaError } from "../../errors.js";
import type { Hex } from "../rpc.js";
import { fromHex, toHex } from "./hex.js";

/** A runtime's metadata, ready to make codecs. */
export interface ChainMetadata {
  /** The bytes as the node gave them. */
  readonly bytes: Hex;
  /** BLAKE2b-256 of the bytes. */
  readonly hash: Hex;
  /** 14, 15 or 16. */
  readonly format: number;
  /** The spec version the metadata itself names. */
  readonly specVersion: number;
  readonly unified: UnifiedMetadata;
  readonly builder: ReturnType<typeof getDynamicBuilder>;
  readonly lookup: MetadataLookup;
}

/** "meta" */
const MAGIC = "0x6d657461";
const FORMATS = [14, 15, 16];

/** Reads metadata. Throws BAD_METADATA. */
export function readMetadata(bytes: Hex): ChainMetadata {
  try {
    const raw = fromHex(bytes);
    if (!bytes.startsWith(MAGIC)) throw new Error("it does not begin as metadata does");
    const format = raw[4] ?? 0;
    if (!FORMATS.includes(format)) throw new Error(`its format is ${format}, not one of ${FORMATS.join(", ")}`);
    const unified = unifyMetadata(decAnyMetadata(raw));
    const lookup = getLookupFn(unified);
    const builder = getDynamicBuilder(lookup);
    const specVersion = versionIn(unified, builder);
    return { bytes, hash: toHex(Blake2256(raw)), format, specVersion, unified, builder, lookup };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new YumaError("BAD_METADATA", `The runtime's metadata cannot be read: ${oneLine(why)}.`);
  }
}

function versionIn(unified: UnifiedMetadata, builder: ChainMetadata["builder"]): number {
  const constant = unified.pallets.find(({ name }) => name === "System")?.constants.find((c) => c.name === "Version");
  if (constant === undefined) throw new Error("it names no spec version");
  const version = builder.buildConstant("System", "Version").dec(constant.value) as { spec_version?: unknown };
  if (typeof version.spec_version !== "number") throw new Error("it names no spec version");
  return version.spec_version;
}

/** A foreign message on one line. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").replace(/\.$/, "").slice(0, 160);
}
