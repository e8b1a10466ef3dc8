/** The rules staking stands on: accounts of subnets, hotkeys, share accounting against its twin, swaps against the pool's twin. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LedgerError } from "../../host/ledger/errors.js";
import { attempt } from "../../host/ledger/rules/context.js";
import * as hotkeys from "../../host/ledger/rules/hotkeys.js";
import * as stake from "../../host/ledger/rules/stake.js";
import * as accounts from "../../host/ledger/rules/subnetAccounts.js";
import * as swaps from "../../host/ledger/rules/swap.js";
import { FreeBalance, TotalIssuance } from "../../host/ledger/state/balances.js";
import {
  PalSwapInitialized,
  SubnetAlphaIn,
  SubnetAlphaOut,
  SubnetTAO,
  SubnetVolume,
} from "../../host/ledger/state/pools.js";
import {
  AlphaV2,
  OwnedHotkeys,
  StakingHotkeys,
  TotalHotkeyAlpha,
  TotalHotkeySharesV2,
} from "../../host/ledger/state/staking.js";
import { State } from "../../host/ledger/state/state.js";
import { SubnetMechanism } from "../../host/ledger/state/subnets.js";
import { oraclePool } from "../oracle/pool.js";
import { NOTHING, Pool } from "../oracle/shares.js";
import { accountOf } from "../support/ledger.js";
import { addSubnet, checkConservation, fingerprint, ruleContext, stakingState, TAO } from "../support/staking.js";

const [COLD, HOT, OTHER] = [accountOf(1), accountOf(2), accountOf(3)] as const;

const errorOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof LedgerError) return error.error;
    throw error;
  }
  return "";
};

describe("accounts of subnets", () => {
  it("are the pallet's letters and the netuid", () => {
    expect(accounts.subnetAccount(0x0102)).toBe(`0x${"6d6f646c" + "73756274656e7372" + "0201"}${"00".repeat(18)}`);
    expect(accounts.BURN_ACCOUNT).toBe(`0x${"6d6f646c" + "6275726e746e7372"}${"00".repeat(20)}`);
    for (const netuid of [0, 1, 255, 256, 65_535]) {
      const account = accounts.subnetAccount(netuid);
      expect(accounts.netuidOfAccount(account)).toBe(netuid);
      expect(accounts.netuidOfAccount(`${account.slice(0, -1)}1` as typeof account)).toBeUndefined();
      expect(errorOf(() => hotkeys.checkNoSystemAccount(account))).toBe("SubtensorModule.CannotUseSystemAccount");
    }
    expect(accounts.netuidOfAccount(accounts.BURN_ACCOUNT)).toBeUndefined();
  });

  it("take what leaves the sender alive, and give until they end", () => {
    const state = stakingState();
    const context = ruleContext(state);
    expect(accounts.transferToSubnet(context, 0, COLD, 0n)).toBe(0n);
    expect(accounts.transferToSubnet(context, 0, COLD, 5_000n * TAO)).toBe(1_000n * TAO - 500n);
    expect(errorOf(() => accounts.transferToSubnet(context, 0, COLD, 1n))).toBe("SubtensorModule.InsufficientBalance");
    expect(errorOf(() => accounts.transferToSubnet(context, 7, OTHER, 1n))).toBe("SubtensorModule.SubnetNotExists");
    const heldRao = state.read(FreeBalance, accounts.subnetAccount(0));
    expect(errorOf(() => accounts.transferFromSubnet(context, 0, COLD, heldRao + 1n))).toBe(
      "SubtensorModule.InsufficientBalance",
    );
    const issuanceRao = state.read(TotalIssuance);
    accounts.transferFromSubnet(context, 0, COLD, heldRao - 499n);
    expect(state.has(FreeBalance, accounts.subnetAccount(0))).toBe(false);
    expect(state.read(TotalIssuance)).toBe(issuanceRao - 499n);
    checkConservation(state);
  });
});

it("a hotkey is given away once", () => {
  const state = new State();
  hotkeys.createHotkey(state, COLD, HOT);
  hotkeys.createHotkey(state, OTHER, HOT);
  expect(hotkeys.ownerOf(state, HOT)).toBe(COLD);
  expect([state.read(OwnedHotkeys, COLD), state.read(StakingHotkeys, COLD)]).toEqual([[HOT], [HOT]]);
  expect(state.read(OwnedHotkeys, OTHER)).toEqual([]);
  expect(errorOf(() => hotkeys.checkOwnsHotkey(state, OTHER, HOT))).toBe("SubtensorModule.NonAssociatedColdKey");
  expect(errorOf(() => hotkeys.checkHotkeyExists(state, OTHER))).toBe("SubtensorModule.HotKeyAccountNotExists");
});

it("what fails leaves neither writes nor events", () => {
  const state = stakingState();
  const context = ruleContext(state);
  const before = fingerprint(state);
  const failure = attempt(context, (within) => {
    accounts.transferTao(within, COLD, OTHER, TAO);
    hotkeys.checkHotkeyExists(state, HOT);
  });
  expect(failure?.error).toBe("SubtensorModule.HotKeyAccountNotExists");
  expect([fingerprint(state), context.events]).toEqual([before, []]);
});

const someRao = fc.oneof(
  fc.constantFrom(0n, 1n, 2n, 10n ** 9n, 10n ** 18n, (1n << 62n) - 1n),
  fc.bigInt({ min: 0n, max: 10n ** 12n }),
);

it("stake is accounted as the twin does", () => {
  const step = fc.tuple(fc.constantFrom("increase", "decrease", "all"), fc.integer({ min: 3, max: 6 }), someRao);
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const context = ruleContext(new State());
      const { state } = context;
      const twin = new Pool<number>();
      for (const [kind, byte, rao] of steps) {
        const cold = accountOf(byte);
        expect(stake.canIncreaseStake(context, HOT, 1, rao)).toBe(twin.represents(rao));
        if (kind === "increase") {
          stake.increaseStake(context, HOT, cold, 1, rao);
          twin.one(byte, rao);
        } else if (kind === "decrease") {
          stake.decreaseStake(context, HOT, cold, 1, rao);
          if ((twin.own.get(byte)?.[0] ?? 0n) !== 0n && twin.worth(byte) >= rao) twin.one(byte, -rao);
        } else {
          stake.increaseForAll(context, HOT, 1, rao);
          twin.everybody(rao);
        }
        expect(state.read(TotalHotkeyAlpha, HOT, 1)).toBe(twin.value);
        expect(state.read(TotalHotkeySharesV2, HOT, 1)).toEqual(twin.all[0] === 0n ? [0n, 0n] : twin.all);
        for (let k = 3; k <= 6; k++) {
          const share = twin.own.get(k) ?? NOTHING;
          expect(state.read(AlphaV2, HOT, accountOf(k), 1)).toEqual(share[0] === 0n ? [0n, 0n] : share);
          expect(stake.stakeOf(context, HOT, accountOf(k), 1)).toBe(share[0] === 0n ? 0n : twin.worth(k));
        }
        expect(stake.stakeOfColdkey(context, cold, 1)).toBe(stake.stakeOf(context, HOT, cold, 1));
      }
    }),
    { numRuns: 60 },
  );
});

describe("swaps", () => {
  const reserve = fc.bigInt({ min: 900_000n, max: 10n ** 15n });
  const limit = fc.oneof(fc.constantFrom(1_000n, 10n ** 15n), fc.bigInt({ min: 1_000n, max: 10n ** 12n }));

  it("do to reserves what the twin says", () => {
    fc.assert(
      fc.property(
        reserve,
        reserve,
        someRao,
        limit,
        fc.boolean(),
        fc.boolean(),
        (tao, alpha, rao, limitRao, buys, free) => {
          const state = stakingState();
          addSubnet(state, 1, tao, alpha);
          const context = ruleContext(state);
          const given = {
            taoReserve: `${tao}`,
            alphaReserve: `${alpha}`,
            quoteWeight: null,
            feeRate: 33,
            dropFees: free,
          };
          const answer = oraclePool({
            op: buys ? "buy" : "sell",
            ...given,
            amount: `${rao}`,
            priceLimit: `${limitRao}`,
          });
          const act = buys ? swaps.swapTaoForAlpha : swaps.swapAlphaForTao;
          if (answer.error) {
            expect(errorOf(() => act(context, 1, rao, limitRao, free))).toBe(`Swap.${answer.error}`);
            return;
          }
          const swapped = act(context, 1, rao, limitRao, free);
          const [paidIn, paidOut] = [answer.amountPaidIn as bigint, answer.amountPaidOut as bigint];
          expect(swapped).toEqual({
            paidInRao: paidIn,
            paidOutRao: paidOut,
            feeRao: answer.feePaid,
            authorFeeRao: answer.feeToBlockAuthor,
          });
          expect(state.read(SubnetTAO, 1)).toBe(buys ? tao + paidIn : tao - paidOut);
          expect(state.read(SubnetAlphaIn, 1)).toBe(buys ? alpha - paidOut : alpha + paidIn);
          expect(state.read(SubnetAlphaOut, 1)).toBe(buys ? paidOut : 0n);
          expect(state.read(SubnetVolume, 1)).toBe(buys ? rao : paidOut);
          expect(state.read(PalSwapInitialized, 1)).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("are one to one without a pool, and nothing where there is no subnet", () => {
    const context = ruleContext(stakingState());
    const one = { paidInRao: 5n, paidOutRao: 5n, feeRao: 0n, authorFeeRao: 0n };
    expect(swaps.simulateSwap(context, 0, "buy", 5n)).toEqual(one);
    expect(swaps.simulateSwap(context, 3, "sell", 5n)).toEqual({ ...one, paidInRao: 0n, paidOutRao: 0n });
    expect(swaps.swapTaoForAlpha(context, 0, 5n)).toEqual(one);
    expect([context.state.read(SubnetTAO, 0), context.state.read(SubnetAlphaOut, 0)]).toEqual([5n, 5n]);
    expect(swaps.alphaPrice(context, 0)).toBe(1n << 64n);
  });

  it("are simulated without a trace", () => {
    const state = stakingState();
    addSubnet(state, 1, 100n * TAO, 100n * TAO);
    const before = fingerprint(state);
    expect(swaps.simulateSwap(ruleContext(state), 1, "buy", TAO)).toMatchObject({ feeRao: 503_547n });
    expect(swaps.simulateSwap(ruleContext(state), 1, "buy", 200_000n * TAO)).toBe("refused");
    expect(swaps.mostWithinLimit(ruleContext(state), 1, "buy", 2n * TAO)).toBeGreaterThan(TAO);
    expect(errorOf(() => swaps.mostWithinLimit(ruleContext(state), 1, "buy", TAO / 2n))).toBe(
      "Swap.PriceLimitExceeded",
    );
    expect(fingerprint(state)).toBe(before);
    state.write(SubnetMechanism, 1, 0);
    expect(swaps.simulateSwap(ruleContext(state), 1, "buy", TAO)).toMatchObject({ feeRao: 0n });
  });

  it("price all stake of a hotkey, truncated once", () => {
    const state = stakingState();
    addSubnet(state, 1, 10n ** 9n, 3n * 10n ** 9n);
    addSubnet(state, 2, 10n ** 9n, 3n * 10n ** 9n);
    state.write(TotalHotkeyAlpha, HOT, 0, 7n);
    state.write(TotalHotkeyAlpha, HOT, 1, 2n);
    state.write(TotalHotkeyAlpha, HOT, 2, 2n);
    expect(stake.totalStakeOfHotkey(ruleContext(state), HOT)).toBe(8n);
  });
});
