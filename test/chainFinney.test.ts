/**
 * Verifying by mainnet's genuine metadata of spec 393, in both formats: an older shape of settings, the real numbers of events. The metadata
 * lies in ../shared; where that folder is absent these tests are skipped.
 */
import { describe, expect, it } from "vitest";
import { readMetadata } from "../host/chain/metadata/metadata.js";
import { storageItem } from "../host/chain/metadata/storage.js";
import { verifyEpoch } from "../host/chain/verify/verify.js";
import { clientOf, NETUID, nodeOf, type Published, publishedEpochs } from "./support/chain/epochs.js";
import { keyOf, prefixOf } from "./support/chain/items.js";
import type { NodeRuntime, TestNode } from "./support/chain/node.js";
import { littleEndian } from "./support/chain/types.js";
import { rejectionOf } from "./support/refusal.js";
import { hasShared, sharedBytes } from "./support/vectors.js";

const EVENTS = `0x${prefixOf("System", "Events")}`;
const LATER = ["ActivityCutoffFactorMilli", "OwnerCutEnabled", "SubnetEpochIndex", "LastEpochBlock"];

/** A node of that runtime: what spec 425 brought is not stored, the cutoff is in blocks, and events have that runtime's numbers. */
function nodeOfFinney([input, result]: Published, format: 15 | 16): TestNode {
  const hex = `0x${Buffer.from(sharedBytes(`chain/finney-393.metadata-v${format}.scale.gz`) as Uint8Array).toString("hex")}`;
  const runtime: NodeRuntime = { specVersion: 393, metadata: { [format]: hex } };
  const node = nodeOf(input, result, {}, runtime);
  const emissions = result.mechanisms[0]?.serverEmission.map(BigInt);
  const announced = {
    phase: { type: "Initialization", value: undefined },
    event: {
      type: "SubtensorModule",
      value: { type: "IncentiveAlphaEmittedToMiners", value: { netuid: NETUID, emissions } },
    },
    topics: [],
  };
  const item = storageItem(readMetadata(hex), "System", "Events");
  for (const { state } of node.blocks) {
    for (const name of LATER) state.delete(keyOf(name, NETUID));
    const cutoff = `0x${prefixOf("SubtensorModule", "ActivityCutoff")}${littleEndian(NETUID, 2)}`;
    state.set(cutoff, `0x${littleEndian(input.activityCutoff, 2)}`);
    if (state.has(EVENTS)) state.set(EVENTS, item?.encode([announced]) as string);
  }
  return node;
}

const small = publishedEpochs("epoch-small").filter(([{ n }]) => n > 6);

describe.skipIf(!hasShared).each([15, 16] as const)("mainnet's metadata of format %i", (format) => {
  it("is not of a version whose rules are known", async () => {
    const { code, details } = await rejectionOf(
      verifyEpoch(clientOf(nodeOfFinney(small[0] as Published, format)), NETUID),
    );
    expect([code, details.specVersion]).toEqual(["UNKNOWN_RULES", 393]);
  });

  it("serves, under the rules of 425, at the price of proof", async () => {
    const open = small.filter(([{ commitRevealEnabled }]) => !commitRevealEnabled).slice(0, 6);
    for (const one of open) {
      const verification = await verifyEpoch(clientOf(nodeOfFinney(one, format)), NETUID, { assumeSpec: 425 });
      expect(
        verification.fields.filter(({ findings }) => findings.length > 0),
        one[0].name,
      ).toEqual([]);
      expect(verification).toMatchObject({ verdict: "agrees", proved: false, counts: { excluded: 0 } });
    }
    expect(open).toHaveLength(6);
  });

  it("counted commits in blocks, which is not known", async () => {
    const hidden = small.find(([{ commitRevealEnabled }]) => commitRevealEnabled) as Published;
    const error = await rejectionOf(verifyEpoch(clientOf(nodeOfFinney(hidden, format)), NETUID, { assumeSpec: 425 }));
    expect(error.details.reason).toContain("counted by blocks");
  });
});
