// Holders of stake change a hyperparameter: a proposal, four votes, one of them by a delegate, and its enactment.
import { calls, createLedger, memoryStore, signerOf, toAddress } from "yuma-kernel/ledger";

const TAO = 1_000_000_000n;
const [alice, bob, carol, dave, delegate] = ["Alice", "Bob", "Carol", "Dave", "Delegate"].map((name) =>
  signerOf(`//${name}`),
);
const nameOf = (account) =>
  Object.entries({ Alice: alice, Bob: bob, Carol: carol, Dave: dave, Delegate: delegate }).find(
    ([, { address, account: hex }]) => account === address || account === hex,
  )?.[0] ?? toAddress(account);

// TAO on the root for three, alpha at half a TAO for Carol. There is no root key. A day is a block.
const staked = (coldkey, tao) => ({
  hotkey: delegate.address,
  coldkey: coldkey.address,
  amountRao: tao * TAO,
});
const ledger = await createLedger({
  store: memoryStore(),
  genesis: {
    schemaVersion: 1,
    name: "governance",
    balancesRao: { [alice.address]: 1_000n * TAO },
    rootStakes: [staked(alice, 400n), staked(bob, 300n), staked(dave, 150n)],
    subnets: [
      {
        netuid: 1,
        owner: bob.address,
        ownerHotkey: signerOf("//Bob//hot").address,
        poolTaoRao: 1_000n * TAO,
        poolAlphaRao: 2_000n * TAO,
        stakes: [staked(carol, 300n)],
        parameters: { "SubtensorModule.SubnetMovingPrice": 2n ** 31n },
      },
    ],
    parameters: { "Governance.DayBlocks": 1, "Governance.MinProposerStake": 100n * TAO },
  },
});

const tao = (rao) => `${(Number(rao) / 1e9).toFixed(0)} TAO`;
const say = {
  "Governance.Proposed": (e) =>
    `${nameOf(e.proposer)} proposes ${e.proposal} (${e.track}), deposit ${tao(e.depositRao)}`,
  "Governance.Opened": (e) => `the vote opens until block ${e.closesAt}, ${tao(e.totalStakeRao)} of stake`,
  "Governance.Delegated": (e) => `${nameOf(e.coldkey)} lets ${nameOf(e.hotkey)} vote`,
  "Governance.Voted": (e) =>
    `${nameOf(e.voter)} ${e.choice}, ${tao(e.power.weightRao)}${e.delegate ? ` by ${nameOf(e.delegate)}` : ""}`,
  "Governance.Approved": (e) => `approved, enacted in block ${e.enactedAt}`,
  "Governance.DepositReturned": (e) => `${nameOf(e.account)} has ${tao(e.amountRao)} back`,
  "SubtensorModule.KappaSet": (e) => `kappa of subnet ${e.netuid} is ${e.value}`,
  "Governance.Enacted": (e) => `enacted, ${e.error ?? "no error"}`,
};

/** Sends calls in one block and tells what governance reports. */
async function block(...sent) {
  for (const [signer, call] of sent) await ledger.submit(ledger.sign(signer, call));
  const { height, events } = await ledger.produceBlock();
  for (const { event } of events) {
    if (event.name === "System.ExtrinsicFailed") throw new Error(event.error);
    const told = say[event.name];
    if (told) console.log(`block ${String(height).padStart(2)}  ${told(event)}`);
  }
}

const { propose, vote, voteFor, delegate: letVote } = calls.governance;
const hotkey = delegate.address;
const call = calls.admin.setKappa({ netuid: 1, kappa: 40_000 });
await block([alice, propose({ call })], [carol, letVote({ hotkey })], [dave, letVote({ hotkey })]);
await block(
  [alice, vote({ proposal: 0, choice: "aye" })],
  [bob, vote({ proposal: 0, choice: "nay" })],
  [delegate, voteFor({ proposal: 0, choice: "nay", coldkeys: ledger.governance.delegators(hotkey) })],
);
// Carol sees it otherwise than her delegate.
await block([carol, vote({ proposal: 0, choice: "aye" })]);
const { tally, isQuorate, isApproved } = ledger.governance.proposals()[0];
console.log(
  `          aye ${tao(tally.aye.weightRao)}, nay ${tao(tally.nay.weightRao)}; quorum ${isQuorate}, approval ${isApproved}`,
);
await block();
await block();
await block();
