/** A block's emission: the state in, what every subnet gets out. */
import * as abi from "../../../assembly/emission/contract.js";
import type { Kernel } from "../../load/kernel.js";
import { guarded } from "../../load/kernel.js";
import { fixedBits, rao, U128 } from "../../marshal/bits.js";
import { type CheckedState, type CheckedSubnet, checkState } from "../../marshal/emissionState.js";
import { record, refuse } from "../../marshal/values.js";
import { beginTable, flagsOf, type Table } from "./table.js";
import type {
  CoinbaseOptions,
  CoinbaseResult,
  CoinbaseState,
  Injected,
  PendingEmission,
  SubnetEmission,
} from "./types.js";

const SHARES = { price: abi.SHARES_PRICE, flow: abi.SHARES_FLOW, priceBurn: abi.SHARES_PRICE_BURN, none: 0 } as const;
const GATES = { none: abi.GATE_NONE, quantile: abi.GATE_QUANTILE, rank: abi.GATE_RANK } as const;

/**
 * Computes what one block emits, up to the amounts that wait for the epochs: TAO by shares, injected into each pool up to
 * rootProportion · A, the rest buying alpha; A alpha a subnet, split into owner, miners, validators and root.
 *
 * `state` is storage before the block; amounts in rao. Subnets that may not earn are returned unchanged. Without pools of its own
 * this function takes every injection for accepted; `options.injection` brings them in.
 *
 * Throws MISSING_FIELD, UNKNOWN_FIELD, BAD_VALUE, UNKNOWN_RULES, RULES_CONFLICT, TOO_LARGE. Source: subtensor
 * `coinbase/run_coinbase.rs` `run_coinbase` up to `drain_pending`, and `update_moving_prices`, spec 425.
 */
export function runCoinbase(kernel: Kernel, state: CoinbaseState, options: CoinbaseOptions = {}): CoinbaseResult {
  const checked = checkState(state);
  const given = record("options", options);
  const injection = checkInjection(given.injection ?? "credit");
  const blockEmission =
    given.blockEmission === undefined
      ? guarded(kernel, () => BigInt.asUintN(64, kernel.exports.blockEmission(checked.totalIssuance)))
      : rao("options.blockEmission", given.blockEmission);
  const { table, earning } = emitBlock(kernel, checked, blockEmission, injection);
  const results = new Map(earning.map((subnet, i) => [subnet.netuid, readSubnet(table, subnet, i)]));
  const spent = [...results.values()].reduce((sum, { terms }) => sum + terms.taoIn + terms.excessTao, 0n);
  return {
    ...(checked.name === undefined ? {} : { name: checked.name }),
    rules: checked.rules,
    currentBlock: checked.currentBlock,
    blockEmission,
    unspent: blockEmission > spent ? blockEmission - spent : 0n,
    isRootSelling: table.scalar(abi.BLOCK_ROOT_SELL) !== 0n,
    taoWeightBits: table.scalar(abi.BLOCK_TAO_WEIGHT_BITS),
    gateBarBits: checked.gate === null ? null : table.scalar(abi.BLOCK_GATE_BAR),
    subnets: checked.subnets.map((subnet) => results.get(subnet.netuid) ?? unchanged(subnet)),
  };
}

/** A block emitted: its table, and whose rows are in it. */
export interface EmittedBlock {
  readonly table: Table;
  readonly earning: readonly CheckedSubnet[];
}

/** The same of a checked state. An answer of `injection` is taken as it is. */
export function emitBlock(
  kernel: Kernel,
  state: CheckedState,
  blockEmission: bigint,
  injection: Injection,
): EmittedBlock {
  const earning = state.subnets.filter(isEligible);
  const begin = () => beginBlock(kernel, state, earning, blockEmission);
  let table = begin();
  if (injection === "credit") table.run(abi.PHASE_INJECT);
  if (typeof injection === "function") {
    const answers = askPools(table, earning, injection);
    // A pool may have used the kernel meanwhile, for a block of its own perhaps.
    table = begin();
    for (const [i, answer] of answers.entries()) writeInjected(table, answer, i);
  }
  table.run(abi.PHASE_SPLIT | abi.PHASE_MOVING_PRICES);
  return { table, earning };
}

/** Matches subnet_emissions.rs `get_subnets_to_emit_to`. */
function isEligible(subnet: CheckedSubnet): boolean {
  return subnet.firstEmissionBlock !== null && subnet.subtokenEnabled && subnet.registrationAllowed;
}

type Injection = NonNullable<CoinbaseOptions["injection"]>;
type AskPool = Extract<Injection, (..._: never) => unknown>;

/** What the pools do, their answers checked. */
function checkInjection(value: unknown): Injection {
  if (value === "credit" || value === "nothing") return value;
  if (typeof value !== "function") return refuse("options.injection", '"credit", "nothing" or a function', value);
  return (injection) => {
    const where = `options.injection's answer for netuid ${injection.netuid}`;
    const { alphaIn, alphaOut, tao, priceBits } = record(where, (value as AskPool)(injection));
    return {
      alphaIn: rao(`${where}, alphaIn`, alphaIn),
      alphaOut: rao(`${where}, alphaOut`, alphaOut),
      tao: rao(`${where}, tao`, tao),
      ...(priceBits === undefined ? {} : { priceBits: fixedBits(`${where}, priceBits`, priceBits, U128) }),
    };
  };
}

/** The table with shares and terms computed. */
function beginBlock(kernel: Kernel, state: CheckedState, earning: readonly CheckedSubnet[], emission: bigint): Table {
  const table = beginTable(kernel, earning.length);
  writeBlock(table, state, emission);
  for (const [i, subnet] of earning.entries()) writeSubnet(table, subnet, i);
  table.run(abi.PHASE_SHARES | abi.PHASE_TERMS);
  return table;
}

function writeBlock(table: Table, state: CheckedState, blockEmission: bigint): void {
  table.setScalar(abi.BLOCK_CURRENT, state.currentBlock);
  table.setScalar(abi.BLOCK_EMISSION, blockEmission);
  table.setScalar(abi.BLOCK_ROOT_TAO, state.rootTao);
  table.setScalar(abi.BLOCK_TAO_WEIGHT, state.taoWeight);
  table.setScalar(abi.BLOCK_OWNER_CUT, BigInt(state.ownerCut));
  table.setScalar(abi.BLOCK_MOVING_ALPHA, state.movingAlphaBits);
  table.setScalar(abi.BLOCK_SHARES_RULE, BigInt(SHARES[state.rules.emissionShares ?? "priceBurn"]));
  table.setScalar(abi.BLOCK_GATE_RULE, BigInt(GATES[state.rules.emissionGate ?? "none"]));
  table.setScalar(abi.BLOCK_GATE_RANK, BigInt(state.gate?.rank ?? 0));
  table.setScalar(abi.BLOCK_GATE_QUANTILE, state.gate?.quantileBits ?? 0n);
  table.setScalar(abi.BLOCK_GATE_EXPONENT, state.gate?.exponentBits ?? 0n);
  table.setScalar(abi.BLOCK_GATE_BAR, state.gate?.barBits ?? 0n);
  table.setScalar(abi.BLOCK_FLOW_CUTOFF, state.flow?.cutoffBits ?? 0n);
  table.setScalar(abi.BLOCK_FLOW_EXPONENT, state.flow?.exponentBits ?? 0n);
  table.setScalar(abi.BLOCK_NET_FLOW, state.flow?.isNet ? 1n : 0n);
}

function writeSubnet(table: Table, subnet: CheckedSubnet, i: number): void {
  table.set(abi.SUBNET_FLAGS, i, flagsOf(subnet.isDynamic, subnet.emissionEnabled, subnet.ownerCutEnabled));
  table.set(abi.SUBNET_MOVING_PRICE, i, subnet.movingPriceBits);
  table.set(abi.SUBNET_MINER_BURNED, i, subnet.minerBurnedBits);
  table.set(abi.SUBNET_PRICE, i, subnet.priceBits);
  table.set(abi.SUBNET_FLOW, i, subnet.flowBits);
  table.set(abi.SUBNET_PROTOCOL_FLOW, i, subnet.protocolFlowBits);
  table.set(abi.SUBNET_FIRST_BLOCK, i, subnet.firstEmissionBlock ?? 0n);
  table.set(abi.SUBNET_HALVING_BLOCKS, i, subnet.halvingBlocks);
  table.set(abi.SUBNET_PENDING_OWNER, i, subnet.pending.owner);
  table.set(abi.SUBNET_PENDING_SERVER, i, subnet.pending.server);
  table.set(abi.SUBNET_PENDING_VALIDATOR, i, subnet.pending.validator);
  table.set(abi.SUBNET_PENDING_ROOT, i, subnet.pending.root);
  writeReserves(table, subnet, i);
}

function writeReserves(table: Table, reserves: Injected | CheckedSubnet, i: number): void {
  table.set(abi.SUBNET_ALPHA_RESERVE, i, reserves.alphaIn);
  table.set(abi.SUBNET_ALPHA_OUTSTANDING, i, reserves.alphaOut);
  table.set(abi.SUBNET_TAO_RESERVE, i, reserves.tao);
}

/** Every pool's answer. All terms are read before the first pool is asked. */
function askPools(table: Table, earning: readonly CheckedSubnet[], ask: AskPool): Injected[] {
  const asked = earning.map(({ netuid }, i) => {
    const { taoIn, alphaIn, excessTao } = readTerms(table, i);
    return { netuid, taoIn, alphaIn, excessTao, reserves: readReserves(table, i) };
  });
  return asked.map((injection) => ask(injection));
}

function writeInjected(table: Table, answer: Injected, i: number): void {
  writeReserves(table, answer, i);
  if (answer.priceBits !== undefined) table.set(abi.SUBNET_PRICE, i, answer.priceBits);
}

function readReserves(table: Table, i: number): SubnetEmission["reserves"] {
  return {
    alphaIn: table.get(abi.SUBNET_ALPHA_RESERVE, i),
    alphaOut: table.get(abi.SUBNET_ALPHA_OUTSTANDING, i),
    tao: table.get(abi.SUBNET_TAO_RESERVE, i),
  };
}

function readTerms(table: Table, i: number): SubnetEmission["terms"] {
  const taoInBits = table.get(abi.SUBNET_TAO_IN, i);
  const alphaInBits = table.get(abi.SUBNET_ALPHA_IN, i);
  const excessTaoBits = table.get(abi.SUBNET_EXCESS_TAO, i);
  return {
    taoEmissionBits: table.get(abi.SUBNET_TAO_EMISSION, i),
    taoInBits,
    alphaInBits,
    alphaOutBits: table.get(abi.SUBNET_ALPHA_OUT, i),
    excessTaoBits,
    rootProportionBits: table.get(abi.SUBNET_ROOT_PROPORTION, i),
    taoIn: truncated(taoInBits),
    alphaIn: truncated(alphaInBits),
    excessTao: truncated(excessTaoBits),
  };
}

function readSubnet(table: Table, { netuid, name }: CheckedSubnet, i: number): SubnetEmission {
  return {
    netuid,
    ...(name === undefined ? {} : { name }),
    isEligible: true,
    shares: {
      priceBits: table.get(abi.SUBNET_PRICE_SHARE, i),
      ruleBits: table.get(abi.SUBNET_SHARE, i),
      gatedBits: table.get(abi.SUBNET_GATED_SHARE, i),
      paidBits: table.get(abi.SUBNET_PAID_SHARE, i),
    },
    terms: readTerms(table, i),
    split: {
      created: table.get(abi.SUBNET_CREATED, i),
      owner: table.get(abi.SUBNET_OWNER, i),
      server: table.get(abi.SUBNET_SERVER, i),
      validator: table.get(abi.SUBNET_VALIDATOR, i),
      root: table.get(abi.SUBNET_ROOT, i),
      recycled: table.get(abi.SUBNET_RECYCLED, i),
      rootProportionBits: table.get(abi.SUBNET_ROOT_PROPORTION_AFTER, i),
    },
    pending: readPending(table, i),
    reserves: readReserves(table, i),
    movingPriceBits: BigInt.asIntN(128, table.get(abi.SUBNET_NEW_MOVING_PRICE, i)),
  };
}

/** What the block made of row i's alpha: how much of it is new, all outside the pool, and what waits for the epoch; rao. */
export function readAlpha(table: Table, i: number) {
  return {
    created: table.get(abi.SUBNET_CREATED, i),
    alphaOut: table.get(abi.SUBNET_ALPHA_OUTSTANDING, i),
    pending: readPending(table, i),
  };
}

function readPending(table: Table, i: number): PendingEmission {
  return {
    owner: table.get(abi.SUBNET_PENDING_OWNER, i),
    server: table.get(abi.SUBNET_PENDING_SERVER, i),
    validator: table.get(abi.SUBNET_PENDING_VALIDATOR, i),
    root: table.get(abi.SUBNET_PENDING_ROOT, i),
  };
}

/** A subnet that does not earn. */
function unchanged({ netuid, name, alphaIn, alphaOut, tao, pending, movingPriceBits }: CheckedSubnet): SubnetEmission {
  return {
    netuid,
    ...(name === undefined ? {} : { name }),
    isEligible: false,
    shares: { priceBits: 0n, ruleBits: 0n, gatedBits: 0n, paidBits: 0n },
    terms: {
      taoEmissionBits: 0n,
      taoInBits: 0n,
      alphaInBits: 0n,
      alphaOutBits: 0n,
      excessTaoBits: 0n,
      rootProportionBits: 0n,
      taoIn: 0n,
      alphaIn: 0n,
      excessTao: 0n,
    },
    split: { created: 0n, owner: 0n, server: 0n, validator: 0n, root: 0n, recycled: 0n, rootProportionBits: 0n },
    pending,
    reserves: { alphaIn, alphaOut, tao },
    movingPriceBits,
  };
}

const LARGEST = (1n << 64n) - 1n;

/** ⌊x⌋ of U96F32, saturated to u64, as the chain credits it. */
function truncated(bits: bigint): bigint {
  const whole = bits >> 32n;
  return whole > LARGEST ? LARGEST : whole;
}
