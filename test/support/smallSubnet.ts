/** A genesis with one subnet at work: two validators with stake, two miners, an epoch every eight blocks. */
import { calls, signerOf } from "../../host/ledger/index.js";

const TAO = 1_000_000_000n;
const of = (secret: string) => ({ coldkey: signerOf(secret).address, hotkey: signerOf(`${secret}//hot`).address });

/** Its validators' hotkeys, uids 1 and 2; its miners are 3 and 4. */
export const VALIDATORS = ["//Bob//hot", "//Charlie//hot"] as const;
export const TEMPO = 8;

/** The genesis. */
export function smallSubnet() {
  const neurons = ["//Bob", "//Charlie", "//Dave", "//Eve"].map(of);
  const { coldkey: owner, hotkey: ownerHotkey } = of("//Alice");
  return {
    schemaVersion: 1 as const,
    name: "small",
    rootKey: owner,
    balancesRao: Object.fromEntries([owner, ...neurons.map(({ coldkey }) => coldkey)].map((at) => [at, `${TAO}000`])),
    subnets: [
      {
        netuid: 1,
        owner,
        ownerHotkey,
        poolTaoRao: String(1_000n * TAO),
        poolAlphaRao: String(1_000n * TAO),
        neurons,
        stakes: neurons.slice(0, 2).map((neuron, k) => ({ ...neuron, amountRao: String(BigInt(300 - 100 * k) * TAO) })),
        parameters: {
          "SubtensorModule.Tempo": TEMPO,
          "SubtensorModule.CommitRevealWeightsEnabled": false,
          "SubtensorModule.WeightsSetRateLimit": "0",
          "SubtensorModule.MinAllowedWeights": 1,
        },
      },
    ],
  };
}

/** A validator's weights on the two miners. */
export const judge = (dave: number, eve: number) =>
  calls.weights.setWeights({ netuid: 1, uids: [3, 4], values: [dave, eve], versionKey: 0n });
