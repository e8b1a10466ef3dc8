/** Adding and removing stake: each check at its border and in its order, effects against the pool's twin. */
import { describe, expect, it } from "vitest";
import type { Call } from "../../host/ledger/calls/call.js";
import { calls } from "../../host/ledger/calls/index.js";
import { STAKING_ERRORS } from "../../host/ledger/rules/staking.js";
import { BURN_ACCOUNT, subnetAccount } from "../../host/ledger/rules/subnetAccounts.js";
import { SUBNET_CHECK_ERRORS } from "../../host/ledger/rules/subnetChecks.js";
import { FreeBalance } from "../../host/ledger/state/balances.js";
import { PendingChildKeys } from "../../host/ledger/state/children.js";
import { StakeThreshold } from "../../host/ledger/state/hyperparameters.js";
import { SubnetAlphaIn, SubnetAlphaOut, SubnetTAO, SubnetTaoFlow } from "../../host/ledger/state/pools.js";
import { Delegates, NominatorMinRequiredStake, Owner, TotalHotkeyAlpha } from "../../host/ledger/state/staking.js";
import { SubtokenEnabled } from "../../host/ledger/state/subnets.js";
import { BlockAuthor } from "../../host/ledger/state/system.js";
import { oraclePool } from "../oracle/pool.js";
import { ANN, accountOf, BEN } from "../support/ledger.js";
import { called, HOT, OTHER, recordingErrors, staked, stakeOfAnn, TAO, twoSubnets } from "../support/staking.js";

const { staking } = calls;
const { reached, errorOf } = recordingErrors();

const add = (amountRao: bigint, netuid = 1, hotkey = HOT) => staking.addStake({ hotkey, netuid, amountRao });
const addTo = (limitRao: bigint, amountRao: bigint, allowPartial = false, netuid = 1) =>
  staking.addStakeLimit({ hotkey: HOT, netuid, amountRao, limitRao, allowPartial });
const remove = (alphaRao: bigint, netuid = 1) => staking.removeStake({ hotkey: HOT, netuid, alphaRao });
const removeTo = (limitRao: bigint, alphaRao: bigint, allowPartial = false) =>
  staking.removeStakeLimit({ hotkey: HOT, netuid: 1, alphaRao, limitRao, allowPartial });

describe("adding", () => {
  it.each<[string, Call, string | null]>([
    ["more than a thousand reserves", add(1_000_000n * TAO + 1n), "InsufficientLiquidity"],
    ["on no subnet", add(TAO, 0x77), "SubnetNotExists"],
    ["less than the least and its fee", add(2_001_006n), "AmountTooLow"],
    ["the least and its fee", add(2_001_007n), null],
    ["more than there is", add(1_000n * TAO + 1n), "NotEnoughBalanceToStake"],
    ["all there is, but the deposit", add(1_000n * TAO), null],
    ["with nobody's hotkey", add(TAO, 1, accountOf(99)), "HotKeyAccountNotExists"],
    ["balance before hotkey", add(2_000n * TAO, 1, accountOf(99)), "NotEnoughBalanceToStake"],
    ["on the root", add(TAO, 0), null],
    ["up to a price below it", addTo(TAO / 2n, TAO), "Swap.PriceLimitExceeded"],
    ["up to a price, too much", addTo(TAO / 2n + 1_000_000n, 100n * TAO), "SlippageTooHigh"],
    ["up to a price, what it allows", addTo(TAO / 2n + 1_000_000n, 100n * TAO, true), null],
    ["up to a price, too little allowed", addTo(TAO / 2n + 1n, 100n * TAO, true), "AmountTooLow"],
    ["on the root below par", addTo(TAO - 1n, TAO, false, 0), "SlippageTooHigh"],
    ["on the root at par", addTo(TAO, TAO, false, 0), null],
  ])("%s", (_, made, error) => {
    expect(errorOf(twoSubnets(), made)).toBe(error);
  });

  it("needs a started subnet with some liquidity", () => {
    const state = twoSubnets();
    state.write(SubtokenEnabled, 1, false);
    expect(errorOf(state, add(TAO))).toBe("SubtokenDisabled");
    state.write(SubtokenEnabled, 1, true);
    state.write(SubnetAlphaIn, 1, 999_999n);
    expect(errorOf(state, add(TAO))).toBe("InsufficientLiquidity");
  });

  it("buys what the pool's twin says, and burns the fee or pays it to the author", () => {
    for (const author of [undefined, accountOf(8)]) {
      const state = twoSubnets();
      if (author) state.write(BlockAuthor, author);
      const given = { taoReserve: `${1_000n * TAO}`, alphaReserve: `${2_000n * TAO}`, amount: `${10n * TAO}` };
      const answer = oraclePool({ op: "buy", ...given });
      const feeRao = answer.feePaid as bigint;
      const { events } = called(state, ANN, add(10n * TAO));
      expect(events.at(-1)).toEqual({
        name: "SubtensorModule.StakeAdded",
        coldkey: ANN.account,
        hotkey: HOT,
        netuid: 1,
        taoRao: 10n * TAO,
        alphaRao: answer.amountPaidOut,
        feeRao,
      });
      expect(stakeOfAnn(state)).toBe(answer.amountPaidOut);
      expect(state.read(FreeBalance, ANN.account)).toBe(990n * TAO);
      expect(state.read(FreeBalance, author ?? BURN_ACCOUNT)).toBe(author ? 1_000n * TAO + feeRao : feeRao);
      expect(state.read(FreeBalance, subnetAccount(1))).toBe(1_010n * TAO - feeRao);
      expect(state.read(SubnetTaoFlow, 1)).toBe(10n * TAO - feeRao);
      expect([state.read(SubnetTAO, 1), state.read(SubnetAlphaOut, 1)]).toEqual([
        1_000n * TAO + (answer.amountPaidIn as bigint),
        answer.amountPaidOut,
      ]);
    }
  });

  it("only up to a limit makes somebody else's hotkey a delegate", () => {
    const state = twoSubnets();
    errorOf(state, add(TAO, 1, OTHER));
    expect(state.has(Delegates, OTHER)).toBe(false);
    errorOf(
      state,
      staking.addStakeLimit({ hotkey: OTHER, netuid: 1, amountRao: TAO, limitRao: TAO, allowPartial: false }),
    );
    expect(state.read(Delegates, OTHER)).toBe(11_796);
  });
});

describe("removing", () => {
  it.each<[string, Call, string | null]>([
    ["on no subnet", remove(TAO, 0x77), "SubtokenDisabled"],
    ["nothing", remove(0n), "AmountTooLow"],
    ["so little that the rest stays", remove(4_000n), "AmountTooLow"],
    ["everything and more", remove(1_000_000n * TAO), null],
    ["down to a price above it", removeTo(TAO, TAO), "Swap.PriceLimitExceeded"],
    ["down to a price, more than there is", removeTo(1_000n, 20n * TAO), "NotEnoughStakeToWithdraw"],
    ["down to a price, too much", removeTo(TAO / 2n + 4_000_000n, 15n * TAO), "SlippageTooHigh"],
    ["down to a price, what it allows", removeTo(TAO / 2n + 4_000_000n, 15n * TAO, true), null],
    ["down to a price, more than reserves", removeTo(1_000n, 2_000_000n * TAO), "InsufficientLiquidity"],
    ["everything at any price", staking.removeStakeFullLimit({ hotkey: HOT, netuid: 1, limitRao: null }), null],
    [
      "everything at too high a price",
      staking.removeStakeFullLimit({ hotkey: HOT, netuid: 1, limitRao: TAO }),
      "Swap.PriceLimitExceeded",
    ],
    ["with all from nobody's hotkey", staking.unstakeAll({ hotkey: accountOf(99) }), "HotKeyAccountNotExists"],
    ["nowhere staked alpha", staking.unstakeAllAlpha({ hotkey: OTHER }), "AmountTooLow"],
  ])("%s", (_, made, error) => {
    expect(errorOf(staked(), made)).toBe(error);
  });

  it("pays what the pool's twin says, and keeps the fee in alpha out or sells it for the author", () => {
    for (const author of [undefined, accountOf(8)]) {
      const state = staked();
      if (author) state.write(BlockAuthor, author);
      const [taoRao, alphaRao] = [state.read(SubnetTAO, 1), state.read(SubnetAlphaIn, 1)];
      const amountRao = stakeOfAnn(state);
      const given = { taoReserve: `${taoRao}`, alphaReserve: `${alphaRao}`, amount: `${amountRao}` };
      const answer = oraclePool({ op: "sell", ...given });
      const [paidIn, paidOut, feeRao] = [answer.amountPaidIn, answer.amountPaidOut, answer.feePaid] as bigint[];
      const after = { taoReserve: `${taoRao - paidOut!}`, alphaReserve: `${alphaRao + paidIn!}`, amount: `${feeRao}` };
      const sold = author
        ? (oraclePool({ op: "sell", ...after, dropFees: true, priceLimit: "1000" }).amountPaidOut as bigint)
        : 0n;
      const freeRao = state.read(FreeBalance, ANN.account);
      expect(errorOf(state, remove(amountRao))).toBeNull();
      expect(state.read(FreeBalance, ANN.account)).toBe(freeRao + paidOut!);
      expect(state.read(SubnetTAO, 1)).toBe(taoRao - paidOut! - sold);
      expect(state.read(SubnetAlphaOut, 1)).toBe(author ? 0n : feeRao);
      if (author) expect(state.read(FreeBalance, author)).toBe(1_000n * TAO + sold);
      expect(state.has(TotalHotkeyAlpha, HOT, 1)).toBe(false);
    }
  });

  it("clears a nomination too small to keep, but not the owner's", () => {
    // Millionths of the least stake, 0.002 TAO: 3 TAO, which five alpha are not worth, and 2.
    for (const [owner, factorMillionths, left] of [
      [ANN.account, 1_500_000_000n, true],
      [BEN.account, 1_500_000_000n, false],
      [BEN.account, 1_000_000_000n, true],
    ] as const) {
      const state = staked();
      state.write(Owner, HOT, owner);
      state.write(NominatorMinRequiredStake, factorMillionths);
      expect(errorOf(state, remove(stakeOfAnn(state) - 5n * TAO))).toBeNull();
      expect(stakeOfAnn(state) > 0n).toBe(left);
    }
  });

  it("drops the children of a hotkey below the threshold", () => {
    const state = staked();
    state.write(PendingChildKeys, 2, HOT, [[[1n, OTHER]], 200]);
    expect(errorOf(state, remove(TAO))).toBeNull();
    expect(state.has(PendingChildKeys, 2, HOT)).toBe(true);
    state.write(StakeThreshold, 100n * TAO);
    expect(errorOf(state, remove(TAO))).toBeNull();
    expect(state.has(PendingChildKeys, 2, HOT)).toBe(false);
  });

  it("takes everything everywhere, or all alpha to the root", () => {
    const state = staked();
    for (const netuid of [0, 2]) expect(errorOf(state, add(5n * TAO, netuid))).toBeNull();
    const again = staked();
    for (const netuid of [0, 2]) expect(errorOf(again, add(5n * TAO, netuid))).toBeNull();
    expect(errorOf(state, staking.unstakeAll({ hotkey: HOT }))).toBeNull();
    expect([0, 1, 2].map((netuid) => stakeOfAnn(state, netuid))).toEqual([0n, 0n, 0n]);
    expect(errorOf(again, staking.unstakeAllAlpha({ hotkey: HOT }))).toBeNull();
    expect([1, 2].map((netuid) => stakeOfAnn(again, netuid))).toEqual([0n, 0n]);
    expect(stakeOfAnn(again, 0)).toBe(state.read(FreeBalance, ANN.account) - again.read(FreeBalance, ANN.account));
  });
});

it("every name of an error is reached", () => {
  const others = ["SlippageTooHigh", "NotEnoughBalanceToStake", "NotEnoughStakeToWithdraw", "HotKeyAccountNotExists"];
  const all = [...STAKING_ERRORS, ...SUBNET_CHECK_ERRORS, ...others.map((name) => `SubtensorModule.${name}`)];
  for (const name of all) expect(reached).toContain(name);
});
