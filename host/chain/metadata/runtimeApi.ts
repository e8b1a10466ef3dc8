/** Calls of the runtime's own functions; format 15 and later describe them. */
import { YumaError } from "../../errors.js";
import type { ChainClient } from "../client.js";
import { callAt, type Hex } from "../rpc.js";
import { toHex } from "./hex.js";
import type { ChainMetadata } from "./metadata.js";
import { exactly } from "./storage.js";

/** Whether the metadata describes a function. */
export function hasRuntimeApi(metadata: ChainMetadata, api: string, method: string): boolean {
  return metadata.unified.apis.find(({ name }) => name === api)?.methods.some(({ name }) => name === method) ?? false;
}

/**
 * Calls a function of the runtime in the state after a block, and decodes what it returns.
 *
 * Throws BAD_METADATA where the metadata does not describe it (format 14 describes none), BAD_STORAGE for a result that is not what it
 * says.
 */
export async function runtimeCall(
  client: ChainClient,
  metadata: ChainMetadata,
  hash: Hex,
  [api, method]: readonly [api: string, method: string],
  args: readonly unknown[],
): Promise<unknown> {
  if (!hasRuntimeApi(metadata, api, method)) {
    const text = `The runtime of spec version ${metadata.specVersion} describes no ${api}.${method}.`;
    throw new YumaError("BAD_METADATA", text, { api, method, format: metadata.format });
  }
  const codec = metadata.builder.buildRuntimeCall(api, method);
  const out = await callAt(client, hash, `${api}_${method}`, toHex(codec.args.enc([...args])));
  return exactly(`${api}.${method}`, codec.value, out);
}
