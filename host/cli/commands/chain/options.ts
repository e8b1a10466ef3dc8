/** What every verb that asks a node takes, and the client made of it. */
import { type ChainClient, connect } from "../../../chain/index.js";
import { YumaError } from "../../../errors.js";

/** Options shared by the verbs of the chain. */
export interface NetworkOptions {
  readonly network?: string;
  readonly endpoint?: readonly string[];
  /** Seconds. */
  readonly timeout: number;
  readonly json?: boolean;
  readonly jsonOutput?: boolean;
}

/** Runs work with a client that is closed afterwards, whatever happens. */
export async function withClient<T>(options: NetworkOptions, work: (client: ChainClient) => Promise<T>): Promise<T> {
  const client = connect({
    network: options.network,
    endpoints: options.endpoint,
    environment: process.env,
    bounds: { timeoutMilliseconds: options.timeout * 1000 },
  });
  try {
    return await work(client);
  } finally {
    client.close();
  }
}

/** Whether one JSON document is wanted. */
export function wantsJson(options: NetworkOptions): boolean {
  return Boolean(options.json || options.jsonOutput);
}

/** The subnet, which a verb cannot do without. */
export function needNetuid(netuid: number | undefined): number {
  if (netuid !== undefined) return netuid;
  throw new YumaError("USAGE", "Which subnet? Give --netuid.", { option: "--netuid" });
}
