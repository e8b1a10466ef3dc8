/** Lists of strangers that claim millions of elements and have none cost next to nothing. */
import { compact } from "scale-ts";
import { expect, it } from "vitest";
import { callCodec, calls } from "../host/ledger/calls/index.js";
import { decode } from "../host/ledger/state/codecs.js";
import { u16List } from "../host/ledger/state/lists.js";
import { weightsOf } from "../host/timelock/payload.js";
import { refusalOf } from "./support/refusal.js";

/** To make room for so many takes seconds and a quarter of a gigabyte. */
const CLAIMED = 30_000_000;
const MOST_MS = 500;

const claim = compact.enc(CLAIMED);
/** The call cut off before its list, which claims instead. */
const cut = (call: Parameters<typeof callCodec.enc>[0], before: number) =>
  Uint8Array.of(...callCodec.enc(call).subarray(0, 2 + before), ...claim, 1, 0);

const row = { netuid: 1, uids: [1], values: [2], versionKey: 0 };
const HOSTILE: Readonly<Record<string, () => void>> = {
  "a batch": () => decode(callCodec, cut(calls.utility.batch({ calls: [] }), 0), "A call"),
  pulses: () => decode(callCodec, cut(calls.drand.writePulse({ pulses: [] }), 0), "A call"),
  subnets: () => decode(callCodec, cut(calls.root.claimRoot({ subnets: [1] }), 0), "A call"),
  uids: () => decode(callCodec, cut(calls.weights.setWeights(row), 2), "A call"),
  "a stored list": () => decode(u16List, Uint8Array.of(...claim, 1, 0), "A list"),
  "an opened row": () => weightsOf(Uint8Array.of(0, ...claim, 1, 0)),
};

it.each(Object.keys(HOSTILE))("%s", (what) => {
  const before = process.cpuUsage();
  expect(refusalOf(HOSTILE[what]!).code).toBe("BAD_BINARY");
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(MOST_MS);
});
