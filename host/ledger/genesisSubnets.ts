/** The subnets a genesis begins with: owners, pools, neurons, stake, parameters; and who is staked on the root. */
import * as v from "valibot";
import { shown } from "../errors.js";
import { integer, refuse } from "../marshal/values.js";
import { toAccount } from "./accounts/address.js";
import { readRao } from "./calls/arguments.js";
import { readValue } from "./genesisValues.js";
import { ledgerKernel } from "./kernel.js";
import type { RuleContext } from "./rules/context.js";
import { initRoot, initSubnet, openSubnet } from "./rules/createSubnet.js";
import { EXISTENTIAL_DEPOSIT_RAO } from "./rules/currency.js";
import { becomeDelegate, createHotkey } from "./rules/hotkeys.js";
import { appendNeuron } from "./rules/neurons.js";
import { increaseStake } from "./rules/stake.js";
import { subnetAccount } from "./rules/subnetAccounts.js";
import { ROOT_NETUID } from "./rules/subnetChecks.js";
import { FreeBalance } from "./state/balances.js";
import type { Account } from "./state/codecs.js";
import { HYPERPARAMETER_ITEMS } from "./state/hyperparameters.js";
import type { AnyItem } from "./state/item.js";
import { Uids } from "./state/neurons.js";
import { POOL_ITEMS, SubnetAlphaOut, SubnetTAO, TotalStake } from "./state/pools.js";
import type { State } from "./state/state.js";
import { FirstEmissionBlockNumber, SUBNET_ITEMS, SubnetEmissionEnabled, SubtokenEnabled } from "./state/subnets.js";

/** A hotkey and the coldkey that owns it: ss58 addresses, or 0x-hex. */
export interface GenesisNeuron {
  readonly hotkey: string;
  readonly coldkey: string;
}

/** Stake of a coldkey with a hotkey that some neuron or owner brings. Rao: of alpha on a subnet, of TAO on the root. */
export interface GenesisStake {
  readonly hotkey: string;
  readonly coldkey: string;
  readonly amountRao: bigint | string;
}

/** A subnet there is from the beginning, started, in emission. */
export interface GenesisSubnet {
  /** 1 to 4095. */
  readonly netuid: number;
  readonly owner: string;
  /** Its neuron has uid 0. */
  readonly ownerHotkey: string;
  /** The pool; its price is their quotient. TAO comes into being with it, at least 500 rao. Usually 1000 TAO and as much alpha. */
  readonly poolTaoRao?: bigint | string | undefined;
  readonly poolAlphaRao?: bigint | string | undefined;
  /** From uid 1 on. */
  readonly neurons?: readonly GenesisNeuron[] | undefined;
  readonly stakes?: readonly GenesisStake[] | undefined;
  /** Single values of this subnet by the chain's name: `{ "SubtensorModule.Tempo": 20 }`. */
  readonly parameters?: Readonly<Record<string, bigint | string | number | boolean>> | undefined;
}

const NEURON = v.strictObject({ hotkey: v.string(), coldkey: v.string() });
const STAKE = v.strictObject({ hotkey: v.string(), coldkey: v.string(), amountRao: v.unknown() });

/** The fields of a genesis that are read here. */
export const SUBNET_FIELDS = {
  subnets: v.optional(
    v.array(
      v.strictObject({
        netuid: v.number(),
        owner: v.string(),
        ownerHotkey: v.string(),
        poolTaoRao: v.optional(v.unknown()),
        poolAlphaRao: v.optional(v.unknown()),
        neurons: v.optional(v.array(NEURON)),
        stakes: v.optional(v.array(STAKE)),
        parameters: v.optional(v.record(v.string(), v.unknown())),
      }),
    ),
  ),
  rootStakes: v.optional(v.array(STAKE)),
};

const INPUT = v.object(SUBNET_FIELDS);
type Input = v.InferOutput<typeof INPUT>;

const MOST_NETUID = 4095;
const POOL_RAO = 1_000_000_000_000n;
const SUBNET_PARAMETERS = new Map(
  [...HYPERPARAMETER_ITEMS, ...SUBNET_ITEMS, ...POOL_ITEMS].flatMap((one: AnyItem) =>
    one.depth === 1 ? [[one.name, one] as const] : [],
  ),
);

interface Stake {
  readonly hotkey: Account;
  readonly coldkey: Account;
  readonly amountRao: bigint;
}

interface Subnet {
  readonly netuid: number;
  readonly owner: Account;
  readonly ownerHotkey: Account;
  readonly poolTaoRao: bigint;
  readonly poolAlphaRao: bigint;
  readonly neurons: readonly { readonly hotkey: Account; readonly coldkey: Account }[];
  readonly stakes: readonly Stake[];
  readonly parameters: Readonly<Record<string, bigint | number | boolean | string>>;
}

/** What was read: subnets in order of netuid. */
export interface GenesisSubnets {
  readonly subnets: readonly Subnet[];
  readonly rootStakes: readonly Stake[];
}

/** Reads subnets. Throws BAD_VALUE, naming the field. */
export function readSubnets({ subnets = [], rootStakes = [] }: Input): GenesisSubnets {
  const found = subnets.map((subnet, k) => readSubnet(`subnets[${k}]`, subnet));
  const netuids = new Set(found.map(({ netuid }) => netuid));
  if (netuids.size < found.length) refuse("subnets", "one entry a netuid", "a netuid twice");
  const onRoot = rootStakes.map((stake, k) => readStake(`rootStakes[${k}]`, stake, EXISTENTIAL_DEPOSIT_RAO));
  checkHotkeys(found, onRoot);
  return { subnets: found.sort((a, b) => a.netuid - b.netuid), rootStakes: onRoot };
}

/** Every hotkey has one coldkey, and stake lies with hotkeys that have one. */
function checkHotkeys(subnets: readonly Subnet[], rootStakes: readonly Stake[]): void {
  const owners = new Map<Account, Account>();
  const own = (where: string, hotkey: Account, coldkey: Account) => {
    if ((owners.get(hotkey) ?? coldkey) !== coldkey) refuse(where, "a hotkey with one coldkey", hotkey);
    owners.set(hotkey, coldkey);
  };
  for (const { owner, ownerHotkey, neurons } of subnets) {
    own("subnets", ownerHotkey, owner);
    for (const { hotkey, coldkey } of neurons) own("subnets", hotkey, coldkey);
  }
  for (const { hotkey, coldkey } of rootStakes) if (!owners.has(hotkey)) own("rootStakes", hotkey, coldkey);
  for (const { hotkey } of subnets.flatMap(({ stakes }) => stakes)) {
    if (!owners.has(hotkey))
      refuse("subnets", "stake with a hotkey that a neuron, an owner or the root brings", hotkey);
  }
}

function readSubnet(where: string, input: NonNullable<Input["subnets"]>[number]): Subnet {
  const { poolTaoRao = POOL_RAO, poolAlphaRao = POOL_RAO, neurons = [], stakes = [], parameters = {} } = input;
  const taoRao = readRao(`${where}.poolTaoRao`, poolTaoRao);
  if (taoRao < EXISTENTIAL_DEPOSIT_RAO)
    refuse(`${where}.poolTaoRao`, `at least ${EXISTENTIAL_DEPOSIT_RAO} rao`, taoRao);
  const values = Object.entries(parameters).map(([name, value]) => {
    const at = `${where}.parameters[${shown(name)}]`;
    const item = SUBNET_PARAMETERS.get(name) ?? refuse(at, "a single value of a subnet", name);
    return [name, readValue(at, item, value)] as const;
  });
  return {
    netuid: integer(`${where}.netuid`, input.netuid, 1, MOST_NETUID),
    owner: toAccount(`${where}.owner`, input.owner),
    ownerHotkey: toAccount(`${where}.ownerHotkey`, input.ownerHotkey),
    poolTaoRao: taoRao,
    poolAlphaRao: readRao(`${where}.poolAlphaRao`, poolAlphaRao),
    neurons: neurons.map(({ hotkey, coldkey }, k) => ({
      hotkey: toAccount(`${where}.neurons[${k}].hotkey`, hotkey),
      coldkey: toAccount(`${where}.neurons[${k}].coldkey`, coldkey),
    })),
    stakes: stakes.map((stake, k) => readStake(`${where}.stakes[${k}]`, stake)),
    parameters: Object.fromEntries(values.sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function readStake(where: string, stake: v.InferOutput<typeof STAKE>, leastRao = 0n): Stake {
  const { hotkey, coldkey } = stake;
  const amountRao = readRao(`${where}.amountRao`, stake.amountRao);
  if (amountRao < leastRao) refuse(`${where}.amountRao`, `at least ${leastRao} rao`, stake.amountRao);
  return {
    hotkey: toAccount(`${where}.hotkey`, hotkey),
    coldkey: toAccount(`${where}.coldkey`, coldkey),
    amountRao,
  };
}

/** Puts the root and the subnets into a state in block 0. Returns the TAO that comes into being with them, rao. */
export function beginSubnets(state: State, { subnets, rootStakes }: GenesisSubnets): bigint {
  const context: RuleContext = {
    state,
    get kernel() {
      return ledgerKernel();
    },
    emit: () => {},
  };
  initRoot(state);
  let bornRao = 0n;
  for (const subnet of subnets) {
    begin(context, subnet);
    bornRao += subnet.poolTaoRao;
  }
  for (const { hotkey, coldkey, amountRao } of rootStakes) {
    seat(state, ROOT_NETUID, hotkey, coldkey);
    becomeDelegate(state, hotkey);
    addStake(context, ROOT_NETUID, { hotkey, coldkey, amountRao });
    state.write(SubnetTAO, ROOT_NETUID, state.read(SubnetTAO, ROOT_NETUID) + amountRao);
    state.write(TotalStake, state.read(TotalStake) + amountRao);
    endow(state, ROOT_NETUID, amountRao);
    bornRao += amountRao;
  }
  return bornRao;
}

function begin(context: RuleContext, subnet: Subnet): void {
  const { state } = context;
  const { netuid, owner, ownerHotkey, poolTaoRao, poolAlphaRao, neurons, stakes, parameters } = subnet;
  initSubnet(state, netuid);
  openSubnet(context, { netuid, coldkey: owner, hotkey: ownerHotkey, lockedRao: poolTaoRao, poolTaoRao, poolAlphaRao });
  endow(state, netuid, poolTaoRao);
  state.write(FirstEmissionBlockNumber, netuid, 1);
  state.write(SubtokenEnabled, netuid, true);
  state.write(SubnetEmissionEnabled, netuid, true);
  for (const { hotkey, coldkey } of neurons) seat(state, netuid, hotkey, coldkey);
  for (const stake of stakes) addStake(context, netuid, stake);
  for (const [name, value] of Object.entries(parameters)) {
    state.write(SUBNET_PARAMETERS.get(name) as AnyItem, netuid, value);
  }
}

/** Gives a hotkey a uid, unless it has one. */
function seat(state: State, netuid: number, hotkey: Account, coldkey: Account): void {
  createHotkey(state, coldkey, hotkey);
  if (!state.has(Uids, netuid, hotkey)) appendNeuron(state, netuid, hotkey);
}

function addStake(context: RuleContext, netuid: number, { hotkey, coldkey, amountRao }: Stake): void {
  if (amountRao === 0n) return;
  const { state } = context;
  increaseStake(context, hotkey, coldkey, netuid, amountRao);
  state.write(SubnetAlphaOut, netuid, state.read(SubnetAlphaOut, netuid) + amountRao);
}

function endow(state: State, netuid: number, taoRao: bigint): void {
  const account = subnetAccount(netuid);
  state.write(FreeBalance, account, state.read(FreeBalance, account) + taoRao);
}
