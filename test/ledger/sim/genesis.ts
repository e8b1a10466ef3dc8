/** The network a simulation begins with: three subnets in emission that differ in their rules, and short delays, so that what waits is seen to come. */
import type { Genesis } from "../../../host/ledger/genesis.js";
import type { GenesisSubnet } from "../../../host/ledger/genesisSubnets.js";
import { ROOT_NETUID } from "../../../host/ledger/rules/subnetChecks.js";
import { toHex } from "../../../host/ledger/state/codecs.js";
import { BeaconConfigItem } from "../../../host/ledger/state/drand.js";
import { entryKey } from "../../../host/ledger/state/item.js";
import { SubtokenEnabled } from "../../../host/ledger/state/subnets.js";
import { BEACON_CONFIG } from "./generators/drand.js";
import { coldkey, hotkey } from "./world.js";

const TAO = 1_000_000_000n;
const SUBNETS = 3;
const NEURONS = 12;

/** What differs from the chain's defaults on all subnets. */
const SHORT = {
  "SubtensorModule.ImmunityPeriod": 30,
  "SubtensorModule.ServingRateLimit": "4",
  "SubtensorModule.WeightsSetRateLimit": "0",
  "SubtensorModule.BurnHalfLife": 20,
  "SubtensorModule.MinAllowedUids": 4,
};

/** What each subnet has of its own. */
const RULES: readonly GenesisSubnet["parameters"][] = [
  {
    "SubtensorModule.Tempo": 7,
    "SubtensorModule.CommitRevealWeightsEnabled": false,
    "SubtensorModule.MaxAllowedUids": 16,
  },
  { "SubtensorModule.Tempo": 11, "SubtensorModule.Yuma3On": true, "SubtensorModule.LiquidAlphaOn": true },
  {
    "SubtensorModule.Tempo": 16,
    "SubtensorModule.CommitRevealWeightsEnabled": false,
    "SubtensorModule.MechanismCountCurrent": 2,
    "SubtensorModule.RecycleOrBurn": 1,
    "SubtensorModule.OwnerCutAutoLockEnabled": true,
    "SubtensorModule.MaxAllowedUids": 64,
  },
];

/** What differs of all subnets together. */
const PARAMETERS = {
  "Drand.LastStoredRound": "3",
  "Governance.DayBlocks": 1,
  "Governance.MinProposerStake": "100000000000",
  "SubtensorModule.ColdkeySwapAnnouncementDelay": 20,
  "SubtensorModule.ColdkeySwapReannouncementDelay": 5,
  "SubtensorModule.TxRateLimit": "3",
  "SubtensorModule.TxDelegateTakeRateLimit": "10",
  "SubtensorModule.TxChildkeyTakeRateLimit": "10",
  "SubtensorModule.PendingChildKeyCooldown": "8",
  "SubtensorModule.OwnerHyperparamRateLimit": 1,
  "SubtensorModule.AdminFreezeWindow": 2,
  "SubtensorModule.NetworkRateLimit": "15",
  "SubtensorModule.NetworkImmunityPeriod": "60",
  "SubtensorModule.NetworkMinLockCost": "10000000000",
  "SubtensorModule.NetworkLastLockCost": "10000000000",
  "SubtensorModule.NetworkLockReductionInterval": "50",
  "SubtensorModule.StartCallDelay": "5",
  "SubtensorModule.SubnetLimit": SUBNETS + 2,
  "SubtensorModule.MaturityRate": "50",
  "SubtensorModule.UnlockRate": "50",
  "SubtensorModule.SubnetMovingAlpha": "42949673",
};

/** Spec versions whose rules a ledger can be under, each with a capability the one before lacks. */
const SPEC_VERSIONS = [425, 440, 443, 446, 474] as const;

/** The rules a seed chooses. */
export const rulesOfSeed = (seed: number): number => SPEC_VERSIONS[seed % SPEC_VERSIONS.length]!;

/** Every second coldkey has TAO. Coldkey n owns subnet n, whose neurons and stakers are the first dozen coldkeys from 4 on, and root's. */
export function genesisOf(count: number, rules = 425): Genesis {
  const all = Array.from({ length: count }, (_, k) => k);
  const rich = all.filter((k) => k % 2 === 0 || k <= SUBNETS);
  const seated = all.slice(0, SUBNETS + 1 + NEURONS);
  return {
    schemaVersion: 1,
    name: "simulation",
    balancesRao: Object.fromEntries(rich.map((k) => [coldkey(k), k % 4 === 2 ? 1_000_000n : 1000n * TAO])),
    rootKey: coldkey(0),
    rules,
    parameters: PARAMETERS,
    subnets: RULES.map((own, at) => subnetOf(at + 1, seated, { ...own, ...modesOf(at + 1, rules) })),
    entries: {
      [toHex(entryKey(SubtokenEnabled, [ROOT_NETUID]))]: toHex(SubtokenEnabled.value.enc(true)),
      [toHex(entryKey(BeaconConfigItem, []))]: toHex(BeaconConfigItem.value.enc(BEACON_CONFIG)),
    },
    rootStakes: seated.map((k) => ({ hotkey: hotkey(k), coldkey: coldkey(k), amountRao: BigInt(k + 1) * 100n * TAO })),
  };
}

/** What rules that know modes begin with: the first subnet in Null mode, the second looking back. */
function modesOf(netuid: number, rules: number): GenesisSubnet["parameters"] {
  if (netuid === 1 && rules >= 474) return { "SubtensorModule.SubnetEpochConsensus": "null" };
  return netuid === 2 && rules >= 446 ? { "SubtensorModule.LiquidAlphaConsensusMode": "previous" } : {};
}

function subnetOf(netuid: number, seated: readonly number[], own: GenesisSubnet["parameters"]): GenesisSubnet {
  const neurons = seated.filter((k) => k % (netuid + 1) !== 1).map((k) => ({ hotkey: hotkey(k), coldkey: coldkey(k) }));
  return {
    netuid,
    owner: coldkey(netuid),
    ownerHotkey: hotkey(netuid),
    neurons,
    stakes: neurons.map((one, k) => ({ ...one, amountRao: BigInt(k + 1) * 10n * TAO })),
    parameters: { ...SHORT, ...own },
  };
}
