/**
 * A light client as a transport: smoldot follows the chain's finality by itself and checks what peers tell it against state roots. It is
 * loaded only when asked for; whoever wants it installs `@polkadot-api/smoldot` and brings a chain specification.
 */
import { YumaError } from "../../errors.js";
import { type OpenSocket, overSocket, type Socket } from "./socket.js";
import { type Bounds, type Connection, DEFAULT_BOUNDS, reasonOf } from "./transport.js";

/** A chain that smoldot follows. */
export interface LightChain {
  sendJsonRpc(text: string): void;
  nextJsonRpcResponse(): Promise<string>;
  remove(): void;
}
/** As much of smoldot as is used. */
export interface LightClient {
  addChain(options: { readonly chainSpec: string }): Promise<LightChain>;
  terminate(): Promise<void>;
}
/** Starts smoldot. */
export type StartLightClient = () => LightClient;

const MODULE = "@polkadot-api/smoldot";
const NAME = "The light client";

/**
 * A connection by light client.
 *
 * @param chainSpec  the chain's specification as JSON text, with boot nodes and, for a quick start, a checkpoint
 * @param start      starts smoldot; by default the installed `@polkadot-api/smoldot`
 *
 * Calls reject with USAGE where smoldot is not installed, NETWORK where it cannot follow the chain.
 */
export function overLightClient(
  chainSpec: string,
  bounds: Bounds = DEFAULT_BOUNDS,
  start?: StartLightClient,
): Connection {
  const open: OpenSocket = async () => {
    const client = (start ?? (await installed()))();
    try {
      return asSocket(client, await client.addChain({ chainSpec }));
    } catch (cause) {
      await client.terminate();
      throw new YumaError("NETWORK", `${NAME} cannot follow the chain: ${reasonOf(cause)}.`, { endpoint: NAME });
    }
  };
  return overSocket(NAME, bounds, open);
}

async function installed(): Promise<StartLightClient> {
  try {
    const name: string = MODULE;
    return ((await import(name)) as { start: StartLightClient }).start;
  } catch {
    throw new YumaError("USAGE", `A light client needs ${MODULE}; install it beside this package.`, { module: MODULE });
  }
}

type Listener = Parameters<Socket["addEventListener"]>[1];

/** The chain with the manners of a socket. It takes one call at a time, so a batch is sent in pieces. */
function asSocket(client: LightClient, chain: LightChain): Socket {
  const listeners = new Map<string, Listener[]>();
  const tell = (type: string, event: Parameters<Listener>[0]) => {
    for (const listener of listeners.get(type) ?? []) listener(event);
  };
  let isOpen = true;
  const listen = async () => {
    tell("open", {});
    try {
      while (isOpen) tell("message", { data: await chain.nextJsonRpcResponse() });
    } catch (cause) {
      if (isOpen) tell("error", { message: reasonOf(cause) });
    }
  };
  return {
    send(text) {
      const frames = JSON.parse(text) as unknown;
      for (const frame of Array.isArray(frames) ? frames : [frames]) chain.sendJsonRpc(JSON.stringify(frame));
    },
    close() {
      if (!isOpen) return;
      isOpen = false;
      chain.remove();
      void client.terminate();
    },
    addEventListener(type, listener) {
      listeners.set(type, [...(listeners.get(type) ?? []), listener]);
      // It is open from the start, and says so once somebody listens.
      if (type === "open") queueMicrotask(() => void listen());
    },
  };
}
