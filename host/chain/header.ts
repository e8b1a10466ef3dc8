/** Block headers: what their hash is, so that a node cannot pass one block off as another. */
import { Blake2256, compactNumber } from "@polkadot-api/substrate-bindings";
import { shown, YumaError } from "../errors.js";
import { fromHex, toHex } from "./metadata/hex.js";
import type { Hex, RpcHeader } from "./rpc.js";

/** A header whose every field is hex of the right length. Throws BAD_ANSWER. */
export function checkHeader(value: unknown): RpcHeader {
  const { parentHash, number, stateRoot, extrinsicsRoot, digest } = (value ?? {}) as Record<string, unknown>;
  const logs = (digest as { logs?: unknown } | undefined)?.logs;
  if (!Array.isArray(logs)) return refuse("digest", digest);
  return {
    parentHash: hash("parentHash", parentHash),
    number: typeof number === "string" && /^0x[0-9a-f]{1,8}$/i.test(number) ? number : refuse("number", number),
    stateRoot: hash("stateRoot", stateRoot),
    extrinsicsRoot: hash("extrinsicsRoot", extrinsicsRoot),
    digest: { logs: logs.map((log) => hex("digest.logs", log)) },
  };
}

/** The number of a block. */
export function numberOf(header: RpcHeader): number {
  return Number.parseInt(header.number, 16);
}

/** BLAKE2b-256 of the header's SCALE: parent, compact number, state root, extrinsics root, digest. */
export function hashOf(header: RpcHeader): Hex {
  const parts = [
    fromHex(header.parentHash),
    compactNumber.enc(numberOf(header)),
    fromHex(header.stateRoot),
    fromHex(header.extrinsicsRoot),
    compactNumber.enc(header.digest.logs.length),
    ...header.digest.logs.map(fromHex),
  ];
  return toHex(Blake2256(Uint8Array.from(parts.flatMap((part) => [...part]))));
}

function hash(field: string, value: unknown): Hex {
  const text = hex(field, value);
  return text.length === 66 ? text : refuse(field, value);
}

function hex(field: string, value: unknown): Hex {
  const isHex = typeof value === "string" && value.length % 2 === 0 && /^0x[0-9a-f]*$/i.test(value);
  return isHex ? value.toLowerCase() : refuse(field, value);
}

function refuse(field: string, value: unknown): never {
  throw new YumaError("BAD_ANSWER", `A header's ${field} must be hex of its length, not ${shown(value)}.`, { field });
}
