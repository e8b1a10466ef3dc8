/** Ending subnets: who is paid what, and what is left; and any sequence of calls that make, fill and end subnets. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Call } from "../../host/ledger/calls/call.js";
import { calls } from "../../host/ledger/calls/index.js";
import { portions } from "../../host/ledger/rules/dissolve.js";
import { subnetAccount } from "../../host/ledger/rules/subnetAccounts.js";
import { BalancesIssuance, FreeBalance, TotalIssuance } from "../../host/ledger/state/balances.js";
import { RootClaimable, RootClaimed } from "../../host/ledger/state/claims.js";
import { ITEMS } from "../../host/ledger/state/items.js";
import * as neurons from "../../host/ledger/state/neurons.js";
import * as pools from "../../host/ledger/state/pools.js";
import { AlphaV2, TotalHotkeyAlpha, TotalHotkeySharesV2 } from "../../host/ledger/state/staking.js";
import * as subnets from "../../host/ledger/state/subnets.js";
import { PackedRow } from "../../host/marshal/packedRow.js";
import { accountOf } from "../support/ledger.js";
import {
  allFree,
  at,
  cheap,
  errorsOf,
  expectWell,
  OTHER,
  OWNER,
  POOR,
  richState,
  run,
  TAO,
  THIRD,
  withSubnet,
} from "../support/subnets.js";

const { registerNetwork, startCall, rootDissolveNetwork, burnedRegister } = calls.subnets;
const errors = errorsOf();
const errorOf = (...call: Parameters<typeof errors.errorOf>) =>
  errors
    .errorOf(...call)
    ?.split(".")
    .at(-1) ?? null;

describe("ending a subnet", () => {
  it("is root's, and not of the root or of what is not", () => {
    const state = withSubnet();
    expect(errorOf(state, OWNER, rootDissolveNetwork({ netuid: 1 }))).toBe("BadOrigin");
    for (const netuid of [0, 2])
      expect(errorOf(state, "root", rootDissolveNetwork({ netuid }))).toBe("SubnetNotExists");
  });

  it("shares the pot by alpha, the pool's alpha being the chain's; nothing is left but the deposit", () => {
    const state = withSubnet();
    const hot = accountOf(30);
    for (const [by, alpha] of [
      [OTHER, 3_000n * TAO],
      [POOR, 1_000n * TAO],
    ] as const) {
      // biome-ignore format: pairs
      state.write(AlphaV2, hot, by.account, 1, [alpha * 10n ** 8n, -8n]);
    }
    state.write(TotalHotkeyAlpha, hot, 1, 4_000n * TAO);
    state.write(TotalHotkeySharesV2, hot, 1, [4_000n * TAO * 10n ** 8n, -8n]);
    state.write(pools.SubnetAlphaOut, 1, 4_000n * TAO);
    const issued = state.read(TotalIssuance);
    const before = state.read(FreeBalance, OTHER.account);
    expectWell(run(state, "root", rootDissolveNetwork({ netuid: 1 })));
    expect(state.read(FreeBalance, OTHER.account) - before).toBe(600n * TAO);
    expect(state.read(FreeBalance, POOR.account)).toBe(201n * TAO);
    expect(issued - state.read(TotalIssuance)).toBe(200n * TAO - 500n);
    expect(state.read(FreeBalance, subnetAccount(1))).toBe(500n);
    expect(allFree(state)).toBe(state.read(BalancesIssuance));
    expect(state.read(pools.TotalStake)).toBe(0n);
    const kept = ITEMS.flatMap((item) =>
      state.entries(item as (typeof ITEMS)[0]).flatMap(([keys]) => (keys.includes(1) ? [item.name.split(".")[1]] : [])),
    );
    expect(kept).toEqual(["RegisteredSubnetCounter", "SubnetEmissionEnabled"]);
  });

  it("an owner from before the start block gets the price back, less the cut of all alpha at the price now", () => {
    const state = withSubnet();
    state.write(subnets.NetworkRegistrationStartBlock, 11);
    state.write(subnets.TaoInRefundDeploymentBlock, 10);
    const before = state.read(FreeBalance, OWNER.account);
    expectWell(run(state, "root", rootDissolveNetwork({ netuid: 1 })));
    // The pool's 1000 alpha are all there is, at a price of 1; the cut is 11796/65535 in 32 fractional bits.
    const earnedRao = (1_000n * TAO * ((11_796n << 32n) / 65_535n)) >> 32n;
    expect(state.read(FreeBalance, OWNER.account) - before).toBe(1_000n * TAO - earnedRao);
    expect(state.read(FreeBalance, subnetAccount(1))).toBe(500n);
    expect(allFree(state)).toBe(state.read(BalancesIssuance));
  });

  it("what roots and stakers may still claim of it goes, what they may claim of others stays", () => {
    const state = withSubnet();
    const hot = accountOf(30);
    state.write(RootClaimable, hot, [[1, 5n], [2, 7n]]); // biome-ignore format: pairs
    state.write(RootClaimed, 1, hot, OTHER.account, 3n);
    state.write(neurons.Weights, 0, 4, PackedRow.of([[1, 9], [2, 8]])); // biome-ignore format: pairs
    expectWell(run(state, "root", rootDissolveNetwork({ netuid: 1 })));
    expect(state.read(RootClaimable, hot)).toEqual([[2, 7n]]);
    expect(state.entries(RootClaimed)).toEqual([]);
    expect([...state.read(neurons.Weights, 0, 4)]).toEqual([[1, 0], [2, 8]]); // biome-ignore format: pairs
  });

  it("portions are whole, exact in sum, and within one of the proportion; the largest remainders first", () => {
    const weight = fc.bigInt({ min: 0n, max: 1n << 64n });
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 21n * 10n ** 15n }),
        fc.array(weight, { maxLength: 12 }),
        (pot, weights) => {
          const total = weights.reduce((sum, one) => sum + one, 0n);
          const parts = portions(
            pot,
            weights.map((one, k) => ({ coldkey: accountOf(k), weight: one })),
          );
          const paid = parts.reduce((sum, { rao }) => sum + rao, 0n);
          expect(paid).toBe(pot === 0n || total === 0n ? 0n : pot);
          for (const { weight: w, rao } of parts) {
            const exact = pot * w;
            expect(rao * total <= exact + total && rao * total > exact - total).toBe(true);
          }
        },
      ),
    );
  });
});

const who = fc.constantFrom(OWNER, OTHER, THIRD, POOR);
const small = fc.integer({ min: 0, max: 3 });
const anyHotkey = fc.integer({ min: 60, max: 66 }).map(accountOf);
const anyCall: fc.Arbitrary<readonly [Parameters<typeof run>[1], Call]> = fc.oneof(
  fc.tuple(who, anyHotkey.map((of) => registerNetwork({ hotkey: of }))), // biome-ignore format: a line a call
  fc.tuple(who, small.map((netuid) => startCall({ netuid }))), // biome-ignore format: a line a call
  { weight: 4, arbitrary: fc.tuple(who, fc.tuple(small, anyHotkey).map(([netuid, of]) => burnedRegister({ netuid, hotkey: of }))) }, // biome-ignore format: a line a call
  fc.tuple(fc.constant("root" as const), small.map((netuid) => rootDissolveNetwork({ netuid }))), // biome-ignore format: a line a call
);

it("whatever is called, no TAO comes into being, and uids, keys and counts agree", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyCall, fc.integer({ min: 0, max: 9_000 })), { maxLength: 25 }), (sequence) => {
      const state = cheap(richState());
      state.write(subnets.SubnetLimit, 2);
      state.write(subnets.NetworkImmunityPeriod, 9_000n);
      let block = 10;
      for (const [[by, call], blocks] of sequence) {
        block += blocks;
        at(state, block);
        const before = state.read(TotalIssuance);
        const { error } = run(state, by, call);
        expect(allFree(state)).toBe(state.read(BalancesIssuance));
        expect(state.read(BalancesIssuance) <= before).toBe(true);
        expect(state.read(TotalIssuance)).toBe(error ? before : state.read(BalancesIssuance));
        for (const [[netuid]] of state.entries(subnets.NetworksAdded)) {
          if (netuid === 0) continue;
          const keys = state.entries(neurons.Keys, netuid);
          expect(keys.map(([[, uid]]) => uid)).toEqual([...keys.keys()]);
          expect(state.read(neurons.SubnetworkN, netuid)).toBe(keys.length);
          for (const [[, uid], key] of keys) expect(state.read(neurons.Uids, netuid, key)).toBe(uid);
          expect(state.read(FreeBalance, subnetAccount(netuid)) >= state.read(pools.SubnetTAO, netuid)).toBe(true);
        }
      }
    }),
    { numRuns: 60 },
  );
});
