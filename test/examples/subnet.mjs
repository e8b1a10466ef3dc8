// A network in process: a subnet, two validators, three miners, what three epochs pay them, and what a miner gets for it.
import { calls, createLedger, memoryStore, signerOf } from "yuma-kernel/ledger";

const TAO = 1_000_000_000n;
const names = ["Root", "Owner", "Val1", "Val2", "Miner1", "Miner2", "Miner3"];
const people = Object.fromEntries(
  names.map((name) => [name, { cold: signerOf(`//${name}`), hot: signerOf(`//${name}//hot`) }]),
);
const { Root, Owner, Val1, Val2 } = people;
const miners = names.slice(4).map((name) => people[name]);

const ledger = await createLedger({
  store: memoryStore(),
  genesis: {
    schemaVersion: 1,
    name: "example",
    rootKey: Root.cold.address,
    balancesRao: Object.fromEntries(Object.values(people).map(({ cold }) => [cold.address, 5_000n * TAO])),
  },
});

/** Sends calls, each by its signer, in one block; a call that fails ends the example. */
async function block(...sent) {
  for (const [signer, call] of sent) await ledger.submit(ledger.sign(signer, call));
  const { events } = await ledger.produceBlock();
  const failed = events.find(({ event }) => event.name === "System.ExtrinsicFailed");
  if (failed) throw new Error(failed.event.error);
}
const byRoot = (call) => [Root.cold, calls.sudo.sudo({ call })];
const tao = (rao) => (Number(rao) / 1e9).toFixed(3);

// The owner pays for subnet 1 and starts it; root lets it take part in the emission.
await block([Owner.cold, calls.subnets.registerNetwork({ hotkey: Owner.hot.address })]);
await block(
  [Owner.cold, calls.subnets.startCall({ netuid: 1 })],
  [Owner.cold, calls.admin.setCommitRevealWeightsEnabled({ netuid: 1, enabled: false })],
  byRoot(calls.admin.setSubnetEmissionEnabled({ netuid: 1, enabled: true })),
);

// Five neurons register, uids 1 to 5; the validators stake.
for (const { cold, hot } of [Val1, Val2, ...miners]) {
  await block([cold, calls.subnets.burnedRegister({ netuid: 1, hotkey: hot.address })]);
}
await block(
  [Val1.cold, calls.staking.addStake({ hotkey: Val1.hot.address, netuid: 1, amountRao: 600n * TAO })],
  [Val2.cold, calls.staking.addStake({ hotkey: Val2.hot.address, netuid: 1, amountRao: 300n * TAO })],
);

// A permit comes with the first epoch; then both judge the miners, uids 3, 4 and 5.
const TEMPO = 360;
async function epochs(count) {
  for (let left = count * TEMPO; left > 0; left--) await ledger.produceBlock();
}
await epochs(1);
const judge = (values) => calls.weights.setWeights({ netuid: 1, uids: [3, 4, 5], values, versionKey: 0n });
await block([Val1.hot, judge([6, 3, 1])], [Val2.hot, judge([5, 4, 1])]);
await epochs(3);

console.log(`block ${ledger.height}, ${tao(ledger.issuance().totalRao)} TAO issued`);
console.log("uid  who     incentive  dividends   alpha staked   free TAO");
for (const { uid, hotkey, incentive, dividends, alphaStakeRao } of ledger.metagraph(1)) {
  const [name, { cold }] = Object.entries(people).find(([, { hot }]) => hot.address === hotkey);
  const columns = [
    String(incentive).padStart(9),
    String(dividends).padStart(9),
    tao(alphaStakeRao).padStart(13),
    tao(ledger.balanceRao(cold.address)).padStart(9),
  ];
  console.log(`${String(uid).padStart(3)}  ${name.padEnd(6)}  ${columns.join("  ")}`);
}

// Emission arrives as stake. A miner that wants TAO sells it.
const [{ cold, hot }] = miners;
const before = ledger.balanceRao(cold.address);
const { alphaStakeRao } = ledger.metagraph(1)[3];
await block([cold, calls.staking.unstakeAll({ hotkey: hot.address })]);
console.log(`Miner1 sells ${tao(alphaStakeRao)} alpha for ${tao(ledger.balanceRao(cold.address) - before)} TAO`);
