/** What a block of the ledger emits, against the BigInt twin; the cap; what pools are given. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emitToSubnets } from "../host/ledger/block/emission.js";
import { updateMovingPrices, updateRootProportions } from "../host/ledger/block/prices.js";
import { subnetAccount } from "../host/ledger/rules/subnetAccounts.js";
import { BalancesIssuance, FreeBalance, TotalIssuance } from "../host/ledger/state/balances.js";
import * as hyper from "../host/ledger/state/hyperparameters.js";
import * as pools from "../host/ledger/state/pools.js";
import { State } from "../host/ledger/state/state.js";
import * as subnets from "../host/ledger/state/subnets.js";
import { BlockNumber } from "../host/ledger/state/system.js";
import { twinBlockEmission, twinCoinbase } from "./oracle/coinbase.js";
import { type NetworkOptions, network } from "./support/ledgerNetwork.js";
import { contextOn } from "./support/ledgerState.js";
import { twinBlockOf, twinSubnetOf } from "./support/ledgerTwin.js";

const SMALL: NetworkOptions = { subnets: 3, neurons: 8, validators: 3, tempo: 10 };

/** What the twin says of a subnet, and what its items say, after the block. */
function afterBlock(state: State, netuid: number) {
  return {
    created: state.read(pools.SubnetAlphaOutEmission, netuid),
    taoIn: state.read(pools.SubnetTaoInEmission, netuid),
    alphaIn: state.read(pools.SubnetAlphaInEmission, netuid),
    pending: twinSubnetOf(state, netuid).pending,
    reserves: {
      alphaIn: state.read(pools.SubnetAlphaIn, netuid),
      alphaOut: state.read(pools.SubnetAlphaOut, netuid),
      tao: state.read(pools.SubnetTAO, netuid),
    },
    movingPriceBits: state.read(pools.SubnetMovingPrice, netuid),
  };
}

describe("emission", () => {
  const spoil = fc.record({
    prices: fc.array(fc.bigInt(1n, 400n), { minLength: 3, maxLength: 3 }),
    off: fc.integer({ min: 0, max: 7 }),
    disabled: fc.integer({ min: 0, max: 7 }),
    burned: fc.bigInt(0n, 1n << 32n),
    rootTao: fc.bigInt(10n ** 15n, 10n ** 16n),
  });

  test("where all is injected a block gives what the twin says, reserves and prices and all", () => {
    let injected = 0;
    fc.assert(
      fc.property(spoil, ({ prices, off, disabled, burned, rootTao }) => {
        // Weak roots cap injections; this one never does.
        const state = network({ ...SMALL, rootTao, priceMilli: (netuid) => prices[netuid - 1]! });
        state.write(hyper.TaoWeight, (1n << 64n) - 1n);
        state.write(BlockNumber, 9);
        state.write(pools.MinerBurned, 1, burned);
        for (const netuid of [1, 2, 3]) {
          if (off & (1 << (netuid - 1))) state.write(subnets.SubtokenEnabled, netuid, false);
          if (disabled & (1 << (netuid - 1))) state.write(subnets.SubnetEmissionEnabled, netuid, false);
        }
        const twin = twinCoinbase(twinBlockOf(state));
        if (twin.subnets.some(({ terms }) => terms.excessTao > 0n)) return;
        injected += twin.subnets.some(({ isEligible }) => isEligible) ? 1 : 0;
        const issuance = state.read(TotalIssuance);
        emitToSubnets(contextOn(state));
        updateMovingPrices(contextOn(state));
        for (const { netuid, isEligible, split, terms, pending, reserves, movingPriceBits } of twin.subnets) {
          if (!isEligible) continue;
          const created = split.created;
          const { taoIn, alphaIn } = terms;
          expect(afterBlock(state, netuid)).toEqual({ created, taoIn, alphaIn, pending, reserves, movingPriceBits });
        }
        expect(state.read(TotalIssuance)).toBe(issuance + twin.blockEmission - twin.unspent);
      }),
      { numRuns: 80, seed: 425 },
    );
    expect(injected).toBeGreaterThan(10);
  });

  test("excess TAO buys alpha that stays the chain's, and every rao minted lies in a subnet's account", () => {
    const state = network({ ...SMALL, rootTao: 1_000n });
    const before = state.read(TotalIssuance);
    const alphaOut = state.read(pools.SubnetAlphaOut, 1);
    const twin = twinCoinbase(twinBlockOf(state));
    emitToSubnets(contextOn(state));
    const [excess, bought] = [state.read(pools.SubnetExcessTao, 1), state.read(pools.SubnetProtocolAlpha, 1)];
    expect(excess).toBe(twin.subnets[0]!.terms.excessTao);
    expect(excess).toBeGreaterThan(0n);
    // At a price of 0.02 TAO, less what the purchase itself moves.
    expect(bought).toBeGreaterThan((excess * 4999n) / 100n);
    expect(bought).toBeLessThanOrEqual(excess * 50n);
    expect(state.read(pools.SubnetAlphaOut, 1)).toBe(
      alphaOut + bought + twin.subnets[0]!.split.created - twin.subnets[0]!.split.recycled,
    );
    const held = [1, 2, 3].map((netuid) => state.read(FreeBalance, subnetAccount(netuid)));
    expect(held).toEqual([1, 2, 3].map((netuid) => state.read(pools.SubnetTAO, netuid)));
    expect(state.read(TotalIssuance)).toBe(before + twin.blockEmission - twin.unspent);
    expect(state.read(BalancesIssuance)).toBe(state.read(TotalIssuance));
  });

  test("never more than 21 million TAO of balances, whatever the curve says", () => {
    const state = network(SMALL);
    state.write(BalancesIssuance, 21_000_000_000_000_000n - 5n);
    emitToSubnets(contextOn(state));
    expect(state.read(BalancesIssuance)).toBeLessThanOrEqual(21_000_000_000_000_000n);
  });

  test("without subnets what is minted is recycled", () => {
    const state = new State();
    state.write(subnets.NetworksAdded, 0, true);
    emitToSubnets(contextOn(state));
    expect([state.read(TotalIssuance), state.read(pools.BlockEmission)]).toEqual([0n, twinBlockEmission(0n)]);
  });

  test("the root's proportion is R / (R + alpha)", () => {
    const state = network(SMALL);
    updateRootProportions(contextOn(state));
    const root = Number(state.read(pools.SubnetTAO, 0)) * (Number(state.read(hyper.TaoWeight)) / 2 ** 64);
    const alpha = Number(state.read(pools.SubnetAlphaIn, 1) + state.read(pools.SubnetAlphaOut, 1));
    expect(Number(state.read(pools.RootProp, 1)) / 2 ** 32).toBeCloseTo(root / (root + alpha), 8);
  });
});
