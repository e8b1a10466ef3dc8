/** When epochs run, by hand-computed schedules; registration prices; what expires. */
import { describe, expect, test } from "vitest";
import { drainPending } from "../host/ledger/block/drain.js";
import { decayRegistrationPrices } from "../host/ledger/block/registrationPrices.js";
import { revealTimelockedCommits } from "../host/ledger/block/reveals.js";
import type { LedgerEvent } from "../host/ledger/events.js";
import { TimelockedWeightCommits } from "../host/ledger/state/commits.js";
import * as hyper from "../host/ledger/state/hyperparameters.js";
import { Keys, RegistrationsThisBlock, RegistrationsThisInterval, SubnetworkN } from "../host/ledger/state/neurons.js";
import * as pools from "../host/ledger/state/pools.js";
import { State } from "../host/ledger/state/state.js";
import * as subnets from "../host/ledger/state/subnets.js";
import { BlockNumber } from "../host/ledger/state/system.js";
import { contextOn, numbered } from "./support/ledgerState.js";

/** Runs the drain in a block; gives whose pots were emptied, and the events. */
function drainAt(state: State, block: number): [netuids: number[], events: LedgerEvent[]] {
  state.write(BlockNumber, block);
  const events: LedgerEvent[] = [];
  return [drainPending(contextOn(state, events)).map(({ netuid }) => netuid), events];
}

/** Empty subnets 1 to n, last run in block 0. */
function scheduled(n: number, tempo: number): State {
  const state = new State();
  for (let netuid = 0; netuid <= n; netuid++) {
    state.write(subnets.NetworksAdded, netuid, true);
    state.write(subnets.Tempo, netuid, tempo);
  }
  return state;
}

describe("the schedule", () => {
  test("a subnet runs every tempo blocks, the root and one of tempo 0 never", () => {
    const state = scheduled(2, 5);
    state.write(subnets.Tempo, 2, 0);
    const ran = Array.from({ length: 16 }, (_, k) => drainAt(state, k + 1)[0]);
    expect(ran.flatMap((netuids, k) => netuids.map((netuid) => [k + 1, netuid]))).toEqual([
      [5, 1],
      [10, 1],
      [15, 1],
    ]);
    expect(state.read(subnets.SubnetEpochIndex, 1)).toBe(3n);
    expect(state.read(subnets.LastEpochBlock, 1)).toBe(15);
    expect(state.read(subnets.BlocksSinceLastStep, 1)).toBe(1n);
    expect(state.read(subnets.BlocksSinceLastStep, 2)).toBe(16n);
    expect(state.read(subnets.BlocksSinceLastStep, 0)).toBe(0n);
  });

  test("at most two a block: the others are put off a block at a time, and keep their pots till then", () => {
    const state = scheduled(5, 5);
    for (const netuid of [1, 2, 3, 4, 5]) state.write(pools.PendingServerEmission, netuid, 7n);
    const [first, events] = drainAt(state, 5);
    expect(first).toEqual([1, 2]);
    expect(events).toEqual(
      [3, 4, 5].map((netuid) => ({ name: "SubtensorModule.EpochDeferred", netuid, fromBlock: 5, toBlock: 6 })),
    );
    expect([3, 4, 5].map((netuid) => state.read(subnets.PendingEpochAt, netuid))).toEqual([6, 6, 6]);
    expect([1, 3].map((netuid) => state.read(pools.PendingServerEmission, netuid))).toEqual([0n, 7n]);
    expect(drainAt(state, 6)[0]).toEqual([3, 4]);
    expect(drainAt(state, 7)[0]).toEqual([5]);
    // The slot counts from when it ran.
    expect(state.read(subnets.PendingEpochAt, 5)).toBe(0);
    expect([8, 9].map((block) => drainAt(state, block)[0])).toEqual([[], []]);
    expect([10, 11, 12].map((block) => drainAt(state, block)[0])).toEqual([[1, 2], [3, 4], [5]]);
  });

  test("an epoch asked for runs at its block; one long missing runs whatever the schedule says", () => {
    const state = scheduled(2, 1000);
    state.write(subnets.PendingEpochAt, 1, 8);
    expect([7, 8, 9].map((block) => drainAt(state, block)[0])).toEqual([[], [1], []]);
    state.write(subnets.BlocksSinceLastStep, 2, 50_399n);
    expect([10, 11].map((block) => drainAt(state, block)[0])).toEqual([[], [2]]);
  });

  test("a hotkey in two places costs the slot, not the pots, and does not count against the cap", () => {
    const state = scheduled(3, 5);
    state.write(subnets.MaxEpochsPerBlock, 1);
    state.write(SubnetworkN, 1, 2);
    for (const uid of [0, 1]) state.write(Keys, 1, uid, numbered("h", 1));
    state.write(pools.PendingOwnerCut, 1, 9n);
    const [ran, events] = drainAt(state, 5);
    expect(ran).toEqual([2]);
    expect(events[0]).toEqual({ name: "SubtensorModule.EpochSkipped", netuid: 1, block: 5 });
    expect(state.read(pools.PendingOwnerCut, 1)).toBe(9n);
    expect(state.read(subnets.LastEpochBlock, 1)).toBe(5);
    expect(state.read(subnets.SubnetEpochIndex, 1)).toBe(1n);
    expect(state.read(subnets.BlocksSinceLastStep, 1)).toBe(1n);
  });

  test("networks from 256 on come by the low byte of their netuid first", () => {
    const state = new State();
    for (const netuid of [1, 2, 256, 257, 512]) {
      state.write(subnets.NetworksAdded, netuid, true);
      state.write(subnets.Tempo, netuid, 1);
    }
    state.write(subnets.MaxEpochsPerBlock, 3);
    expect(drainAt(state, 5)[0]).toEqual([256, 512, 1]);
  });
});

test("registration prices halve in their half-life, end at their bounds, and counts begin anew", () => {
  const state = scheduled(2, 5);
  state.write(hyper.Burn, 1, 1_000_000_000n);
  state.write(hyper.MinBurn, 2, 200_000_000n);
  for (let block = 2; block < 362; block++) {
    state.write(BlockNumber, block);
    state.write(RegistrationsThisBlock, 1, 3);
    state.write(RegistrationsThisInterval, 0, 4);
    decayRegistrationPrices(contextOn(state));
    expect(state.read(RegistrationsThisBlock, 1)).toBe(0);
    expect(state.read(RegistrationsThisInterval, 0)).toBe(block >= 5 ? 0 : 4);
  }
  const burn = state.read(hyper.Burn, 1);
  expect(burn).toBeLessThanOrEqual(500_000_000n);
  expect(burn).toBeGreaterThan(499_999_000n);
  expect(state.read(hyper.Burn, 2)).toBe(200_000_000n);
});

test("timelocked commits go when their reveal epoch is over, not before, and not of a subnet that is put off", () => {
  const state = scheduled(1, 5);
  for (const epoch of [0n, 1n, 2n]) {
    state.write(TimelockedWeightCommits, 1, epoch, [[numbered("h", 1), 1, new Uint8Array(), 9n]]);
  }
  const kept = () => state.entries(TimelockedWeightCommits, 1).map(([[, epoch]]) => epoch);
  state.write(BlockNumber, 4);
  state.write(subnets.SubnetEpochIndex, 1, 1n);
  revealTimelockedCommits(contextOn(state));
  expect(kept()).toEqual([0n, 1n, 2n]);
  state.write(BlockNumber, 5);
  state.write(subnets.MaxEpochsPerBlock, 0);
  revealTimelockedCommits(contextOn(state));
  expect(kept()).toEqual([0n, 1n, 2n]);
  state.write(subnets.MaxEpochsPerBlock, 2);
  revealTimelockedCommits(contextOn(state));
  expect(kept()).toEqual([1n, 2n]);
});
