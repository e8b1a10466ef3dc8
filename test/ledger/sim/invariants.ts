/** What is true of every state: each rule looks at the whole of it and gives what is wrong, if anything is. */
import { sharePool } from "../../../host/api/shares.js";
import { ledgerKernel } from "../../../host/ledger/kernel.js";
import { EXISTENTIAL_DEPOSIT_RAO } from "../../../host/ledger/rules/currency.js";
import { networksOf } from "../../../host/ledger/rules/networks.js";
import { subnetAccount } from "../../../host/ledger/rules/subnetAccounts.js";
import { BalancesIssuance, FreeBalance } from "../../../host/ledger/state/balances.js";
import { ChildKeys, ParentKeys } from "../../../host/ledger/state/children.js";
import { CHOICES, OpenProposals, Proposals, Snapshots, Tallies, Votes } from "../../../host/ledger/state/governance.js";
import type { AnyItem } from "../../../host/ledger/state/item.js";
import { ITEMS } from "../../../host/ledger/state/items.js";
import {
  Active,
  Consensus,
  Dividends,
  Emission,
  IsNetworkMember,
  Keys,
  SubnetworkN,
  Uids,
  ValidatorPermit,
  ValidatorTrust,
} from "../../../host/ledger/state/neurons.js";
import { SubnetTAO } from "../../../host/ledger/state/pools.js";
import {
  AlphaV2,
  NumStakingColdkeys,
  OwnedHotkeys,
  Owner,
  StakingColdkeys,
  StakingColdkeysByIndex,
  TotalHotkeyAlpha,
  TotalHotkeySharesV2,
} from "../../../host/ledger/state/staking.js";
import type { ReadableState } from "../../../host/ledger/state/state.js";
import { SubnetOwner, TotalNetworks } from "../../../host/ledger/state/subnets.js";

const VECTORS: readonly AnyItem[] = [Active, Emission, Consensus, Dividends, ValidatorTrust, ValidatorPermit];

type Rule = (state: ReadableState) => string | undefined;

/** All free TAO, that of pools included, is the issuance to the rao; nobody has less than the deposit. */
const taoIsConserved: Rule = (state) => {
  let sum = 0n;
  for (const [[account], freeRao] of state.entries(FreeBalance)) {
    if (freeRao < EXISTENTIAL_DEPOSIT_RAO) return `${account} has ${freeRao}`;
    sum += freeRao;
  }
  const issuedRao = state.read(BalancesIssuance);
  return sum === issuedRao ? undefined : `${sum} in accounts, ${issuedRao} issued`;
};

/** No number is negative or too wide for its item: what is stored reads back as it is. */
const numbersFit: Rule = (state) => {
  for (const item of ITEMS) {
    for (const [keys, value] of state.entries(item)) {
      const kind = typeof value;
      if (kind !== "bigint" && kind !== "number") continue;
      if (item.value.dec(item.value.enc(value)) !== value) return `${item.name}(${keys}) is ${value}`;
    }
  }
  return undefined;
};

/** A coldkey's list of hotkeys and the owners of hotkeys say the same. */
const ownersAgree: Rule = (state) => {
  for (const [[hotkey], coldkey] of state.entries(Owner)) {
    if (!state.read(OwnedHotkeys, coldkey).includes(hotkey)) return `${coldkey} does not list ${hotkey}`;
  }
  for (const [[coldkey], hotkeys] of state.entries(OwnedHotkeys)) {
    const foreign = hotkeys.find((hotkey) => state.read(Owner, hotkey) !== coldkey);
    if (foreign) return `${coldkey} lists ${foreign}`;
    if (new Set(hotkeys).size < hotkeys.length) return `${coldkey} lists a hotkey twice`;
  }
  return undefined;
};

/** The stakes with a hotkey on a subnet are not more than all of it. */
const stakesFit: Rule = (state) => {
  const shares = sharePool(ledgerKernel);
  const sums = new Map<string, bigint>();
  for (const [[hotkey, , netuid], share] of state.entries(AlphaV2)) {
    const sharedValueRao = state.read(TotalHotkeyAlpha, hotkey, netuid);
    const denominator = state.read(TotalHotkeySharesV2, hotkey, netuid);
    const place = `${hotkey} on ${netuid}`;
    const sum = (sums.get(place) ?? 0n) + shares.value({ sharedValueRao, denominator, share });
    if (sum > sharedValueRao) return `stakes with ${place} are ${sum} of ${sharedValueRao}`;
    sums.set(place, sum);
  }
  return undefined;
};

/** A subnet's account holds what is in its pool. */
const poolsAreFunded: Rule = (state) => {
  for (const [[netuid], taoRao] of state.entries(SubnetTAO)) {
    const heldRao = state.read(FreeBalance, subnetAccount(netuid));
    if (heldRao < taoRao) return `subnet ${netuid} has ${taoRao} in its pool and ${heldRao} in its account`;
  }
  return undefined;
};

/** Coldkeys with root stake are numbered without gaps, both ways. */
const numbersOfStakersAgree: Rule = (state) => {
  const all = state.entries(StakingColdkeysByIndex);
  if (BigInt(all.length) !== state.read(NumStakingColdkeys)) return `${all.length} numbers`;
  const wrong = all.find(([[k], coldkey], at) => k !== BigInt(at) || state.read(StakingColdkeys, coldkey) !== k);
  return wrong && `number ${wrong[0][0]}`;
};

/** The uids of a network are 0 to n − 1, each of one hotkey that knows it; every vector is as long. */
const uidsAgree: Rule = (state) => {
  for (const netuid of networksOf(state)) {
    const n = state.read(SubnetworkN, netuid);
    const keys = state.entries(Keys, netuid);
    if (keys.length !== n || state.entries(Uids, netuid).length !== n) return `${netuid} has ${n} uids, not as listed`;
    const wrong = keys.find(([[, uid], hotkey]) => uid >= n || state.read(Uids, netuid, hotkey) !== uid);
    if (wrong) return `uid ${wrong[0][1]} of ${netuid}`;
    const stray = keys.find(([, hotkey]) => !state.read(IsNetworkMember, hotkey, netuid));
    if (stray) return `${stray[1]} is no member of ${netuid}`;
    const uneven = VECTORS.find((item) => (state.read(item, netuid) as readonly unknown[]).length !== n);
    if (uneven) return `${uneven.name}(${netuid}) is not as long as the network, ${n}`;
  }
  return undefined;
};

/** What one counts of networks and says of their owners is so. */
const networksAgree: Rule = (state) => {
  const networks = networksOf(state);
  if (networks.length !== state.read(TotalNetworks)) return `${networks.length} networks`;
  const ended = state.entries(SubnetOwner).find(([[netuid]]) => !networks.includes(netuid));
  return ended && `${ended[0][0]} has an owner and is not`;
};

/** Parents and children say the same of each other. */
const familiesAgree: Rule = (state) => {
  for (const [from, to] of [
    [ChildKeys, ParentKeys],
    [ParentKeys, ChildKeys],
  ] as const) {
    for (const [[hotkey, netuid], family] of state.entries(from)) {
      for (const [proportion, relative] of family) {
        const back = state.read(to, relative, netuid).find(([, other]) => other === hotkey);
        if (back?.[0] !== proportion) return `${from.name}(${hotkey}, ${netuid}) of ${relative}`;
      }
    }
  }
  return undefined;
};

/** A tally is the sum of its votes; every vote that runs has its opening remembered, and nothing else has. */
const votesAddUp: Rule = (state) => {
  let [open, voting] = [0, 0];
  for (const [[id], { status, openedAt }] of state.entries(Proposals)) {
    const votes = state.entries(Votes, id);
    for (const choice of CHOICES) {
      const sum = votes.reduce((all, [, vote]) => all + (vote.choice === choice ? vote.power.weightRao : 0n), 0n);
      if (sum !== state.read(Tallies, id)[choice].weightRao) return `${choice} of proposal ${id} is not ${sum}`;
    }
    const isOpen = status === "submitted" || status === "voting";
    if (isOpen) open += 1;
    if (status === "voting") voting += state.read(Snapshots, openedAt) ? 1 : 1_000;
  }
  const needed = state.entries(Snapshots).reduce((sum, [, needs]) => sum + needs, 0);
  if (needed !== voting) return `${needed} openings remembered for ${voting} votes`;
  if (open !== state.read(OpenProposals)) return `${open} proposals are open`;
  return undefined;
};

const RULES = {
  uidsAgree,
  networksAgree,
  familiesAgree,
  taoIsConserved,
  numbersFit,
  ownersAgree,
  stakesFit,
  poolsAreFunded,
  numbersOfStakersAgree,
  votesAddUp,
};

/** The first rule a state breaks, and how. */
export function broken(state: ReadableState): { readonly rule: string; readonly how: string } | undefined {
  for (const [rule, look] of Object.entries(RULES)) {
    const how = look(state);
    if (how !== undefined) return { rule, how };
  }
  return undefined;
}
