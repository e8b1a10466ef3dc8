/** What an epoch of the ledger pays, against the BigInt twin; what is conserved in every block. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyBlock } from "../host/ledger/block/applyBlock.js";
import { runDueEpochs } from "../host/ledger/block/dueEpochs.js";
import { emitToSubnets } from "../host/ledger/block/emission.js";
import { runEpoch } from "../host/ledger/block/epoch.js";
import type { LedgerEvent } from "../host/ledger/events.js";
import { hotkeyRecords } from "../host/ledger/rules/hotkeyTable.js";
import { subnetAccount } from "../host/ledger/rules/subnetAccounts.js";
import { BalancesIssuance, FreeBalance, TotalIssuance } from "../host/ledger/state/balances.js";
import { CKBurn } from "../host/ledger/state/children.js";
import type { Account } from "../host/ledger/state/codecs.js";
import * as hyper from "../host/ledger/state/hyperparameters.js";
import { Keys, SubnetworkN } from "../host/ledger/state/neurons.js";
import * as pools from "../host/ledger/state/pools.js";
import * as staking from "../host/ledger/state/staking.js";
import type { State } from "../host/ledger/state/state.js";
import * as subnets from "../host/ledger/state/subnets.js";
import { BlockNumber } from "../host/ledger/state/system.js";
import { NOBODY } from "../host/ledger/state/values.js";
import { oracleDividends, oracleTake } from "./oracle/dividends.js";
import type { Payday } from "./oracle/families.js";
import { coldkeyOf, minerOf, type NetworkOptions, network } from "./support/ledgerNetwork.js";
import { contextOn } from "./support/ledgerState.js";
import { twinSubnetOf } from "./support/ledgerTwin.js";
import { plain } from "./support/plain.js";

const SMALL: NetworkOptions = { subnets: 3, neurons: 8, validators: 3, tempo: 10 };

/** What the epoch of a subnet should pay, by the twin: the state is left as it was. */
function payday(state: State, netuid: number): ReturnType<typeof oracleDividends> {
  const mark = state.mark();
  const pots = {
    pendingServer: state.read(pools.PendingServerEmission, netuid),
    pendingValidator: state.read(pools.PendingValidatorEmission, netuid),
    pendingRoot: state.read(pools.PendingRootAlphaDivs, netuid),
  };
  const hotkeys = Array.from({ length: state.read(SubnetworkN, netuid) }, (_, uid) => state.read(Keys, netuid, uid));
  const sum = pots.pendingServer + pots.pendingValidator + pots.pendingRoot;
  const { serverRao, validatorRao } = runEpoch(contextOn(state), netuid, sum);
  state.rollback(mark);
  const records = [...hotkeyRecords(state, netuid, hotkeys)];
  const input = {
    ...pots,
    taoWeight: state.read(hyper.TaoWeight),
    hotkeys: records.map(([hotkey, { alpha, tao, owner, take, parents, children }]) => ({
      ...{ hotkey, owner, parents, children },
      ...{ alphaStake: alpha, taoStake: tao, childkeyTake: take },
    })),
    childkeyBurn: state.read(CKBurn),
    emission: hotkeys.map((hotkey, uid) => [hotkey, serverRao[uid], validatorRao[uid]]),
  };
  return oracleDividends(plain(input) as unknown as Payday);
}

describe("payout", () => {
  /** Blocks until just before the first epoch of subnet 1. */
  function rich(options: NetworkOptions = SMALL): State {
    const state = network({ ...options, priceMilli: () => 500n });
    for (let block = 1; block < 10; block++) {
      state.write(BlockNumber, block);
      emitToSubnets(contextOn(state));
    }
    state.write(BlockNumber, 10);
    return state;
  }

  test.each([0, 1])("everyone is paid what the twin says, the owner's mining withheld; recycling %i", (recycling) => {
    const state = rich();
    const owner = minerOf(1, SMALL.validators);
    state.write(hyper.RecycleOrBurn, 1, recycling);
    state.write(CKBurn, 1n << 62n);
    const twin = payday(state, 1);
    const ownerCut = state.read(pools.PendingOwnerCut, 1);
    const before = new Map(
      state.entries(staking.TotalHotkeyAlpha).map(([[hotkey, net], v]) => [`${hotkey} ${net}`, v]),
    );
    const alphaOut = state.read(pools.SubnetAlphaOut, 1);
    state.write(subnets.MaxEpochsPerBlock, 1);
    runDueEpochs(contextOn(state));
    let [mined, withheld] = [0n, 0n];
    for (const { hotkey, incentive, alphaDividendsBits, rootDividendsBits } of twin.hotkeys) {
      const alpha = oracleTake(state.read(staking.Delegates, hotkey as Account), BigInt(alphaDividendsBits));
      const root = oracleTake(state.read(staking.Delegates, hotkey as Account), BigInt(rootDividendsBits));
      mined += BigInt(incentive);
      if (hotkey === owner) withheld += BigInt(incentive);
      const paid =
        (hotkey === owner ? ownerCut : BigInt(incentive)) + BigInt(alpha.take) + BigInt(alpha.rest) + BigInt(root.take);
      expect(state.read(staking.TotalHotkeyAlpha, hotkey as Account, 1), hotkey).toBe(
        before.get(`${hotkey} 1`)! + paid,
      );
      expect(state.read(staking.AlphaDividendsPerSubnet, 1, hotkey as Account)).toBe(BigInt(alpha.rest));
      expect(state.read(staking.RootAlphaDividendsPerSubnet, 1, hotkey as Account)).toBe(BigInt(root.rest));
      expect(state.read(staking.TotalHotkeyAlphaLastEpoch, hotkey as Account, 1)).toBe(
        before.get(`${hotkey} 1`)! + paid - BigInt(root.take),
      );
    }
    expect(withheld).toBeGreaterThan(0n);
    expect(state.read(pools.MinerBurned, 1)).toBe((withheld << 32n) / mined);
    expect(BigInt(twin.recycled)).toBeGreaterThan(0n);
    expect(state.read(pools.SubnetAlphaOut, 1)).toBe(
      alphaOut - BigInt(twin.recycled) - (recycling === 1 ? withheld : 0n),
    );
    expect(state.read(subnets.LastMechansimStepBlock, 1)).toBe(10);
  });

  test("an incentive goes where its owner wants it staked, and is told of", () => {
    const state = rich();
    const [miner, elsewhere] = [minerOf(1, 5), minerOf(1, 6)];
    state.write(staking.AutoStakeDestination, coldkeyOf(miner), 1, elsewhere);
    const mined = payday(state, 1).hotkeys.find(({ hotkey }) => hotkey === miner)!.incentive;
    const events: LedgerEvent[] = [];
    runDueEpochs(contextOn(state, events));
    expect(events).toContainEqual({
      name: "SubtensorModule.AutoStakeAdded",
      netuid: 1,
      destination: elsewhere,
      hotkey: miner,
      owner: coldkeyOf(miner),
      incentiveRao: BigInt(mined),
    });
    expect(state.has(staking.AlphaV2, elsewhere, coldkeyOf(miner), 1)).toBe(true);
    expect(state.read(staking.StakingHotkeys, coldkeyOf(miner))).toEqual([miner, elsewhere]);
  });

  test("a subnet without neurons pays its owner alone", () => {
    const state = rich({ ...SMALL, neurons: 0 });
    const owner = minerOf(1, SMALL.validators);
    const cut = state.read(pools.PendingOwnerCut, 1);
    runDueEpochs(contextOn(state));
    expect(state.read(staking.TotalHotkeyAlpha, owner, 1)).toBe(cut);
    expect(state.read(pools.PendingServerEmission, 1)).toBe(0n);
  });
});

test("in every block TAO is conserved to the rao, and of a subnet's alpha only truncation and burning lose any", () => {
  fc.assert(
    fc.property(
      // Prices that sum to more than 1: the root's part is not recycled, of which miners would miss half.
      fc.bigInt(170n, 900n),
      fc.bigInt(2n, 10n ** 15n),
      fc.integer({ min: 1, max: 7 }),
      (price, rootTao, tempo) => {
        const state = network({ ...SMALL, tempo, rootTao, priceMilli: (netuid) => price * BigInt(netuid) });
        const lost = new Map([1, 2, 3].map((netuid) => [netuid, 0n]));
        const toRoot = new Map([1, 2, 3].map((netuid) => [netuid, 0n]));
        for (let block = 1; block <= 15; block++) {
          const { events } = applyBlock(state, NOBODY, []);
          expectTaoConserved(state);
          for (const netuid of [1, 2, 3]) {
            const ran = state.read(subnets.LastMechansimStepBlock, netuid) === block;
            if (ran) toRoot.set(netuid, toRoot.get(netuid)! + rootPaid(state, netuid));
            const now = unaccounted(state, netuid) - toRoot.get(netuid)!;
            const more = now - lost.get(netuid)!;
            const burned = ran
              ? withheldRao(
                  netuid,
                  events.map(({ event }) => event),
                )
              : 0n;
            expect(more).toBeGreaterThanOrEqual(0n);
            // A block floors four parts; an epoch floors a few times for every hotkey.
            expect(more).toBeLessThanOrEqual(burned + (ran ? 24n * BigInt(SMALL.neurons) : 4n));
            lost.set(netuid, now);
          }
        }
      },
    ),
    { numRuns: 15 },
  );
});

function expectTaoConserved(state: State): void {
  const sum = state.entries(FreeBalance).reduce((all, [, rao]) => all + rao, 0n);
  expect(state.read(BalancesIssuance)).toBe(sum);
  expect(state.read(TotalIssuance)).toBe(sum);
  for (const netuid of [0, 1, 2, 3]) {
    expect(state.read(FreeBalance, subnetAccount(netuid))).toBe(state.read(pools.SubnetTAO, netuid));
  }
}

/** Alpha outstanding that is nobody's stake, waits for no epoch and is not the chain's own. */
function unaccounted(state: State, netuid: number): bigint {
  const staked = state
    .entries(staking.TotalHotkeyAlpha)
    .reduce((sum, [[, net], rao]) => (net === netuid ? sum + rao : sum), 0n);
  const { owner, server, validator, root } = twinSubnetOf(state, netuid).pending;
  const own = state.read(pools.SubnetProtocolAlpha, netuid);
  return state.read(pools.SubnetAlphaOut, netuid) - staked - owner - server - validator - root - own;
}

/** Root dividends of the last epoch that wait to be claimed: those of hotkeys with as much root stake. */
function rootPaid(state: State, netuid: number): bigint {
  return state
    .entries(staking.RootAlphaDividendsPerSubnet, netuid)
    .reduce((sum, [[, hotkey], rao]) => (rao > state.read(staking.TotalHotkeyAlpha, hotkey, 0) ? sum : sum + rao), 0n);
}

/** What the owner mined in the last epoch. */
function withheldRao(netuid: number, events: readonly LedgerEvent[]): bigint {
  for (const event of events) {
    if (event.name !== "SubtensorModule.IncentiveAlphaEmittedToMiners" || event.index !== netuid) continue;
    return event.emissionsRao[SMALL.validators] ?? 0n;
  }
  return 0n;
}
