/** What a block does to a subnet beside its epoch: left out where it came after, taken into account where it came before. */
import { describe, expect, it } from "vitest";
import { verifyEpoch } from "../host/chain/verify/verify.js";
import { clientOf, NETUID, nodeOf, type Published, publishedEpochs } from "./support/chain/epochs.js";
import { accountOf, put } from "./support/chain/items.js";
import type { MadeEvent } from "./support/chain/metadata.js";
import type { TestNode } from "./support/chain/node.js";
import { hotkeyOf } from "./support/chain/states.js";
import { rejectionOf } from "./support/refusal.js";

const small = publishedEpochs("epoch-small");
const verify = (node: TestNode) => verifyEpoch(clientOf(node), NETUID);
const stateOf = (node: TestNode, at: 1 | 2) => node.blocks[at]?.state as Map<string, string>;
const hasBonds = ([{ n }, result]: Published) => n > 5 && result.mechanisms[0]?.bonds.some((row) => row.length > 3);

describe("bonds reset by published metadata", () => {
  const [input, result] = small.find(hasBonds) as Published;
  const [own] = result.mechanisms;
  const target = own?.bonds.find((row) => row.length > 3)?.[1]?.[0] as number;
  const without = own?.bonds.map((row) => row.filter(([uid]) => uid !== target)) ?? [];
  const events: MadeEvent[] = [
    { phase: "ApplyExtrinsic", pallet: "Commitments", event: ["Commitment", NETUID, hotkeyOf(target)] },
  ];
  const nodeWith = (isOn: boolean) => {
    const node = nodeOf(input, { ...result, mechanisms: [{ ...own, bonds: without } as never] }, { events });
    put(stateOf(node, 1), "BondsResetOn", [NETUID], isOn);
    return node;
  };

  it("are left out where the subnet resets them", async () => {
    expect((await verify(nodeWith(true))).verdict).toBe("agrees");
  });

  it("differ where it does not, entry by entry", async () => {
    const { verdict, fields } = await verify(nodeWith(false));
    expect(verdict).toBe("differs");
    const bonds = fields.find(({ field }) => field === "bonds")?.findings ?? [];
    expect(bonds.length).toBeGreaterThan(0);
    for (const { by } of bonds) expect(by).toEqual([[target, null, expect.any(Number)]]);
  });
});

it("a subnet trimmed in the block has nothing left to compare but its event", async () => {
  const [input, result] = small.find(([one]) => one.n === 7) as Published;
  const node = nodeOf(input, result);
  put(stateOf(node, 2), "SubnetworkN", [NETUID], 5);
  const { verdict, counts } = await verify(node);
  expect({ verdict, counts }).toEqual({ verdict: "agrees", counts: { equal: 7, differs: 0, excluded: 63 } });
});

describe("an owner who changed before the epoch", () => {
  const [input, result] = small.find(([one]) => one.ownerUid !== null && one.n > 5) as Published;
  const owner = hotkeyOf(input.ownerUid as number);
  const events: MadeEvent[] = [
    {
      phase: "Initialization",
      pallet: "SubtensorModule",
      event: ["SubnetOwnerChanged", NETUID, accountOf(1), accountOf(2)],
    },
  ];

  it("is the owner the epoch saw", async () => {
    const node = nodeOf(input, result, { events });
    put(stateOf(node, 1), "SubnetOwnerHotkey", [NETUID], accountOf(99));
    put(stateOf(node, 2), "SubnetOwnerHotkey", [NETUID], owner);
    const { verdict, snapshot } = await verify(node);
    expect({ verdict, owner: snapshot.ownerUid }).toEqual({ verdict: "agrees", owner: input.ownerUid });
  });

  it("cannot be followed if a uid went with him", async () => {
    const node = nodeOf(input, result, { events });
    put(stateOf(node, 2), "Keys", [NETUID, 1], accountOf(99));
    const { code, details } = await rejectionOf(verify(node));
    expect([code, details.uid]).toEqual(["NOT_RECONSTRUCTABLE", 1]);
  });
});

it("alpha minted that the curve does not give is not explained away", async () => {
  const [input, result] = small.find(([one]) => BigInt(one.raoEmission) > 10n ** 12n) as Published;
  const node = nodeOf(input, result, { eligible: true });
  put(stateOf(node, 2), "SubnetAlphaOutEmission", [NETUID], 999_999_999n);
  expect((await rejectionOf(verify(node))).details.reason).toContain("issuance curve");
});
