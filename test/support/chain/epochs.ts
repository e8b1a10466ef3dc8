/** Nodes that ran a published epoch. */
import { type ChainClient, clientOver } from "../../../host/chain/client.js";
import { chooseNetwork } from "../../../host/chain/networks.js";
import { pairs } from "../vectors.js";
import { makeMetadata } from "./metadata.js";
import { type NodeRuntime, TestNode } from "./node.js";
import { asMechanisms, asMechanismsResult, type PublishedCase, type PublishedResult } from "./published.js";
import { type Arrangement, commitsStorable, isStorable, statesOf } from "./states.js";

/** The subnet of the tests. */
export const NETUID = 12;

const runtimes = new Map<string, NodeRuntime>();

/** A runtime of our own of some spec version, with metadata of some format. */
export function runtimeOf(specVersion: number, format: 14 | 15 | 16 = 15): NodeRuntime {
  const name = `${specVersion} ${format}`;
  const known = runtimes.get(name);
  if (known !== undefined) return known;
  const made = { specVersion, metadata: { [format]: makeMetadata({ format, specVersion }) } };
  runtimes.set(name, made);
  return made;
}

/** A node whose last block but two ran the epoch; nothing has happened since. */
export function nodeOf(
  input: PublishedCase,
  result: PublishedResult,
  arrangement: Partial<Arrangement> = {},
  runtime: NodeRuntime = runtimeOf(425),
): TestNode {
  const { before, after } = statesOf(input, result, { netuid: NETUID, ...arrangement });
  const node = new TestNode();
  const block = input.currentBlock;
  node.add(0, new Map(), runtime);
  node.add(block - 1, before, runtime);
  node.add(block, after, runtime);
  node.add(block + 1, after, runtime);
  return node;
}

/** A client of a node in process; faults are not tried again. */
export function clientOf(node: TestNode): ChainClient {
  return clientOver(chooseNetwork({ network: "local" }), node.connection(), { retries: { attempts: 0 } });
}

/** A published epoch in the form of mechanisms. */
export type Published = readonly [PublishedCase, PublishedResult];

const storable = ([input]: Published) => isStorable(input) && commitsStorable(input);

/** Published epochs of one mechanism that a chain can store. */
export function publishedEpochs(set: string): Published[] {
  return pairs(set)
    .map(([input, result]): Published => [asMechanisms(input as never), asMechanismsResult(result as never)])
    .filter(storable);
}

/** Published epochs of several mechanisms that a chain can store. */
export function publishedMechanisms(): Published[] {
  return (pairs("mechanisms") as unknown as Published[]).filter(storable);
}
