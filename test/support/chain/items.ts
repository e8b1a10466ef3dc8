/** The storage of SubtensorModule at spec 425, as far as an epoch reads it: keys with their hashers, values, defaults. */
import { Blake2128Concat, Identity, Twox64Concat, Twox128 } from "@polkadot-api/substrate-bindings";
import { type Digits, encode, littleEndian, type Type, typeOf } from "./types.js";

/** A hasher and what it hashes. */
export type Key = readonly [hasher: "Identity" | "Twox64Concat" | "Blake2128Concat", type: string];

/** One item. */
export interface Item {
  readonly name: string;
  readonly keys: readonly Key[];
  readonly type: Type;
  /** SCALE of what an entry not stored is; null for an item without default. */
  readonly fallback: Digits | null;
}

const net: Key = ["Identity", "NetUid"];
const index: Key = ["Identity", "NetUid"];
const uid: Key = ["Identity", "u16"];
const hotkey: Key = ["Blake2128Concat", "Acct"];
const netT64: Key = ["Twox64Concat", "NetUid"];
const netB2: Key = ["Blake2128Concat", "NetUid"];
const ZERO_ACCOUNT = "00".repeat(32);

function item(name: string, keys: Key[], type: string, fallback: unknown): Item {
  const tree = typeOf(type);
  return { name, keys, type: tree, fallback: fallback === undefined ? null : encode(tree, fallback) };
}

/** Written from the published table of spec 425; the last five came later. */
export const ITEMS: readonly Item[] = [
  item("SubnetworkN", [net], "u16", 0),
  item("Keys", [net, uid], "Acct", ZERO_ACCOUNT),
  item("Uids", [net, hotkey], "u16", undefined),
  item("Weights", [index, uid], "Vec<(u16,u16)>", []),
  item("Bonds", [index, uid], "Vec<(u16,u16)>", []),
  item("LastUpdate", [index], "Vec<u64>", []),
  item("BlockAtRegistration", [net, uid], "u64", 0),
  item("ValidatorPermit", [net], "Vec<bool>", []),
  item("TotalHotkeyAlpha", [hotkey, net], "Alpha", 0),
  item("ParentKeys", [hotkey, net], "Vec<(u64,Acct)>", []),
  item("ChildKeys", [hotkey, net], "Vec<(u64,Acct)>", []),
  item("TaoWeight", [], "u64", 971_718_665_099_567_868n),
  item("StakeThreshold", [], "u64", 0),
  item("SubnetOwnerHotkey", [net], "Acct", ZERO_ACCOUNT),
  item("Tempo", [net], "u16", 360),
  item("ActivityCutoffFactorMilli", [net], "u32", 13_889),
  item("Kappa", [net], "u16", 32_767),
  item("BondsPenalty", [net], "u16", 65_535),
  item("BondsMovingAverage", [net], "u64", 900_000),
  item("BondsResetOn", [net], "bool", false),
  item("MaxAllowedValidators", [net], "u16", 128),
  item("AlphaValues", [net], "(u16,u16)", [45_875, 58_982]),
  item("AlphaSigmoidSteepness", [net], "i16", 1000),
  item("CommitRevealWeightsEnabled", [net], "bool", true),
  item("Yuma3On", [netB2], "bool", false),
  item("LiquidAlphaOn", [netB2], "bool", false),
  item("MechanismCountCurrent", [netT64], "u8", 1),
  item("MechanismEmissionSplit", [netT64], "Vec<u16>", undefined),
  item("MinAllowedWeights", [net], "u16", 1024),
  item("WeightsVersionKey", [net], "u64", 0),
  item("WeightsSetRateLimit", [net], "u64", 100),
  item("CommitRevealWeightsVersion", [], "u16", 4),
  item("PendingEpochAt", [net], "u64", 0),
  item("BlocksSinceLastStep", [net], "u64", 0),
  item("LastMechansimStepBlock", [net], "u64", 0),
  item("LastEpochBlock", [net], "u64", 0),
  item("SubnetEpochIndex", [net], "u64", 0),
  item("RevealPeriodEpochs", [netT64], "u64", 1),
  item(
    "WeightCommits",
    [
      ["Twox64Concat", "NetUid"],
      ["Twox64Concat", "Acct"],
    ],
    "Vec<(H256,u64,u64,u64)>",
    undefined,
  ),
  item(
    "TimelockedWeightCommits",
    [
      ["Twox64Concat", "NetUid"],
      ["Twox64Concat", "u64"],
    ],
    "Vec<(Acct,u64,any,u64)>",
    [],
  ),
  item("PendingServerEmission", [net], "Alpha", 0),
  item("PendingValidatorEmission", [net], "Alpha", 0),
  item("PendingRootAlphaDivs", [net], "Alpha", 0),
  item("SubnetAlphaInEmission", [net], "Alpha", 0),
  item("SubnetAlphaOutEmission", [net], "Alpha", 0),
  item("SubnetAlphaIn", [net], "Alpha", 0),
  item("SubnetAlphaOut", [net], "Alpha", 0),
  item("SubnetTAO", [net], "Tao", 0),
  item("SubnetMovingPrice", [net], "I96F32", [0]),
  item("SubnetMechanism", [net], "u16", 0),
  item("SubnetOwnerCut", [], "u16", 11_796),
  item("OwnerCutEnabled", [net], "bool", true),
  item("FirstEmissionBlockNumber", [net], "u64", undefined),
  item("SubtokenEnabled", [net], "bool", false),
  item("NetworkRegistrationAllowed", [net], "bool", true),
  item("NetworksAdded", [net], "bool", false),
  item("TotalNetworks", [], "u16", 0),
  item("Active", [net], "Vec<bool>", []),
  item("Consensus", [net], "Vec<PerU16>", []),
  item("Incentive", [index], "Vec<PerU16>", []),
  item("Dividends", [net], "Vec<PerU16>", []),
  item("ValidatorTrust", [net], "Vec<u16>", []),
  item("StakeWeight", [net], "Vec<u16>", []),
  item("Emission", [net], "Vec<Alpha>", []),
  item("LiquidAlphaConsensusMode", [net], "LiquidMode", ["Auto"]),
  item("SubnetEpochConsensus", [net], "EpochConsensus", ["Yuma"]),
  item("LastYumaStepBlock", [net], "u64", 0),
];

/** The one item of Drand's that matters: the last round whose key is known. */
export const LAST_STORED_ROUND: Item = item("LastStoredRound", [], "u64", 0);

/** Items that a runtime of spec 425 has not. */
export const LATER = ["LiquidAlphaConsensusMode", "SubnetEpochConsensus", "LastYumaStepBlock"];

const HASHERS = { Identity, Twox64Concat, Blake2128Concat };
const text = new TextEncoder();
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** The key of an entry: twox128 of pallet and item, then the hashed keys; accounts as 64 hex digits. */
export function keyOf(name: string, ...args: (number | bigint | string)[]): string {
  const found = ITEMS.find((one) => one.name === name);
  if (found === undefined || found.keys.length !== args.length)
    throw new Error(`no item ${name} of ${args.length} keys`);
  const parts = found.keys.map(([hasher, type], i) => {
    const raw = Uint8Array.from(Buffer.from(encode(typeOf(type), args[i]), "hex"));
    return hexOf(HASHERS[hasher](raw) as Uint8Array);
  });
  return `0x${prefixOf("SubtensorModule", name)}${parts.join("")}`;
}

/** twox128 of a pallet's name and an item's. */
export function prefixOf(pallet: string, name: string): Digits {
  return hexOf(Twox128(text.encode(pallet))) + hexOf(Twox128(text.encode(name)));
}

/** SCALE of an item's value. */
export function scaleOf(name: string, value: unknown): string {
  const found = ITEMS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no item ${name}`);
  return `0x${encode(found.type, value)}`;
}

/** Stores an entry. */
export function put(
  state: Map<string, string>,
  name: string,
  args: (number | bigint | string)[],
  value: unknown,
): void {
  state.set(keyOf(name, ...args), scaleOf(name, value));
}

/** An account made of a number. */
export function accountOf(number: number): Digits {
  return littleEndian(number, 4) + "a5".repeat(28);
}
