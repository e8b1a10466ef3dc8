/** A subnet of a live network as the beginning of a ledger: what a snapshot of its epoch says, put into a genesis. */
import { blake2b } from "@noble/hashes/blake2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { checkSnapshot } from "../marshal/snapshot.js";
import { array, integer, present, record, refuse } from "../marshal/values.js";
import type { EpochSnapshot, MechanismInput, MechanismsSnapshot } from "../types.js";
import { toAccount } from "./accounts/address.js";
import { readRao } from "./calls/arguments.js";
import { type ForkedSubnet, writeSubnet } from "./forkedSubnet.js";
import type { Genesis } from "./genesis.js";
import { entriesOf } from "./genesisEntries.js";
import { readLedgerRules } from "./rules/ruleSet.js";
import { subnetAccount } from "./rules/subnetAccounts.js";
import { ROOT_NETUID } from "./rules/subnetChecks.js";
import { type Account, toHex } from "./state/codecs.js";
import { State } from "./state/state.js";

/** What a snapshot does not say. */
export interface ForkOptions {
  /** The name of the network to be. */
  readonly name: string;
  /** By default the snapshot's, or 1. */
  readonly netuid?: number | undefined;
  readonly rootKey?: string | undefined;
  /** Free balances on top of the pool's and the root's TAO. */
  readonly balancesRao?: Genesis["balancesRao"] | undefined;
  /** The coldkey of each uid. By default accounts nobody has the key of. */
  readonly coldkeys?: readonly string[] | undefined;
  /** The pool; usually 1000 TAO and as much alpha. */
  readonly poolTaoRao?: bigint | string | undefined;
  readonly poolAlphaRao?: bigint | string | undefined;
  readonly parameters?: Genesis["parameters"];
}

const POOL_RAO = 1_000_000_000_000n;
const MOST_NETUID = 4095;
const SIGNED_MOST = (1n << 63n) - 1n;

/**
 * The genesis of a ledger whose first block is the one the snapshot's epoch runs in, and whose epoch is due there with the
 * snapshot's emission waiting. The network is this subnet and the root. Every stake is its hotkey's coldkey's own, and as large as the
 * inherited one of the snapshot, so that the epoch sees the same stakes. Hotkeys are the snapshot's, or accounts made up from uids. It
 * goes on under the snapshot's rules, with its modes and the consensus of the epoch before.
 *
 * Throws YumaError as `epoch` does, RULES_CONFLICT for rules no ledger runs under, and BAD_VALUE where a ledger cannot be in such a state: block 0, tempo 0, a hotkey twice, stake of
 * 2^63 rao or more, a cutoff that no factor of the tempo gives.
 */
export function genesisFromSnapshot(snapshot: EpochSnapshot | MechanismsSnapshot, options: ForkOptions): Genesis {
  const subnet = readSubnet(snapshot, options);
  const state = new State();
  writeSubnet(state, subnet);
  const rootRao = subnet.taoStakeRao.reduce((sum, rao) => sum + rao, 0n);
  const poolsRao = { [subnetAccount(subnet.netuid)]: subnet.poolTaoRao, [subnetAccount(ROOT_NETUID)]: rootRao };
  const held = Object.fromEntries(Object.entries(poolsRao).filter(([, rao]) => rao > 0n));
  const { name, rootKey, balancesRao, parameters } = options;
  const { rules } = subnet;
  return {
    schemaVersion: 1,
    name,
    firstBlock: Number(subnet.shared.currentBlock) - 1,
    balancesRao: { ...balancesRao, ...held },
    ...(rootKey === undefined ? {} : { rootKey }),
    ...(rules === undefined ? {} : { rules }),
    ...(parameters === undefined ? {} : { parameters }),
    entries: entriesOf(state),
  };
}

function readSubnet(snapshot: EpochSnapshot | MechanismsSnapshot, options: ForkOptions): ForkedSubnet {
  record("The snapshot", snapshot);
  const { shared, mechanisms, split } = parted(snapshot);
  // Each mechanism's epoch is one the kernel takes; nothing is read before that.
  for (const own of mechanisms) checkSnapshot({ ...shared, ...own });
  const { n } = shared;
  const block = BigInt(shared.currentBlock);
  if (block < 1n || block > 0xffff_ffffn) refuse("currentBlock", "from 1 to 2^32 - 1", shared.currentBlock);
  const hotkeys = accounts("hotkeys", (shared as { readonly hotkeys?: unknown }).hotkeys, n, "hotkey");
  if (new Set(hotkeys).size < n) refuse("hotkeys", "one entry a hotkey", "a hotkey twice");
  return {
    netuid: integer("netuid", options.netuid ?? shared.source?.netuid ?? 1, 1, MOST_NETUID),
    shared,
    mechanisms,
    split,
    hotkeys,
    coldkeys: accounts("coldkeys", options.coldkeys, n, "coldkey"),
    alphaStakeRao: stakes("alphaStake", shared.alphaStake),
    taoStakeRao: stakes("taoStake", shared.taoStake),
    poolTaoRao: readRao("poolTaoRao", options.poolTaoRao ?? POOL_RAO),
    poolAlphaRao: readRao("poolAlphaRao", options.poolAlphaRao ?? POOL_RAO),
    activityFactorMilli: activityFactor(shared),
    rules: shared.rules === undefined ? undefined : readLedgerRules(shared.rules),
  };
}

/** What all mechanisms share, and each one's own. */
function parted(snapshot: EpochSnapshot | MechanismsSnapshot): Pick<ForkedSubnet, "shared" | "mechanisms" | "split"> {
  if (!("mechanisms" in snapshot)) {
    const { lastUpdate, commitBlocks, weights, bonds, previousConsensus = null, ...shared } = snapshot;
    const own = { lastUpdate, commitBlocks, weights, bonds, previousConsensus };
    return { shared, mechanisms: [own], split: null };
  }
  const { mechanismCount, split, mechanisms, ...shared } = snapshot;
  const own = array("mechanisms", mechanisms) as readonly MechanismInput[];
  if (own.length !== mechanismCount || own.length === 0)
    refuse("mechanisms", "as many as mechanismCount", mechanismCount);
  return { shared, mechanisms: own, split: present("split", split) };
}

/** One account a uid, as given or made up: nobody has the key of the BLAKE2b-256 of "yuma fork hotkey 7". */
function accounts(where: string, given: unknown, n: number, kind: string): readonly Account[] {
  if (given === undefined || given === null) {
    return Array.from({ length: n }, (_, uid) =>
      toHex(blake2b(utf8ToBytes(`yuma fork ${kind} ${uid}`), { dkLen: 32 })),
    );
  }
  const list = array(where, given);
  if (list.length !== n) refuse(where, `${n} addresses`, list.length);
  return Array.from(list, (address, uid) => toAccount(`${where}[${uid}]`, address));
}

function stakes(where: string, given: EpochSnapshot["alphaStake"]): readonly bigint[] {
  const raos = given.map(BigInt);
  const total = raos.reduce((sum, rao) => sum + rao, 0n);
  return total > SIGNED_MOST ? refuse(where, "less than 2^63 rao in all", total) : raos;
}

/** The thousandths of a tempo that make the cutoff: max(1, ⌊factor · tempo / 1000⌋) blocks. */
function activityFactor({ tempo, activityCutoff }: ForkedSubnet["shared"]): number {
  if (tempo === 0) return refuse("tempo", "at least 1", tempo);
  const cutoff = Number(activityCutoff);
  const factor = Math.ceil((cutoff * 1000) / tempo);
  const gives = Math.max(1, Math.floor((factor * tempo) / 1000));
  return gives === cutoff && factor < 2 ** 32
    ? factor
    : refuse("activityCutoff", "a part of the tempo", activityCutoff);
}
