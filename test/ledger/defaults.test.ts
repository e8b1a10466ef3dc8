/**
 * The storage items declared here against those of mainnet's own runtime, spec 393: names, optional or not, how many keys, and the bytes
 * of every default. What differs is listed with the reason, and the list must be exact.
 */
import { expect, it } from "vitest";
import { readMetadata } from "../../host/chain/metadata/metadata.js";
import { toHex } from "../../host/ledger/state/codecs.js";
import { ITEMS } from "../../host/ledger/state/items.js";
import { sharedBytes } from "../support/vectors.js";

const FILE = "chain/finney-393.metadata-v15.scale.gz";
const bytes = sharedBytes(FILE);

/** Items that came after spec 393. */
const LATER = {
  Swap: ["PalSwapInitialized", "SwapBalancer"],
  SubtensorModule: [
    ...["AccountFlags", "DecayingHotkeyLock", "DecayingLock", "DecayingOwnerLock", "HotkeyLock", "Lock"],
    ...["LockingColdkeys", "MaturityRate", "OwnerCutAutoLockEnabled", "OwnerLock", "UnlockRate"],
    ...["ActivityCutoffFactorMilli", "LastEpochBlock", "MaxEpochsPerBlock", "PendingEpochAt", "SubnetEpochIndex"],
    ...["AlphaV2", "TotalHotkeySharesV2", "SubnetProtocolAlpha", "SubnetExcessTao", "SubnetProtocolFlow"],
    ...["AutoParentDelegationEnabled", "MinChildkeyTakePerSubnet", "BurnHalfLife", "BurnIncreaseMult"],
    ...["MinerBurned", "OwnerCutEnabled", "RegisteredSubnetCounter", "SubnetEmissionEnabled", "SubnetRootSellTao"],
    ...["TaoInRefundDeploymentBlock", "LiquidAlphaConsensusMode", "ConsensusByMechanism"],
    ...["SubnetEpochConsensus", "LastYumaStepBlock", "SavedYumaMaxAllowedValidators"],
    ...["EmissionGateBar", "EmissionBarQuantile", "EmissionBarRank", "EmissionGateExponent"],
  ],
};

/** Items that are deliberately otherwise, and why. */
const DIFFERENT: Readonly<Record<string, readonly [difference: string, reason: string]>> = {
  "Authorship.Author": ["absent", "there are no authors of blocks; fees go to an account the genesis may name"],
  "Balances.Free": ["absent", "a field of System.Account, the only one there is a use for"],
  "System.Nonce": ["absent", "a field of System.Account; here it outlives the account"],
  "System.Number": ["0x00000000", "u32 on the chain, u64 here as all numbers of blocks"],
  "System.BlockHash": ["not optional", "hashes that are not known are absent here, not zeros"],
  "SubtensorModule.NetworkLastRegistered": ["absent", "an entry of LastRateLimitedBlock on the chain"],
  "SubtensorModule.Owner": [
    "not optional",
    "a hotkey exists where this does, so that absence is told apart from an account of zeros",
  ],
};

/** Pallets of this ledger alone: its rules, governance, and what that remembers. */
const OWN = /^(?:Ledger|Governance|Past)\./;

function differenceOf(
  item: (typeof ITEMS)[number],
  unified: ReturnType<typeof readMetadata>["unified"],
): string | null {
  const [pallet, name] = item.name.split(".");
  const found = unified.pallets.find((one) => one.name === pallet)?.storage?.items.find((one) => one.name === name);
  if (found === undefined) return "absent";
  const hashers = found.type.tag === "plain" ? 0 : found.type.value.hashers.length;
  if (hashers !== item.depth) return `${hashers} keys`;
  const isOptional = found.modifier === 0;
  if (isOptional !== (item.initial === undefined)) return isOptional ? "optional" : "not optional";
  if (isOptional) return null;
  const fallback = typeof found.fallback === "string" ? found.fallback : toHex(found.fallback as Uint8Array);
  return toHex(item.value.enc(item.initial)) === fallback ? null : fallback;
}

if (bytes === null) it.skip(`against mainnet's metadata: ../shared/${FILE} is not there`, () => {});
else {
  it("equal mainnet's, but for those listed", () => {
    const { unified } = readMetadata(toHex(bytes));
    const found = ITEMS.filter(({ name }) => !OWN.test(name)).flatMap((item): [string, string][] => {
      const difference = differenceOf(item, unified);
      return difference === null ? [] : [[item.name, difference]];
    });
    const declared = new Set(ITEMS.map(({ name }) => name));
    const later = Object.entries(LATER).flatMap(([pallet, names]) =>
      names.map((name) => [`${pallet}.${name}`, "absent"]),
    );
    const listed = Object.entries(DIFFERENT).map(([name, [difference]]) => [name, difference]);
    const expected = [...later, ...listed].filter(([name]) => declared.has(name as string));
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
  });
}
