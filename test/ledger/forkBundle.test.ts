/** A bundle of evidence as the beginning of a ledger: its first block runs the epoch the chain ran, and records what it recorded. */
import { describe, expect, it } from "vitest";
import { decodeBundle, encodeBundle, evidenceSnapshot } from "../../host/chain/verify/bundle.js";
import { epochSnapshot, verifyEpoch } from "../../host/chain/verify/verify.js";
import { createLedger, genesisFromSnapshot, memoryStore } from "../../host/ledger/index.js";
import {
  Bonds,
  Consensus,
  Dividends,
  Incentive,
  ValidatorPermit,
  ValidatorTrust,
} from "../../host/ledger/state/neurons.js";
import { clientOf, NETUID, nodeOf, publishedEpochs } from "../support/chain/epochs.js";
import { rejectionOf } from "../support/refusal.js";

const small = publishedEpochs("epoch-small");
const epochs = [
  small.find(([one]) => one.yuma3 && one.n > 4 && !one.commitRevealEnabled)!,
  small.find(([one]) => !one.yuma3 && one.n > 4)!,
  small.find(([one]) => one.liquidAlpha && one.n > 4)!,
];

describe("a bundle", () => {
  it.each(epochs.map((epoch, k) => [k, epoch] as const))("becomes a ledger: epoch %i", async (_, [input, result]) => {
    const client = clientOf(nodeOf(input, result));
    const text = encodeBundle((await verifyEpoch(client, NETUID)).evidence);
    const snapshot = await evidenceSnapshot(decodeBundle(JSON.parse(text)));
    expect(snapshot).toEqual(await epochSnapshot(client, NETUID));
    const genesis = genesisFromSnapshot(snapshot, { name: "fork" });
    const ledger = await createLedger({ store: memoryStore(), genesis });
    expect((await ledger.produceBlock()).height).toBe(Number(input.currentBlock));
    const { state } = ledger;
    expect({
      consensus: state.read(Consensus, NETUID),
      incentive: state.read(Incentive, NETUID),
      dividends: state.read(Dividends, NETUID),
      validatorTrust: state.read(ValidatorTrust, NETUID),
      validatorPermit: state.read(ValidatorPermit, NETUID),
      bonds: Array.from({ length: input.n }, (_, uid) => [...state.read(Bonds, NETUID, uid)]),
    }).toEqual({
      consensus: result.consensus,
      incentive: result.mechanisms[0]?.incentive,
      dividends: result.dividends,
      validatorTrust: result.validatorTrust,
      validatorPermit: result.validatorPermit,
      bonds: result.mechanisms[0]?.bonds,
    });
  });

  it("that lacks a value is none", async () => {
    const { evidence } = await verifyEpoch(clientOf(nodeOf(...epochs[0]!)), NETUID);
    const key = Object.keys(evidence.values.before)[0]!;
    const less = JSON.parse(encodeBundle(evidence));
    delete less.values.before[key];
    expect((await rejectionOf(evidenceSnapshot(decodeBundle(less)))).code).toBe("BAD_BUNDLE");
  });
});
