/** Names of networks, and which endpoints to ask: what is given, then the environment, then the defaults. */
import { shown, YumaError } from "../errors.js";

/** A chain and where it is served. */
export interface Network {
  readonly name: string;
  readonly endpoints: readonly string[];
  /** Hash of block 0, 0x and 64 hex digits; null where any chain will do. */
  readonly genesisHash: string | null;
  /** Where states older than some 256 blocks are kept, for sentences; null if that is not known. */
  readonly archive: string | null;
}

const FINNEY_GENESIS = "0x2f0555cc76fc2840a25a6ea3b9637146806f1f44b090c175ffde2a7e5ab36c03";
const TEST_GENESIS = "0x8f9cf856bf558a14440e75569c9e58594757048d7b3a84b5d25f6bd978263105";
const ARCHIVE = "wss://archive.chain.opentensor.ai:443";

function network(name: string, endpoint: string, genesisHash: string | null, archive: string | null): Network {
  return { name, endpoints: [endpoint], genesisHash, archive };
}

/** The networks known by name. */
export const NETWORKS: ReadonlyMap<string, Network> = new Map(
  [
    network("finney", "wss://entrypoint-finney.opentensor.ai:443", FINNEY_GENESIS, "archive"),
    network("archive", ARCHIVE, FINNEY_GENESIS, null),
    network("test", "wss://test.finney.opentensor.ai:443", TEST_GENESIS, null),
    network("local", "ws://127.0.0.1:9944", null, null),
  ].map((one) => [one.name, one]),
);

/** The network asked where nothing is said. */
export const DEFAULT_NETWORK = "finney";

/** What is said about the network. */
export interface NetworkChoice {
  /** A known name, or a URL. */
  readonly network?: string | undefined;
  /** URLs, tried in this order; the network's own otherwise. */
  readonly endpoints?: readonly string[] | undefined;
}

/** The environment's say: YUMA_NETWORK a name or URL, YUMA_ENDPOINT one or several URLs separated by commas. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Chooses a network: the choice, then the environment, then finney. Endpoints given without a network are of an unknown one,
 * whose genesis is not checked; with a name they must serve that chain.
 *
 * Throws USAGE for a name that is not known and a URL that is none.
 */
export function chooseNetwork(choice: NetworkChoice = {}, environment: Environment = {}): Network {
  const isGiven = choice.network !== undefined || (choice.endpoints?.length ?? 0) > 0;
  const name = isGiven ? choice.network : environment.YUMA_NETWORK || undefined;
  const endpoints = isGiven ? choice.endpoints : environment.YUMA_ENDPOINT?.split(",").filter(Boolean);
  if (endpoints !== undefined && endpoints.length > 0) {
    const base = name === undefined ? network("custom", "", null, null) : named(name);
    return { ...base, endpoints: endpoints.map(checkUrl) };
  }
  return named(name ?? DEFAULT_NETWORK);
}

function named(name: string): Network {
  const known = NETWORKS.get(name);
  if (known !== undefined) return known;
  if (name.includes("://")) return network("custom", checkUrl(name), null, null);
  const names = [...NETWORKS.keys()].join(", ");
  throw new YumaError("USAGE", `${shown(name)} is not a network; known are ${names}, and any URL.`, {
    network: name.slice(0, 60),
  });
}

function checkUrl(text: string): string {
  const url = text.trim();
  const isGood = URL.canParse(url) && ["ws:", "wss:", "http:", "https:"].includes(new URL(url).protocol);
  if (isGood) return url;
  throw new YumaError("USAGE", `An endpoint is a URL of ws, wss, http or https, not ${shown(text)}.`, {
    endpoint: text.slice(0, 60),
  });
}
