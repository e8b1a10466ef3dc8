/** Governance over the wire: every reader gives what the one in process gives, and the commands show it. */
import { beforeAll, expect, it } from "vitest";
import { toAccount } from "../../host/ledger/accounts/address.js";
import { calls, type Genesis, signerOf } from "../../host/ledger/index.js";
import { requireBuild, yumaBeside } from "../support/command.js";
import { post, type Served, served } from "../support/node.js";
import { rejectionOf } from "../support/refusal.js";

beforeAll(requireBuild);

const TAO = 1_000_000_000n;
const [alice, bob, carol, delegate] = [
  signerOf("//Alice"),
  signerOf("//Bob"),
  signerOf("//Charlie"),
  signerOf("//Hot"),
] as const;
const { propose, vote, voteFor } = calls.governance;

/** 400, 300 and 150 TAO on the root; a day has five blocks. */
const GENESIS: Genesis = {
  schemaVersion: 1,
  name: "governed",
  balancesRao: { [alice.address]: 100_000n * TAO, [bob.address]: 1_000n * TAO },
  rootStakes: (
    [
      [alice, 400n],
      [bob, 300n],
      [carol, 150n],
    ] as const
  ).map(([{ address }, tao]) => ({
    hotkey: delegate.address,
    coldkey: address,
    amountRao: tao * TAO,
  })),
  parameters: { "Governance.DayBlocks": 5, "Governance.MinProposerStake": 100n * TAO },
};

/** A proposal of two calls that Alice and, for Bob, the delegate have voted on; another that was cancelled. */
async function governed(): Promise<Served> {
  const node = await served({ genesis: GENESIS, verifySignature: () => true });
  const { ledger } = node;
  const batch = calls.utility.batchAll({
    calls: [
      calls.admin.setTxRateLimit({ txRateLimitBlocks: 7n }),
      calls.admin.setTxRateLimit({ txRateLimitBlocks: 8n }),
    ],
  });
  for (const [by, call] of [
    [bob, calls.governance.delegate({ hotkey: delegate.address })],
    [alice, propose({ call: batch })],
    [alice, propose({ call: calls.admin.setTxRateLimit({ txRateLimitBlocks: 9n }) })],
    [alice, calls.governance.cancel({ proposal: 1 })],
    [alice, vote({ proposal: 0, choice: "aye" })],
    [delegate, voteFor({ proposal: 0, choice: "nay", coldkeys: [bob.address] })],
  ] as const) {
    expect((await ledger.send(by, call)).error).toBeNull();
  }
  return node;
}

it("is read as in process", async () => {
  const { ledger, node } = await governed();
  const [own, remote] = [node.ledger.governance, ledger.governance];
  expect(own.proposals().map(({ status }) => status)).toEqual(["voting", "cancelled"]);
  expect(await remote.proposals()).toEqual(own.proposals());
  expect(await remote.proposal(0)).toEqual(own.proposal(0));
  expect(await remote.proposal(2)).toBeUndefined();
  expect(own.votes(0)).toHaveLength(2);
  expect(await remote.votes(0)).toEqual(own.votes(0));
  expect(await remote.votes(9)).toEqual([]);
  expect(await remote.power(carol.address)).toEqual({ stakeRao: 150n * TAO, weightRao: 150n * TAO });
  expect(await remote.power(bob.address, 0)).toEqual({ stakeRao: 300n * TAO, weightRao: 300n * TAO });
  expect(await remote.power(bob.address, 1)).toBeUndefined();
  expect([await remote.delegate(bob.address), await remote.delegate(alice.address)]).toEqual([delegate.address, null]);
  expect(await remote.delegators(delegate.address)).toEqual([bob.address]);
  expect(await remote.parameters()).toEqual(own.parameters());
  expect(own.parameters()).toMatchObject({
    dayBlocks: 5,
    minProposerStakeRao: 100n * TAO,
    tracks: { subnet: { decisionDays: 3, quorum: 50_000, depositRao: 10n * TAO } },
  });
  expect((await rejectionOf(remote.proposal(-1))).code).toBe("BAD_VALUE");
  expect((await rejectionOf(remote.power("nobody"))).code).toBe("BAD_VALUE");
});

it("is JSON that needs no codec: a call by its name and arguments, those within it too", async () => {
  const { server } = await governed();
  const ask = async (method: string, params: unknown[]) =>
    (await post(server.url, JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }))).json();
  const { result } = await ask("governance_proposal", [0]);
  expect(result.call).toMatchObject({
    name: "Utility.batch_all",
    arguments: {
      calls: [
        { name: "AdminUtils.sudo_set_tx_rate_limit", arguments: { txRateLimitBlocks: "7" } },
        { name: "AdminUtils.sudo_set_tx_rate_limit", arguments: { txRateLimitBlocks: "8" } },
      ],
    },
  });
  expect(result).toMatchObject({ proposer: alice.address, tally: { nay: { stakeRao: String(300n * TAO) } } });
  const both = (await ask("governance_votes", [0])).result;
  expect((await ask("governance_votes", [0, both[0].coldkey])).result).toEqual(both.slice(1));
  expect((await ask("governance_votes", [0, toAccount("it", carol.address)])).error.code).toBe(-32602);
});

it("has as many proposals as there are, in stretches", async () => {
  const { ledger, node } = await served({ genesis: GENESIS, verifySignature: () => true });
  for (let id = 0; id < 66; id++) {
    const call = calls.admin.setTxRateLimit({ txRateLimitBlocks: BigInt(id) });
    await ledger.submit(await ledger.sign(alice, propose({ call })));
    await ledger.send(alice, calls.governance.cancel({ proposal: id }));
  }
  const found = await ledger.governance.proposals();
  expect(found.map(({ id }) => id)).toEqual(Array.from({ length: 66 }, (_, id) => id));
  expect(found).toEqual(node.ledger.governance.proposals());
});

it("is shown by the commands", async () => {
  const { server } = await governed();
  const ask = async (words: string) => {
    const { code, out } = await yumaBeside(["governance", ...words.split(" ")], {
      YUMA_NODE: server.url.replace("http", "ws"),
    });
    expect([words, code]).toEqual([words, 0]);
    return out;
  };
  const [shown, power, delegators, parameters] = await Promise.all([
    ask("show 0"),
    ask("power --as //Bob --proposal 0 --json"),
    ask("delegators --hotkey //Hot"),
    ask("parameters"),
  ]);
  expect(shown).toMatch(new RegExp(`${bob.address} +nay +300\\.000 +${delegate.address}`));
  expect(JSON.parse(power)).toMatchObject({ stakeRao: String(300n * TAO), delegate: delegate.address });
  expect(delegators).toBe(`${bob.address}\n`);
  expect(parameters).toMatch(/rules +28 +7 +25\.0 % +75\.0 % +1,000\.000000000/);
});
