/** A little history for a ledger, the same wherever it is played: a subnet, a neuron, a stake, and some blocks. */
import { calls, type Genesis, type Ledger, signerOf } from "../../host/ledger/public.js";

const TAO = 1_000_000_000n;
const [owner, miner] = [signerOf("//Owner"), signerOf("//Miner")];
const [first, second] = ["//Owner//hot", "//Miner//hot"].map((path) => signerOf(path).address) as [string, string];

/** What the history begins with. */
export const GENESIS: Genesis = {
  schemaVersion: 1,
  name: "pages",
  rootKey: owner.address,
  balancesRao: { [owner.address]: 5_000n * TAO, [miner.address]: 5_000n * TAO },
};

const SCRIPT = [
  [owner, calls.subnets.registerNetwork({ hotkey: first })],
  [owner, calls.subnets.startCall({ netuid: 1 })],
  [miner, calls.subnets.burnedRegister({ netuid: 1, hotkey: second })],
  [miner, calls.staking.addStake({ hotkey: second, netuid: 1, amountRao: 100n * TAO })],
] as const;

/**
 * Begins it in an empty ledger, a call a block; throws if one fails. Returns the calls as they were signed: signatures hold random
 * numbers and are part of what a digest is of, so another ledger of the same history is `given` them.
 */
export async function beginHistory(ledger: Ledger, given?: readonly number[][]): Promise<number[][]> {
  const sent: number[][] = [];
  for (const [k, [signer, call]] of SCRIPT.entries()) {
    const signed = given ? Uint8Array.from(given[k] as number[]) : ledger.sign(signer, call);
    await ledger.submit(signed);
    sent.push([...signed]);
    const { events } = await ledger.produceBlock();
    const failed = events.find(({ event }) => event.name === "System.ExtrinsicFailed");
    if (failed) throw new Error(JSON.stringify(failed.event));
  }
  return sent;
}

/** Goes on with it. */
export async function goOn(ledger: Ledger, blocks: number): Promise<void> {
  for (let left = blocks; left > 0; left--) await ledger.produceBlock();
}
