/** The light client's transport, over a stand-in for smoldot that answers from the test node; the real one needs a network. */
import { expect, it } from "vitest";
import { clientOver } from "../host/chain/client.js";
import { chooseNetwork } from "../host/chain/networks.js";
import { type LightChain, type LightClient, overLightClient } from "../host/chain/transport/lightClient.js";
import { verifyEpoch } from "../host/chain/verify/verify.js";
import { NETUID, nodeOf, type Published, publishedEpochs } from "./support/chain/epochs.js";
import { answering } from "./support/chain/node.js";
import { rejectionOf } from "./support/refusal.js";

const BOUNDS = { timeoutMilliseconds: 2_000, mostAnswerBytes: 1 << 24 };
const [input, result] = publishedEpochs("epoch-small")[3] as Published;

/** A chain that answers in its own time, one call at a time, and refuses batches as smoldot does. */
function standIn(): { start: () => LightClient; ended: () => boolean } {
  const answer = answering(nodeOf(input, result));
  let ended = false;
  const answers: string[] = [];
  let wake: ((text: string) => void) | undefined;
  const chain: LightChain = {
    sendJsonRpc(text) {
      if (text.startsWith("[")) throw new Error("one call at a time");
      const reply = answer(text) as string;
      if (wake) wake(reply);
      else answers.push(reply);
      wake = undefined;
    },
    nextJsonRpcResponse: () =>
      new Promise((resolve) => {
        const next = answers.shift();
        if (next === undefined) wake = resolve;
        else resolve(next);
      }),
    remove() {},
  };
  const client: LightClient = {
    addChain: async ({ chainSpec }) => {
      if (chainSpec !== "a specification") throw new Error("not a specification");
      return chain;
    },
    terminate: async () => {
      ended = true;
    },
  };
  return { start: () => client, ended: () => ended };
}

it("verifies as any node does, and ends", async () => {
  const { start, ended } = standIn();
  const connection = overLightClient("a specification", BOUNDS, start);
  const client = clientOver(chooseNetwork({ network: "local" }), connection, { retries: { attempts: 0 } });
  expect((await verifyEpoch(client, NETUID)).verdict).toBe("agrees");
  client.close();
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(ended()).toBe(true);
});

it("says what is wrong with a specification, and that smoldot is missing", async () => {
  const call = [{ method: "chain_getFinalizedHead", params: [] }];
  const { start } = standIn();
  expect((await rejectionOf(overLightClient("nonsense", BOUNDS, start).send(call))).code).toBe("NETWORK");
  expect((await rejectionOf(overLightClient("nonsense", BOUNDS).send(call))).code).toBe("USAGE");
});
