// A miner or a validator of subnet 1 as a process of its own: it registers, and plays its part each epoch until it has seen enough.
//   node test/examples/neuron.mjs ws://127.0.0.1:9955 miner|validator SECRET EPOCHS
import { calls, connectLedger, signerOf } from "yuma-kernel/client";

const [url, role, secret, wanted] = process.argv.slice(2);
const [cold, hot] = [signerOf(secret), signerOf(`${secret}//hot`)];
const ledger = connectLedger(url);
const NETUID = 1;
const TAO = 1_000_000_000n;

/** Sends a call; one that fails ends the program. */
async function send(signer, call) {
  const { error } = await ledger.send(signer, call);
  if (error !== null) throw new Error(`${call.definition.name}: ${error}`);
}

const own = async () => (await ledger.metagraph(NETUID)).find(({ hotkey }) => hotkey === hot.address);
if ((await own()) === undefined) {
  await send(cold, calls.subnets.burnedRegister({ netuid: NETUID, hotkey: hot.address }));
}
if (role === "validator") {
  await send(cold, calls.staking.addStake({ hotkey: hot.address, netuid: NETUID, amountRao: 500n * TAO }));
} else {
  // The port is what it will be judged by.
  const at = { ip: 0x0a000001n, ipType: 4, protocol: 4, placeholder1: 0, placeholder2: 0, version: 1 };
  await send(
    hot,
    calls.subnets.serveAxon({ netuid: NETUID, port: 8_001 + (Number(hot.account.slice(0, 6)) % 1_000), ...at }),
  );
}
console.log(JSON.stringify({ ready: hot.address }));

/** A validator judges whoever serves, by the port; without a permit its weights would only be for itself. */
async function judge() {
  const neurons = await ledger.metagraph(NETUID);
  if (!neurons.find(({ hotkey }) => hotkey === hot.address)?.validatorPermit) return;
  const miners = neurons.filter(({ axon }) => axon !== null);
  const weights = { uids: miners.map(({ uid }) => uid), values: miners.map(({ axon }) => axon.port - 8_000) };
  await send(hot, calls.weights.setWeights({ netuid: NETUID, versionKey: 0n, ...weights }));
}

/** Resolves when the connection is cut or enough epochs were seen. */
let seen = -1n;
async function live() {
  for (;;) {
    let wake = () => undefined;
    let isCut = false;
    const end = await ledger.subscribe(
      () => wake(),
      () => {
        isCut = true;
        wake();
      },
    );
    while (!isCut) {
      const woken = new Promise((resolve) => {
        wake = resolve;
      });
      const [{ epochs }] = await ledger.subnets();
      if (epochs > seen) {
        seen = epochs;
        if (role === "validator") await judge();
        const { uid, incentive, dividends, emissionRao } = await own();
        console.log(
          JSON.stringify({ epochs: Number(epochs), uid, incentive, dividends, emissionRao: String(emissionRao) }),
        );
        if (epochs >= BigInt(wanted)) return end();
      }
      await woken;
    }
  }
}

for (;;) {
  try {
    await live();
    break;
  } catch (error) {
    if (error.code !== "NETWORK") throw error;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
await ledger.close();
