/** The emission gate in the ledger: blocks under rules that have one held to the twin, the bar kept from block to block, the calls that set it. */
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { emitToSubnets } from "../host/ledger/block/emission.js";
import { calls } from "../host/ledger/calls/index.js";
import { chooseRules, readLedgerRules } from "../host/ledger/rules/ruleSet.js";
import * as gate from "../host/ledger/state/gate.js";
import * as hyper from "../host/ledger/state/hyperparameters.js";
import * as pools from "../host/ledger/state/pools.js";
import type { State } from "../host/ledger/state/state.js";
import * as subnets from "../host/ledger/state/subnets.js";
import { BlockNumber } from "../host/ledger/state/system.js";
import { rulesOf } from "../host/marshal/rules.js";
import { twinCoinbase } from "./oracle/coinbase.js";
import { network } from "./support/ledgerNetwork.js";
import { contextOn } from "./support/ledgerState.js";
import { twinBlockOf } from "./support/ledgerTwin.js";
import { errorsOf, OWNER, richState } from "./support/subnets.js";

const ONE = 1n << 64n;
const COUNT = 5;
const RULES = { quantile: 440, rank: 443, "rank without the burned": 444 } as const;

/** A network whose root is strong enough for every injection. */
function gated(rules: number, prices: readonly bigint[]): State {
  const options = { subnets: COUNT, neurons: 4, validators: 2, tempo: 10, rootTao: 10n ** 16n };
  const state = network({ ...options, priceMilli: (netuid) => prices[netuid - 1]! });
  state.write(hyper.TaoWeight, ONE - 1n);
  chooseRules(state, readLedgerRules(rules));
  return state;
}

/** Emits a block and holds what it paid, and the bar, to the twin. */
function expectTwin(state: State): void {
  const twin = twinCoinbase(twinBlockOf(state));
  emitToSubnets(contextOn(state));
  expect(state.read(gate.EmissionGateBar)).toBe(twin.gateBarBits);
  for (const { netuid, terms } of twin.subnets) {
    expect(state.read(pools.SubnetTaoInEmission, netuid), `netuid ${netuid}`).toBe(terms.taoIn);
    expect(state.read(pools.SubnetExcessTao, netuid), `netuid ${netuid}`).toBe(terms.excessTao);
  }
}

describe.each(Object.entries(RULES))("by %s", (kind, version) => {
  test("blocks are what the twin says, on either side of the bar's 360", () => {
    const prices = fc.array(fc.bigInt(1n, 400n), { minLength: COUNT, maxLength: COUNT });
    const drawn = fc.record({
      prices,
      rank: fc.integer({ min: 0, max: COUNT + 1 }),
      quantileBits: fc.bigInt(1n, ONE - 1n),
      exponentBits: fc.bigInt(ONE, 4n * ONE),
      burned: fc.bigInt(0n, 1n << 32n),
      disabled: fc.integer({ min: 0, max: COUNT }),
    });
    let moved = 0;
    fc.assert(
      fc.property(drawn, ({ prices, rank, quantileBits, exponentBits, burned, disabled }) => {
        const state = gated(version, prices);
        state.write(gate.EmissionBarRank, rank);
        state.write(gate.EmissionBarQuantile, quantileBits);
        state.write(gate.EmissionGateExponent, exponentBits);
        state.write(pools.MinerBurned, 2, burned);
        if (disabled > 0) state.write(subnets.SubnetEmissionEnabled, disabled, false);
        const bars = [358, 359, 360, 361].map((block) => {
          state.write(BlockNumber, block);
          if (block === 360) state.write(pools.SubnetMovingPrice, 1, 3n << 32n);
          expectTwin(state);
          return state.read(gate.EmissionGateBar);
        });
        expect([bars[1], bars[3]]).toEqual([bars[0], bars[2]]);
        if (bars[2] !== bars[1]) moved += 1;
      }),
      { numRuns: 25, seed: version },
    );
    expect(moved, kind).toBeGreaterThan(5);
  });
});

it("of 440 looks at no rank, of 443 at the rank before the quantile", () => {
  const prices = [8n, 4n, 2n, 1n, 1n];
  const barOf = (rules: number, rank: number) => {
    const state = gated(rules, prices);
    state.write(gate.EmissionBarRank, rank);
    for (const [k, price] of prices.entries()) state.write(pools.SubnetMovingPrice, k + 1, price << 28n);
    emitToSubnets(contextOn(state));
    return state.read(gate.EmissionGateBar);
  };
  // Shares of a half, a quarter, an eighth and two sixteenths: 0.61 is first reached with the second.
  expect([1, 4, 0].map((rank) => barOf(440, rank))).toEqual([ONE / 4n, ONE / 4n, ONE / 4n]);
  expect([1, 4, 0].map((rank) => barOf(443, rank))).toEqual([ONE / 2n, ONE / 16n, ONE / 4n]);
});

it("keeps no bar under the rules of 425, and none where nothing earns", () => {
  const usual = gated(425, [1n, 2n, 3n, 4n, 5n]);
  emitToSubnets(contextOn(usual));
  const asleep = gated(443, [1n, 2n, 3n, 4n, 5n]);
  for (let netuid = 1; netuid <= COUNT; netuid++) asleep.write(subnets.SubtokenEnabled, netuid, false);
  emitToSubnets(contextOn(asleep));
  expect([usual.has(gate.EmissionGateBar), asleep.has(gate.EmissionGateBar)]).toEqual([false, false]);
});

describe("the calls that set it", () => {
  const { errorOf } = errorsOf();
  const { setEmissionBarQuantile, setEmissionGateExponent, setEmissionBarRank } = calls.admin;
  const under = (rules: number) => {
    const state = richState();
    chooseRules(state, readLedgerRules(rules));
    state.write(gate.EmissionGateBar, 7n);
    return state;
  };

  // The call, what it stores, its index and bytes, and whether the bar is to be found anew.
  it.each([
    ["quantile", setEmissionBarQuantile({ quantileBits: ONE - 1n }), gate.EmissionBarQuantile, ONE - 1n, 100, true],
    ["exponent", setEmissionGateExponent({ exponentBits: 8n * ONE }), gate.EmissionGateExponent, 8n * ONE, 101, false],
    ["rank", setEmissionBarRank({ rank: 0 }), gate.EmissionBarRank, 0, 102, true],
  ] as const)("%s: root alone, under rules that have it", (kind, call, item, stored, index, isFoundAnew) => {
    expect(call.definition.index).toEqual([19, index]);
    const state = under(443);
    expect(errorOf(state, OWNER, call)).toBe("BadOrigin");
    expect(errorOf(state, "root", call)).toBe(null);
    expect(state.read(item as typeof gate.EmissionGateBar)).toBe(stored);
    expect(state.read(gate.EmissionGateBar)).toBe(isFoundAnew ? 0n : 7n);
    expect(errorOf(under(425), "root", call)).toBe("System.CallFiltered");
    expect(errorOf(under(440), "root", call)).toBe(kind === "rank" ? "System.CallFiltered" : null);
  });

  it.each([
    ["quantile 0", setEmissionBarQuantile({ quantileBits: 0n }), "AdminUtils.InvalidValue"],
    ["quantile 1", setEmissionBarQuantile({ quantileBits: ONE }), "AdminUtils.InvalidValue"],
    ["quantile 2^-64", setEmissionBarQuantile({ quantileBits: 1n }), null],
    ["exponent below 1", setEmissionGateExponent({ exponentBits: ONE - 1n }), "AdminUtils.InvalidValue"],
    ["exponent 1", setEmissionGateExponent({ exponentBits: ONE }), null],
    ["exponent above 8", setEmissionGateExponent({ exponentBits: 8n * ONE + 1n }), "AdminUtils.InvalidValue"],
    ["rank 65535", setEmissionBarRank({ rank: 65_535 }), null],
  ])("bounds: %s", (_, call, error) => {
    expect(errorOf(under(443), "root", call)).toBe(error);
  });

  it("begin at 0.61, 3 and 32", () => {
    const state = under(443);
    expect(state.read(gate.EmissionBarQuantile)).toBe(BigInt(0.61 * 2 ** 64));
    expect([state.read(gate.EmissionGateExponent), state.read(gate.EmissionBarRank)]).toEqual([3n * ONE, 32]);
    expect(rulesOf(443).emissionGate).toBe("rank");
  });
});
