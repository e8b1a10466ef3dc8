/**
 * What is true of every state. A rule holds at places of it, an account or a subnet, say, and knows which places an entry belongs to: after a block
 * it is enough to look where something changed.
 */
import { sharePool } from "../../../host/api/shares.js";
import { ledgerKernel } from "../../../host/ledger/kernel.js";
import { EXISTENTIAL_DEPOSIT_RAO } from "../../../host/ledger/rules/currency.js";
import { networksOf } from "../../../host/ledger/rules/networks.js";
import { subnetAccount } from "../../../host/ledger/rules/subnetAccounts.js";
import { BalancesIssuance, FreeBalance } from "../../../host/ledger/state/balances.js";
import { ChildKeys, ParentKeys } from "../../../host/ledger/state/children.js";
import type { Account } from "../../../host/ledger/state/codecs.js";
import { CHOICES, OpenProposals, Proposals, Snapshots, Tallies, Votes } from "../../../host/ledger/state/governance.js";
import type { AnyItem } from "../../../host/ledger/state/item.js";
import { ITEM_BY_NAME, ITEMS } from "../../../host/ledger/state/items.js";
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
import { NetworksAdded, SubnetOwner, TotalNetworks } from "../../../host/ledger/state/subnets.js";
import { Sums, type Touched } from "./touched.js";

const VECTORS: readonly AnyItem[] = [Active, Emission, Consensus, Dividends, ValidatorTrust, ValidatorPermit];
const UID_ITEMS: readonly AnyItem[] = [...VECTORS, SubnetworkN, Keys, NetworksAdded];

const shares = sharePool(ledgerKernel);

type Place = readonly (string | number)[];

/** A rule. */
interface Rule {
  /** Everywhere it must hold. */
  readonly places: (state: ReadableState) => Iterable<Place>;
  /** Where it may no longer hold once an entry has changed. */
  readonly near: (touched: Touched) => Iterable<Place>;
  /** What is wrong at a place, if anything is. */
  readonly look: (state: ReadableState, ...place: never) => string | undefined;
}

const EVERYWHERE: readonly Place[] = [[]];

/** A rule of the state as a whole, to be looked at again when one of some items changes. */
function whole(items: readonly AnyItem[], look: (state: ReadableState) => string | undefined): Rule {
  return { places: () => EVERYWHERE, near: ({ item }) => (items.includes(item) ? EVERYWHERE : []), look };
}

/** All free TAO, that of pools included, is the issuance to the rao. */
const taoIsConserved = whole([], (state) => {
  const sum = state.entries(FreeBalance).reduce((all, [, freeRao]) => all + freeRao, 0n);
  return notTheIssuance(state, sum);
});

function notTheIssuance(state: ReadableState, sum: bigint): string | undefined {
  const issuedRao = state.read(BalancesIssuance);
  return sum === issuedRao ? undefined : `${sum} in accounts, ${issuedRao} issued`;
}

/** Nobody has less than the deposit. */
const depositsAreHeld: Rule = {
  places: (state) => state.entries(FreeBalance).map(([keys]) => keys),
  near: ({ item, keys }) => (item === FreeBalance ? [keys as Place] : []),
  look: (state, account: Account) => {
    const freeRao = state.read(FreeBalance, account);
    return state.has(FreeBalance, account) && freeRao < EXISTENTIAL_DEPOSIT_RAO
      ? `${account} has ${freeRao}`
      : undefined;
  },
};

const isNumber = (value: unknown) => typeof value === "bigint" || typeof value === "number";

/** No number is negative or too wide for its item: what is stored reads back as it is. */
const numbersFit: Rule = {
  *places(state) {
    for (const item of ITEMS) {
      for (const [keys, value] of state.entries(item)) if (isNumber(value)) yield [item.name, ...keys];
    }
  },
  near: ({ item, keys }) => [[item.name, ...(keys as Place)]],
  look: (state, name: string, ...keys: Place) => {
    const item = ITEM_BY_NAME.get(name) as AnyItem;
    const value = state.read(item, ...keys);
    const fits = !isNumber(value) || item.value.dec(item.value.enc(value)) === value;
    return fits ? undefined : `${name}(${keys}) is ${value}`;
  },
};

const asAccounts = (value: unknown): readonly Account[] => [(value as Account | readonly Account[]) ?? []].flat();

/** A coldkey's list of hotkeys and the owners of hotkeys say the same. */
const ownersAgree: Rule = {
  places: (state) => [
    ...state.entries(Owner).map(([[hotkey]]) => ["hotkey", hotkey] as const),
    ...state.entries(OwnedHotkeys).map(([[coldkey]]) => ["coldkey", coldkey] as const),
  ],
  near: ({ item, keys, before, after }) => {
    if (item !== Owner && item !== OwnedHotkeys) return [];
    const [own, other] = item === Owner ? (["hotkey", "coldkey"] as const) : (["coldkey", "hotkey"] as const);
    const others = [...asAccounts(before), ...asAccounts(after)];
    return [[own, keys[0] as Account], ...others.map((account) => [other, account] as const)];
  },
  look: (state, kind: "hotkey" | "coldkey", account: Account) => {
    if (kind === "hotkey") {
      const coldkey = state.read(Owner, account);
      const isListed = coldkey === undefined || state.read(OwnedHotkeys, coldkey).includes(account);
      return isListed ? undefined : `${coldkey} does not list ${account}`;
    }
    const hotkeys = state.read(OwnedHotkeys, account);
    const foreign = hotkeys.find((hotkey) => state.read(Owner, hotkey) !== account);
    if (foreign) return `${account} lists ${foreign}`;
    return new Set(hotkeys).size < hotkeys.length ? `${account} lists a hotkey twice` : undefined;
  },
};

/** The stakes with a hotkey on a subnet are not more than all of it. */
const stakesFit: Rule = {
  places: (state) => state.entries(AlphaV2).map(([[hotkey, , netuid]]) => [hotkey, netuid]),
  near: ({ item, keys }) => {
    if (item === AlphaV2) return [[keys[0] as Account, keys[2] as number]];
    return item === TotalHotkeyAlpha || item === TotalHotkeySharesV2 ? [keys as Place] : [];
  },
  look: (state, hotkey: Account, netuid: number) => {
    const sharedValueRao = state.read(TotalHotkeyAlpha, hotkey, netuid);
    const denominator = state.read(TotalHotkeySharesV2, hotkey, netuid);
    let sum = 0n;
    for (const [[, , on], share] of state.entries(AlphaV2, hotkey)) {
      if (on === netuid) sum += shares.value({ sharedValueRao, denominator, share });
    }
    return sum > sharedValueRao ? `stakes with ${hotkey} on ${netuid} are ${sum} of ${sharedValueRao}` : undefined;
  },
};

/** A subnet's account holds what is in its pool. */
const poolsAreFunded = whole([SubnetTAO, FreeBalance], (state) => {
  for (const [[netuid], taoRao] of state.entries(SubnetTAO)) {
    const heldRao = state.read(FreeBalance, subnetAccount(netuid));
    if (heldRao < taoRao) return `subnet ${netuid} has ${taoRao} in its pool and ${heldRao} in its account`;
  }
  return undefined;
});

/** Coldkeys with root stake are numbered without gaps, both ways. */
const numbersOfStakersAgree = whole([NumStakingColdkeys, StakingColdkeys, StakingColdkeysByIndex], (state) => {
  const all = state.entries(StakingColdkeysByIndex);
  if (BigInt(all.length) !== state.read(NumStakingColdkeys)) return `${all.length} numbers`;
  const wrong = all.find(([[k], coldkey], at) => k !== BigInt(at) || state.read(StakingColdkeys, coldkey) !== k);
  return wrong && `number ${wrong[0][0]}`;
});

/** The uids of a network are 0 to n − 1, each of one hotkey that knows it; every vector is as long. */
const uidsAgree: Rule = {
  places: (state) => networksOf(state).map((netuid) => [netuid]),
  near: ({ item, keys }) => {
    if (item === Uids) return [[keys[0] as number]];
    if (item === IsNetworkMember) return [[keys[1] as number]];
    return UID_ITEMS.includes(item) ? [[keys[0] as number]] : [];
  },
  look: (state, netuid: number) => {
    if (!state.read(NetworksAdded, netuid)) return undefined;
    const n = state.read(SubnetworkN, netuid);
    const keys = state.entries(Keys, netuid);
    if (keys.length !== n || state.entries(Uids, netuid).length !== n) return `${netuid} has ${n} uids, not as listed`;
    const wrong = keys.find(([[, uid], hotkey]) => uid >= n || state.read(Uids, netuid, hotkey) !== uid);
    if (wrong) return `uid ${wrong[0][1]} of ${netuid}`;
    const stray = keys.find(([, hotkey]) => !state.read(IsNetworkMember, hotkey, netuid));
    if (stray) return `${stray[1]} is no member of ${netuid}`;
    const uneven = VECTORS.find((item) => (state.read(item, netuid) as readonly unknown[]).length !== n);
    return uneven && `${uneven.name}(${netuid}) is not as long as the network, ${n}`;
  },
};

/** What one counts of networks and says of their owners is so. */
const networksAgree = whole([NetworksAdded, TotalNetworks, SubnetOwner], (state) => {
  const networks = networksOf(state);
  if (networks.length !== state.read(TotalNetworks)) return `${networks.length} networks`;
  const ended = state.entries(SubnetOwner).find(([[netuid]]) => !networks.includes(netuid));
  return ended && `${ended[0][0]} has an owner and is not`;
});

const relativesOf = (family: unknown) =>
  ((family ?? []) as readonly (readonly [bigint, Account])[]).map(([, of]) => of);

/** Parents and children say the same of each other. */
const familiesAgree: Rule = {
  places: (state) => [...state.entries(ChildKeys), ...state.entries(ParentKeys)].map(([keys]) => keys),
  near: ({ item, keys, before, after }) => {
    if (item !== ChildKeys && item !== ParentKeys) return [];
    const hotkeys = [keys[0] as Account, ...relativesOf(before), ...relativesOf(after)];
    return hotkeys.map((hotkey) => [hotkey, keys[1] as number]);
  },
  look: (state, hotkey: Account, netuid: number) => {
    for (const [from, to] of [
      [ChildKeys, ParentKeys],
      [ParentKeys, ChildKeys],
    ] as const) {
      for (const [proportion, relative] of state.read(from, hotkey, netuid)) {
        const back = state.read(to, relative, netuid).find(([, other]) => other === hotkey);
        if (back?.[0] !== proportion) return `${from.name}(${hotkey}, ${netuid}) of ${relative}`;
      }
    }
    return undefined;
  },
};

/** A tally is the sum of its votes; every vote that runs has its opening remembered, and nothing else has. */
const votesAddUp = whole([Proposals, Votes, Tallies, Snapshots, OpenProposals], (state) => {
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
  return open === state.read(OpenProposals) ? undefined : `${open} proposals are open`;
});

/** All of them. */
export const RULES = {
  uidsAgree,
  networksAgree,
  familiesAgree,
  taoIsConserved,
  depositsAreHeld,
  numbersFit,
  ownersAgree,
  stakesFit,
  poolsAreFunded,
  numbersOfStakersAgree,
  votesAddUp,
} as const satisfies Record<string, Rule>;

/** A rule that is broken, and how. */
export interface Broken {
  readonly rule: string;
  readonly how: string;
}

type Where = (rule: Rule) => Iterable<Place>;

function firstBroken(state: ReadableState, where: Where): Broken | undefined {
  for (const [rule, one] of Object.entries(RULES) as [string, Rule][]) {
    const places = new Map<string, Place>();
    for (const place of where(one)) places.set(place.join(), place);
    for (const place of places.values()) {
      const how = one.look(state, ...(place as never));
      if (how !== undefined) return { rule, how };
    }
  }
  return undefined;
}

/** The first rule a state breaks, looked for everywhere. */
export function broken(state: ReadableState): Broken | undefined {
  return firstBroken(state, ({ places }) => places(state));
}

/** Goes along with a state that was sound, and sees which rule the last changes broke. */
export class Watch {
  readonly #freeRao: Sums<readonly [Account]>;

  constructor(readonly state: ReadableState) {
    this.#freeRao = new Sums(state, FreeBalance, () => "");
  }

  /** The first rule that is broken where something changed. */
  follow(changes: readonly Touched[]): Broken | undefined {
    for (const touched of changes) this.#freeRao.follow(touched);
    const how = notTheIssuance(this.state, this.#freeRao.of(""));
    if (how !== undefined) return { rule: "taoIsConserved", how };
    return firstBroken(this.state, ({ near }) => changes.flatMap((touched) => [...near(touched)]));
  }
}
