/** Root dividends: rates, what is owed and shifts with stake, the three kinds of claims, and whose turn it is in a block. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calls } from "../../host/ledger/calls/index.js";
import { CLAIM_ERRORS } from "../../host/ledger/calls/root/claims.js";
import { addRootDividends, dropRootDividends, owedBits } from "../../host/ledger/rules/claims.js";
import { claimants, claimForBlock } from "../../host/ledger/rules/rootStakers.js";
import { increaseStake, stakeOf } from "../../host/ledger/rules/stake.js";
import {
  NumRootClaim,
  RootClaimable,
  RootClaimableThreshold,
  RootClaimed,
  RootClaimType,
} from "../../host/ledger/state/claims.js";
import { SubnetAlphaOut, SubnetProtocolFlow, SubnetRootSellTao, SubnetTAO } from "../../host/ledger/state/pools.js";
import { NumStakingColdkeys, StakingColdkeys, StakingColdkeysByIndex } from "../../host/ledger/state/staking.js";
import type { State } from "../../host/ledger/state/state.js";
import { oraclePool } from "../oracle/pool.js";
import { ANN, accountOf, BEN, CLO } from "../support/ledger.js";
import {
  checkConservation,
  HOT,
  recordingErrors,
  ruleContext,
  stakeOfAnn,
  TAO,
  twoSubnets,
} from "../support/staking.js";

const { reached, errorOf } = recordingErrors();
const add = (amountRao: bigint) => calls.staking.addStake({ hotkey: HOT, netuid: 0, amountRao });
const remove = (alphaRao: bigint) => calls.staking.removeStake({ hotkey: HOT, netuid: 0, alphaRao });

/** Ann has 30, Ben 10 TAO with the hotkey on the root, which earned them 4 alpha of subnet 1. */
function earned(): State {
  const state = twoSubnets();
  expect(errorOf(state, add(30n * TAO))).toBeNull();
  expect(errorOf(state, add(10n * TAO), BEN)).toBeNull();
  state.write(SubnetAlphaOut, 1, 4n * TAO);
  addRootDividends(ruleContext(state), HOT, 1, 4n * TAO);
  return state;
}

const owed = (state: State, coldkey: `0x${string}`) => owedBits(ruleContext(state), HOT, coldkey, 1) >> 32n;
const within = (value: bigint, wanted: bigint) => expect(value <= wanted && value > wanted - 100n).toBe(true);

describe("what is owed", () => {
  it("is by stake, and only for dividends since it came", () => {
    const state = earned();
    within(owed(state, ANN.account), 3n * TAO);
    within(owed(state, BEN.account), TAO);
    expect(errorOf(state, add(40n * TAO), CLO)).toBeNull();
    within(owed(state, CLO.account), 1n);
    addRootDividends(ruleContext(state), HOT, 1, 8n * TAO);
    within(owed(state, CLO.account), 4n * TAO + 1n);
    within(owed(state, BEN.account), 2n * TAO);
  });

  it("stays when stake is added, and is what the rest earned when stake is removed", () => {
    const state = earned();
    const before = owed(state, ANN.account);
    expect(errorOf(state, add(100n * TAO))).toBeNull();
    within(owed(state, ANN.account), before + 2n);
    expect(errorOf(state, remove(100n * TAO))).toBeNull();
    within(owed(state, ANN.account), before + 2n);
  });

  it("more than all stake goes to the owner of the hotkey", () => {
    const state = twoSubnets();
    expect(errorOf(state, add(10n * TAO), BEN)).toBeNull();
    addRootDividends(ruleContext(state), HOT, 1, 10n * TAO + 1n);
    expect(stakeOfAnn(state)).toBe(10n * TAO + 1n);
    expect(state.has(RootClaimable, HOT)).toBe(false);
    addRootDividends(ruleContext(state), HOT, 2, 10n * TAO);
    addRootDividends(ruleContext(state), HOT, 1, 5n * TAO);
    expect(state.read(RootClaimable, HOT)).toEqual([
      [1, 1n << 31n],
      [2, 1n << 32n],
    ]);
    dropRootDividends(state, 1);
    expect(state.read(RootClaimable, HOT)).toEqual([[2, 1n << 32n]]);
  });
});

describe("claims", () => {
  const claim = calls.root.claimRoot({ subnets: [1] });

  it("are sold for root stake, as the pool's twin says", () => {
    const state = earned();
    const alphaRao = owed(state, ANN.account);
    const pool = { taoReserve: `${1_000n * TAO}`, alphaReserve: `${2_000n * TAO}`, amount: `${alphaRao}` };
    const paidRao = oraclePool({ op: "sell", ...pool, dropFees: true, priceLimit: "1000" }).amountPaidOut as bigint;
    expect(errorOf(state, claim)).toBeNull();
    expect(stakeOfAnn(state, 0) - 30n * TAO).toBeGreaterThanOrEqual(paidRao - 1n);
    expect(state.read(SubnetTAO, 0)).toBe(40n * TAO + paidRao);
    expect([state.read(SubnetRootSellTao, 1), state.read(SubnetProtocolFlow, 1)]).toEqual([paidRao, -paidRao]);
    expect(owed(state, ANN.account)).toBeLessThan(3n);
    checkConservation(state);
  });

  it("are kept, of all subnets or of some", () => {
    for (const newType of ["Keep", { keepSubnets: [2, 1, 2] }] as const) {
      const state = earned();
      const alphaRao = owed(state, ANN.account);
      expect(errorOf(state, calls.root.setRootClaimType({ newType }))).toBeNull();
      expect(errorOf(state, claim)).toBeNull();
      expect([stakeOfAnn(state), stakeOfAnn(state, 0)]).toEqual([alphaRao, 30n * TAO]);
      expect(state.read(RootClaimed, 1, HOT, ANN.account)).toBe(alphaRao);
      expect(owed(state, ANN.account)).toBe(0n);
    }
    const state = earned();
    expect(errorOf(state, calls.root.setRootClaimType({ newType: { keepSubnets: [2] } }))).toBeNull();
    expect(state.read(RootClaimType, ANN.account)).toEqual({ tag: "KeepSubnets", value: [2] });
    expect(errorOf(state, claim)).toBeNull();
    expect(stakeOfAnn(state)).toBe(0n);
  });

  it("below the threshold wait", () => {
    const state = earned();
    const bits = owedBits(ruleContext(state), HOT, ANN.account, 1);
    state.write(RootClaimableThreshold, 1, bits + 1n);
    expect(errorOf(state, claim)).toBeNull();
    expect(stakeOfAnn(state, 0)).toBe(30n * TAO);
    state.write(RootClaimableThreshold, 1, bits);
    expect(errorOf(state, claim)).toBeNull();
    expect(stakeOfAnn(state, 0)).toBeGreaterThan(30n * TAO);
  });

  it("name one to five subnets", () => {
    const state = earned();
    expect(errorOf(state, calls.root.claimRoot({ subnets: [] }))).toBe("InvalidSubnetNumber");
    expect(errorOf(state, calls.root.claimRoot({ subnets: [1, 2, 3, 4, 5, 6] }))).toBe("InvalidSubnetNumber");
    expect(errorOf(state, calls.root.claimRoot({ subnets: [1, 2, 3, 4, 5, 1] }))).toBeNull();
    expect(errorOf(state, calls.root.setRootClaimType({ newType: { keepSubnets: [] } }))).toBe("InvalidSubnetNumber");
    expect(() => calls.root.setRootClaimType({ newType: "Burn" as "Keep" })).toThrowError(/Swap/);
    for (const name of CLAIM_ERRORS) expect(reached).toContain(name);
  });
});

describe("a block claims", () => {
  it("for the coldkeys its parent's digest points at", () => {
    const hash = `0x${"0000000000000007"}${"0000000000000002"}${"ffffffffffffffff"}${"0000000000000001"}` as const;
    // 7 + 7 = 14 = 4; 4 + 2 = 6 = 1; 1 + (2^64 - 1) saturates to 2^64 - 1 = 0 (mod 5); 0 + 1; 1 + 7 = 8 = 3.
    expect(claimants(hash, 5n, 5n)).toEqual([0n, 1n, 3n, 4n]);
    expect(claimants(hash, 5n, 0n)).toEqual([]);
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.nat(60),
        fc.integer({ min: 1, max: 40 }),
        (bytes, k, n) => {
          const text = Buffer.from(bytes).toString("hex");
          const step = (i: number) => BigInt(`0x${text.slice((i % 4) * 16, (i % 4) * 16 + 16)}`);
          const want = new Set<bigint>();
          for (let i = 0, last = step(0); i < k; i++) {
            const sum = last + step(i);
            last = (sum > 0xffff_ffff_ffff_ffffn ? 0xffff_ffff_ffff_ffffn : sum) % BigInt(n);
            want.add(last);
          }
          expect(claimants(`0x${text}`, BigInt(k), BigInt(n))).toEqual([...want].sort((a, b) => Number(a - b)));
        },
      ),
    );
  });

  it("without anybody's call, and leaves out what fails", () => {
    const state = earned();
    state.write(NumRootClaim, 50n);
    const parent = `0x${"0000000000000001".repeat(4)}` as const;
    const before = [ANN, BEN].map(({ account }) => stakeOf(ruleContext(state), HOT, account, 0));
    claimForBlock(ruleContext(state), parent);
    const after = [ANN, BEN].map(({ account }) => stakeOf(ruleContext(state), HOT, account, 0));
    expect(after.every((rao, k) => rao > before[k]!)).toBe(true);
    addRootDividends(ruleContext(state), HOT, 1, 4n * TAO);
    state.write(SubnetTAO, 1, 999_999n);
    const context = ruleContext(state);
    claimForBlock(context, parent);
    expect(context.events).toEqual([]);
  });

  it("numbers who stakes on the root, and gives the last the number of who leaves", () => {
    const state = earned();
    expect(errorOf(state, add(TAO), CLO)).toBeNull();
    expect(errorOf(state, remove(30n * TAO))).toBeNull();
    expect(state.read(NumStakingColdkeys)).toBe(2n);
    expect(state.entries(StakingColdkeysByIndex).map(([, coldkey]) => coldkey)).toEqual([CLO.account, BEN.account]);
    expect([CLO, BEN, ANN].map(({ account }) => state.read(StakingColdkeys, account))).toEqual([0n, 1n, undefined]);
    increaseStake(ruleContext(state), accountOf(21), BEN.account, 0, 5n);
    expect(errorOf(state, remove(10n * TAO), BEN)).toBeNull();
    expect(state.read(StakingColdkeys, BEN.account)).toBe(1n);
  });
});
