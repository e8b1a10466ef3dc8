/** Following a subnet of a Bittensor chain: each epoch is read off the node and verified once its block is final. */
import { type ChainClient, connect } from "../../../chain/client.js";
import { NETWORKS } from "../../../chain/networks.js";
import { plainSnapshot } from "../../../chain/verify/plainSnapshot.js";
import type { LiveVerification } from "../../../chain/verify/verify.js";
import { watchEpochs } from "../../../chain/watch.js";
import { compute, type Subject } from "../subject.js";
import { type Followed, type News, pause } from "./news.js";

/** Yields the last epoch, then each new one. Throws as `watchEpochs`, and what keeps the first epoch from being read. */
export async function* followChain({ url, netuid, signal, ...often }: Followed): AsyncGenerator<News> {
  const client = clientAt(url);
  const end = () => client.close();
  signal.addEventListener("abort", end);
  try {
    let block = 0;
    const sleep = (milliseconds: number) => pause(milliseconds, signal);
    for await (const event of watchEpochs(client, netuid, { ...often, sleep, signal })) {
      if (event.kind === "failed") {
        if (block === 0) throw event.error;
        yield { block: event.block ?? block, told: event.error.message, subject: null };
      } else {
        ({ block } = event.verification);
        const { verdict } = event.verification;
        yield { block, told: `The epoch of block ${block} ${verdict}.`, subject: subjectOf(event.verification) };
      }
    }
  } finally {
    signal.removeEventListener("abort", end);
    client.close();
  }
}

/** A known network's endpoint must serve that network. */
function clientAt(url: string): ChainClient {
  const known = [...NETWORKS.values()].find(({ endpoints }) => endpoints.includes(url));
  return known === undefined ? connect({ network: url }) : connect({ network: known.name });
}

function subjectOf(verification: LiveVerification): Subject {
  const { fields, notes, unproved, blockHash, specVersion } = verification;
  const snapshot = plainSnapshot(verification.snapshot);
  return {
    kind: "bundle",
    snapshot,
    result: compute(snapshot),
    fields,
    notes: [...notes, ...unproved.map((reason) => `Not proved: ${reason}.`)],
    blockHash,
    specVersion,
  };
}
