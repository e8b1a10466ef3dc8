/** Verifying against nodes that hold published inputs and published outputs: all must agree, and every lie must be found. */
import { describe, expect, it, test } from "vitest";
import { verifyEpoch } from "../host/chain/verify/verify.js";
import {
  clientOf,
  NETUID,
  nodeOf,
  type Published,
  publishedEpochs,
  publishedMechanisms,
  runtimeOf,
} from "./support/chain/epochs.js";
import { prefixOf } from "./support/chain/items.js";
import type { TestNode } from "./support/chain/node.js";
import type { Arrangement } from "./support/chain/states.js";

const small = publishedEpochs("epoch-small");
const subnets = publishedEpochs("epoch-subnet");

const verify = (node: TestNode) => verifyEpoch(clientOf(node), NETUID);

async function expectAgreement([input, result]: Published, arrangement: Partial<Arrangement> = {}): Promise<void> {
  const verification = await verify(nodeOf(input, result, arrangement));
  expect(
    verification.fields.filter(({ findings }) => findings.length > 0),
    input.name,
  ).toEqual([]);
  expect(verification).toMatchObject({ verdict: "agrees", proved: true, notes: [], unproved: [] });
  expect(verification.counts).toEqual({ equal: (7 + 3 * input.mechanismCount) * input.n, differs: 0, excluded: 0 });
}

describe("published epochs agree", () => {
  it("adversarial ones", async () => {
    expect(small.length).toBeGreaterThan(1500);
    for (const one of small.filter((_, i) => i % 40 === 0)) await expectAgreement(one);
  });

  it("those of 256 uids, in few round trips", async () => {
    expect(subnets.length).toBe(16);
    for (const one of subnets.slice(0, 3)) await expectAgreement(one);
    const { traffic } = await verify(nodeOf(...(subnets[0] as Published)));
    expect(traffic.roundTrips).toBe(10);
  });

  it("of several mechanisms", async () => {
    const epochs = publishedMechanisms();
    expect(epochs.length).toBeGreaterThan(40);
    for (const one of epochs.slice(0, 8)) await expectAgreement(one);
  });

  it.each([
    ["root alpha kept", { eligible: true, keepsRoot: true }],
    ["root alpha recycled", { eligible: true, keepsRoot: false }],
  ])("with the block's own emission, %s", async (_, arrangement) => {
    for (const one of subnets.slice(4, 6)) await expectAgreement(one, arrangement);
  });

  it("with rows revealed in the block", async () => {
    for (const one of small.filter(([{ n }]) => n > 8).slice(0, 20))
      await expectAgreement(one, { revealed: [0, 3, 7] });
  });

  it.each([14, 15, 16] as const)("read by metadata of format %i", async (format) => {
    const [input, result] = small[5] as Published;
    const verification = await verify(nodeOf(input, result, {}, runtimeOf(425, format)));
    expect(verification.verdict).toBe("agrees");
  });

  it.each([432, 440, 445, 446, 473, 475])("under spec %i", async (spec) => {
    const [input, result] = small.find(([one]) => one.yuma3 && !one.liquidAlpha && one.n > 8) as Published;
    const verification = await verify(nodeOf(input, result, {}, runtimeOf(spec)));
    expect(verification).toMatchObject({ verdict: "agrees", proved: true, specVersion: spec });
  });
});

describe("one flipped bit in what was recorded", () => {
  const [input, result] = small.find(
    ([one]) => one.n === 7 && one.mechanisms[0]?.bonds.some((row) => row.length > 2),
  ) as Published;
  const OUTPUTS = [
    "Active",
    "Consensus",
    "Dividends",
    "ValidatorTrust",
    "StakeWeight",
    "Emission",
    "ValidatorPermit",
    "Incentive",
    "Bonds",
  ];

  it.each(OUTPUTS)("of %s is found, wherever it is", async (item) => {
    const node = nodeOf(input, result);
    const state = node.blocks[2]?.state as Map<string, string>;
    const prefix = `0x${prefixOf("SubtensorModule", item)}`;
    let flips = 0;
    for (const key of [...state.keys()].filter((one) => one.startsWith(prefix))) {
      const honest = state.get(key) as string;
      // Every digit of short values, every fifth of long ones, which meets high and low halves of bytes in turn.
      for (let digit = 2; digit < honest.length; digit += honest.length > 60 ? 5 : 1) {
        const flipped = (Number.parseInt(honest[digit] as string, 16) ^ (1 << (digit % 4))).toString(16);
        state.set(key, honest.slice(0, digit) + flipped + honest.slice(digit + 1));
        const outcome = await verify(node).then(
          ({ verdict, fields }) =>
            `${verdict} ${fields.filter(({ findings }) => findings.length > 0).map(({ field }) => field)}`,
          ({ code, details }) => `${code} ${details.item}`,
        );
        const name = item.charAt(0).toLowerCase() + item.slice(1);
        expect([`differs ${name}`, `BAD_STORAGE SubtensorModule.${item}`], `${item} digit ${digit}`).toContain(outcome);
        flips++;
      }
      state.set(key, honest);
    }
    expect(flips).toBeGreaterThan(10);
  });

  it("is named with its uid, both values and the difference", async () => {
    const node = nodeOf(input, {
      ...result,
      consensus: result.consensus.map((value, uid) => (uid === 4 ? value ^ 1 : value)),
    });
    const { verdict, counts, fields } = await verify(node);
    const own = result.consensus[4] as number;
    expect({ verdict, counts }).toEqual({ verdict: "differs", counts: { equal: 69, differs: 1, excluded: 0 } });
    expect(fields.flatMap(({ findings }) => findings)).toEqual([
      { uid: 4, outcome: "differs", recorded: own ^ 1, computed: own, by: String((own ^ 1) - own) },
    ]);
  });

  it("of announced miner emission is named", async () => {
    const [own] = result.mechanisms;
    if (own === undefined) throw new Error("no mechanism");
    const amounts = own.serverEmission.map((amount, uid) => (uid === 2 ? BigInt(amount) + 1n : amount));
    const node = nodeOf(input, { ...result, mechanisms: [{ ...own, serverEmission: amounts }] });
    const { fields } = await verify(node);
    expect(fields.filter(({ findings }) => findings.length > 0)).toMatchObject([
      { field: "serverEmission", mechid: 0, findings: [{ uid: 2, by: "1" }] },
    ]);
  });
});

test("what the block wrote over after the epoch is left out, and said", async () => {
  const [input, result] = small.find(([one]) => one.n === 9) as Published;
  const consensus = result.consensus.map((value, uid) => (uid === 3 ? 0 : value));
  const registered = {
    phase: "ApplyExtrinsic",
    pallet: "SubtensorModule",
    event: ["NeuronRegistered", NETUID, 3, "77".repeat(32)],
  } as const;
  const elsewhere = { ...registered, event: ["NeuronRegistered", NETUID + 1, 5, "77".repeat(32)] } as const;
  const verification = await verify(nodeOf(input, { ...result, consensus }, { events: [registered, elsewhere] }));
  expect(verification.verdict).toBe("agrees");
  // Every vector, incentive and bonds of uid 3; the event is as it was.
  expect(verification.counts).toEqual({ equal: 10 * 9 - 9, differs: 0, excluded: 9 });
  expect(verification.fields.find(({ field }) => field === "consensus")).toMatchObject({
    findings: [
      { uid: 3, outcome: "excluded", recorded: 0, reason: "another hotkey was registered here in this block" },
    ],
  });
});
