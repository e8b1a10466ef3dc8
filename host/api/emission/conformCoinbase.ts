/** The ops of the emission suite that belong to the coinbase, in the form of the published vectors. */
import * as abi from "../../../assembly/emission/contract.js";
import * as contract from "../../../assembly/fixed/contract.js";
import { guarded, type Kernel } from "../../load/kernel.js";
import { fixedBits, I128, U128 } from "../../marshal/bits.js";
import { firstBlock } from "../../marshal/emissionState.js";
import { array, flag, integer, present, record, refuse, u16, u64 } from "../../marshal/values.js";
import type { EmissionOperation } from "./conform.js";
import { blockEmissionAt } from "./issuance.js";
import { nextMovingPrice, rootProportion } from "./movingPrice.js";
import { beginTable, flagsOf, type Table } from "./table.js";
import type { Amount } from "./types.js";

type Fields = Readonly<Record<string, unknown>>;

const TABLE_SCALARS: Readonly<Record<string, number>> = {
  blockEmission: abi.BLOCK_EMISSION,
  rootTao: abi.BLOCK_ROOT_TAO,
  taoWeight: abi.BLOCK_TAO_WEIGHT,
};

/** The fields of a subnet object: where they go, and how they are read. */
const SUBNET_READERS: Readonly<Record<string, readonly [number, (where: string, value: unknown) => bigint]>> = {
  movingPrice: [abi.SUBNET_MOVING_PRICE, (where, value) => fixedBits(where, value, I128)],
  minerBurned: [abi.SUBNET_MINER_BURNED, (where, value) => fixedBits(where, value, U128)],
  price: [abi.SUBNET_PRICE, (where, value) => fixedBits(where, value, U128)],
  taoEmission: [abi.SUBNET_TAO_EMISSION, (where, value) => fixedBits(where, value, U128)],
  alphaIn: [abi.SUBNET_ALPHA_RESERVE, u64],
  alphaOut: [abi.SUBNET_ALPHA_OUTSTANDING, u64],
};

/** A table filled from a case, its netuids, ascending, and how to answer one of its fields by netuid. */
function tableOf(kernel: Kernel, fields: Fields) {
  const subnets = Array.from(array("subnets", present("subnets", fields.subnets)), (one, i) =>
    record(`subnets[${i}]`, one),
  );
  const netuids = subnets.map(({ netuid }, i) => u16(`subnets[${i}].netuid`, netuid));
  if (netuids.some((netuid, i) => i > 0 && netuid <= (netuids[i - 1] ?? 0))) {
    return refuse("subnets", "ascending by netuid", netuids);
  }
  const table = beginTable(kernel, subnets.length);
  for (const [name, id] of Object.entries(TABLE_SCALARS)) {
    if (fields[name] !== undefined) table.setScalar(id, u64(name, fields[name]));
  }
  if (fields.ownerCut !== undefined) table.setScalar(abi.BLOCK_OWNER_CUT, BigInt(u16("ownerCut", fields.ownerCut)));
  if (fields.rootSellFlag === true) table.setScalar(abi.BLOCK_ROOT_SELL, 1n);
  table.setScalar(abi.BLOCK_SHARES_RULE, BigInt(abi.SHARES_PRICE_BURN));
  for (const [i, subnet] of subnets.entries()) fill(table, subnet, i);
  const by = (id: number) => netuids.map((netuid, i): [number, bigint] => [netuid, table.get(id, i)]);
  return { table, by };
}

function fill(table: Table, subnet: Fields, i: number): void {
  const where = (name: string) => `subnets[${i}].${name}`;
  const on = (name: string) => subnet[name] === undefined || flag(where(name), subnet[name]);
  const mechanism = subnet.mechanism === undefined ? 1 : integer(where("mechanism"), subnet.mechanism, 0, 65535);
  table.set(abi.SUBNET_FLAGS, i, flagsOf(mechanism !== 0, on("emissionEnabled"), on("ownerCutEnabled")));
  for (const [name, [id, read]] of Object.entries(SUBNET_READERS)) {
    if (subnet[name] !== undefined) table.set(id, i, read(where(name), subnet[name]));
  }
}

function shares(kernel: Kernel, fields: Fields) {
  const { table, by } = tableOf(kernel, fields);
  table.run(abi.PHASE_SHARES);
  return {
    priceShares: by(abi.SUBNET_PRICE_SHARE),
    shares: by(abi.SUBNET_SHARE),
    emissions: by(abi.SUBNET_TAO_EMISSION),
    rootSellFlag: table.scalar(abi.BLOCK_ROOT_SELL) !== 0n,
  };
}

function subnetTerms(kernel: Kernel, fields: Fields) {
  const { table, by } = tableOf(kernel, fields);
  table.run(abi.PHASE_TERMS);
  return {
    taoIn: by(abi.SUBNET_TAO_IN),
    alphaIn: by(abi.SUBNET_ALPHA_IN),
    alphaOut: by(abi.SUBNET_ALPHA_OUT),
    excessTao: by(abi.SUBNET_EXCESS_TAO),
    rootProportion: by(abi.SUBNET_ROOT_PROPORTION),
  };
}

function emit(kernel: Kernel, fields: Fields) {
  const { table, by } = tableOf(kernel, fields);
  const inject = flag("inject", fields.inject) ? abi.PHASE_INJECT : 0;
  table.run(abi.PHASE_TERMS | inject | abi.PHASE_SPLIT);
  return {
    alphaOutEmission: by(abi.SUBNET_CREATED),
    pendingOwnerCut: by(abi.SUBNET_PENDING_OWNER),
    pendingServer: by(abi.SUBNET_PENDING_SERVER),
    pendingValidator: by(abi.SUBNET_PENDING_VALIDATOR),
    pendingRootAlpha: by(abi.SUBNET_PENDING_ROOT),
    recycled: by(abi.SUBNET_RECYCLED),
    alphaInAfter: by(abi.SUBNET_ALPHA_RESERVE),
    alphaOutAfter: by(abi.SUBNET_ALPHA_OUTSTANDING),
  };
}

function powNormalize(kernel: Kernel, fields: Fields) {
  const p = fixedBits("p", present("p", fields.p), U128);
  const values = Array.from(array("values", present("values", fields.values)), (pair, i): [number, bigint] => {
    const [netuid, bits] = array(`values[${i}]`, pair);
    return [u16(`values[${i}][0]`, netuid), fixedBits(`values[${i}][1]`, bits, U128)];
  });
  const table = beginTable(kernel, values.length);
  table.setScalar(abi.BLOCK_FLOW_EXPONENT, p);
  for (const [i, [, bits]] of values.entries()) table.set(abi.SUBNET_SHARE, i, bits);
  guarded(kernel, () => kernel.exports.emissionPowNormalise());
  return { values: values.map(([netuid], i) => [netuid, table.get(abi.SUBNET_SHARE, i)]) };
}

function safePow(kernel: Kernel, fields: Fields) {
  const operands = [fixedBits("val", present("val", fields.val), U128), fixedBits("p", present("p", fields.p), U128)];
  const at = kernel.exports.fixedSlots() >>> 0;
  const slots = new DataView(kernel.memory.buffer, at, contract.FIXED_SLOTS * contract.FIXED_SLOT_BYTES);
  for (const [k, bits] of operands.entries()) {
    slots.setBigUint64(contract.FIXED_SLOT_BYTES * (k + 1), BigInt.asUintN(64, bits), true);
    slots.setBigUint64(contract.FIXED_SLOT_BYTES * (k + 1) + 8, bits >> 64n, true);
  }
  guarded(kernel, () => kernel.exports.fixedApply(contract.FORMAT_U64F64, contract.OPERATION_SAFE_POW));
  return { result: (slots.getBigUint64(8, true) << 64n) | slots.getBigUint64(0, true) };
}

/** The ops by name. */
export const coinbaseOperations: Readonly<Record<string, EmissionOperation>> = {
  block_emission: (kernel, { issuance }) => ({ emission: blockEmissionAt(kernel, issuance as Amount) }),
  shares,
  subnet_terms: subnetTerms,
  emit,
  update_moving_price: (kernel, fields) => ({
    movingPrice: nextMovingPrice(kernel, {
      currentBlock: fields.currentBlock as Amount,
      firstEmissionBlock: firstBlock("firstEmissionBlock", fields.firstEmissionBlock),
      halvingBlocks: fields.halving as Amount,
      movingAlphaBits: fields.movingAlpha as Amount,
      priceBits: fields.price as Amount,
      movingPriceBits: fields.movingPrice as Amount,
      ...(fields.mechanism === undefined ? {} : { mechanism: fields.mechanism as number }),
    }),
  }),
  root_proportion: (kernel, fields) => {
    const answer = rootProportion(kernel, fields as unknown as Parameters<typeof rootProportion>[1]);
    return { rootProportion: answer.rootProportionBits, taoWeight: answer.taoWeightBits };
  },
  pow_normalize: powNormalize,
  safe_pow: safePow,
};
