/** A client: the transport put together, and what is counted on the way. Plain data; rpc.ts has what can be asked of it. */
import { YumaError } from "../errors.js";
import { chooseNetwork, type Environment, type Network, type NetworkChoice } from "./networks.js";
import { batching, MOST_CALLS } from "./transport/batching.js";
import { failingOver } from "./transport/failover.js";
import { overHttp } from "./transport/http.js";
import { DEFAULT_RETRIES, type Retries, retrying } from "./transport/retrying.js";
import { overSocket } from "./transport/socket.js";
import { type Bounds, type Connection, DEFAULT_BOUNDS, type Transport } from "./transport/transport.js";

/** What has gone over the wire. */
export interface Traffic {
  /** Messages sent, each one call or one batch. */
  roundTrips: number;
  calls: number;
}

/** A connection to a network. */
export interface ChainClient {
  readonly network: Network;
  readonly send: Transport;
  readonly traffic: Traffic;
  /** The endpoint in use, for sentences. */
  endpoint(): string;
  close(): void;
}

/** How to connect. */
export interface ConnectOptions extends NetworkChoice {
  readonly environment?: Environment;
  readonly bounds?: Partial<Bounds>;
  readonly retries?: Partial<Retries>;
  /** Calls a batch. */
  readonly mostCalls?: number;
}

/** A client of a network: endpoints by flags, environment or defaults; retries, fail-over, batches. Opens nothing yet. */
export function connect(options: ConnectOptions = {}): ChainClient {
  const network = chooseNetwork(options, options.environment);
  const bounds = { ...DEFAULT_BOUNDS, ...options.bounds };
  const open = (url: string) => (/^ws/.test(url) ? overSocket(url, bounds) : overHttp(url, bounds));
  return clientOver(network, failingOver(network.endpoints.map(open)), options);
}

/** A client over any connection: a recorded session, a light client, a transport of one's own. */
export function clientOver(
  network: Network,
  connection: Connection,
  options: Pick<ConnectOptions, "retries" | "mostCalls"> = {},
): ChainClient {
  const traffic: Traffic = { roundTrips: 0, calls: 0 };
  const counted: Transport = (calls) => {
    traffic.roundTrips++;
    traffic.calls += calls.length;
    return connection.send(calls);
  };
  const patient = retrying(counted, { ...DEFAULT_RETRIES, ...options.retries });
  return {
    network,
    send: batching(patient, options.mostCalls ?? MOST_CALLS),
    traffic,
    endpoint: () => connection.name,
    close: () => connection.close(),
  };
}

/** Refuses a node that serves another chain than the network named: WRONG_NETWORK. */
export function checkGenesis(client: ChainClient, genesisHash: string): void {
  const { name, genesisHash: wanted } = client.network;
  if (wanted === null || wanted === genesisHash) return;
  const text = `${client.endpoint()} serves another chain than ${name}: its block 0 is ${genesisHash}.`;
  throw new YumaError("WRONG_NETWORK", text, { network: name, expected: wanted, genesisHash });
}
