/** Putting a subnet into Null mode and out of it: who may, when, what it changes, what it does not go with. */
import { describe, expect, it } from "vitest";
import { calls } from "../../host/ledger/index.js";
import { removeNetwork } from "../../host/ledger/rules/removeNetwork.js";
import { chooseRules, readLedgerRules } from "../../host/ledger/rules/ruleSet.js";
import { TimelockedWeightCommits } from "../../host/ledger/state/commits.js";
import * as hyper from "../../host/ledger/state/hyperparameters.js";
import type { State } from "../../host/ledger/state/state.js";
import * as subnets from "../../host/ledger/state/subnets.js";
import { accountOf } from "../support/ledger.js";
import { at, errorsOf, FROZEN_BLOCK, OTHER, OWNER, run, withSubnet } from "../support/subnets.js";

const mode = (to: "yuma" | "null", netuid = 1) => calls.admin.setEpochConsensus({ netuid, mode: to });

function set(state: State, to: "yuma" | "null"): void {
  expect(run(state, "root", mode(to)).error).toBe(null);
}

describe("changing the mode", () => {
  const { errorOf } = errorsOf();
  const fresh = (rules = 474) => {
    const state = withSubnet();
    chooseRules(state, readLedgerRules(rules));
    return state;
  };

  it("is for owner and root, of a subnet there is, out of the window, once in two tempos for an owner", () => {
    expect(errorOf(fresh(446), "root", mode("null"))).toBe("System.CallFiltered");
    const state = fresh();
    expect(errorOf(state, OTHER, mode("null"))).toBe("BadOrigin");
    expect(errorOf(state, "root", mode("null", 9))).toBe("SubtensorModule.SubnetNotExists");
    expect(errorOf(state, "root", mode("null", 0))).toBe("SubtensorModule.InvalidValue");
    expect(errorOf(at(state, FROZEN_BLOCK), "root", mode("null"))).toMatch(/AdminActionProhibitedDuringWeightsWindow$/);
    at(state, FROZEN_BLOCK - 1);
    const { error, events } = run(state, OWNER, mode("null"));
    const told = [{ name: "SubtensorModule.EpochConsensusSet", netuid: 1, value: "null" }];
    expect([error, events]).toEqual([null, told]);
    expect(errorOf(state, OWNER, mode("yuma"))).toBe("SubtensorModule.TxRateLimitExceeded");
    const { definition, values } = mode("null");
    expect([...definition.index, ...definition.codec.enc(values)]).toEqual([19, 111, 1, 0, 1]);
  });

  it("waits for timelocked commits, whichever way", () => {
    const state = fresh();
    const commit = [accountOf(1), 5, Uint8Array.of(1), 1000n] as const;
    for (const to of ["yuma", "null"] as const) {
      state.write(TimelockedWeightCommits, 1, 0n, [[...commit]]);
      expect(errorOf(state, "root", mode(to))).toBe("SubtensorModule.InvalidValue");
      state.remove(TimelockedWeightCommits, 1, 0n);
      expect(errorOf(state, "root", mode(to))).toBe(null);
    }
  });

  it("keeps the number of validators for the way back", () => {
    const state = fresh();
    state.write(hyper.MaxAllowedValidators, 1, 77);
    for (const to of ["null", "null"] as const) set(state, to);
    expect(state.read(hyper.MaxAllowedValidators, 1)).toBe(1);
    const more = calls.admin.setMaxAllowedValidators({ netuid: 1, maxAllowedValidators: 2 });
    expect(errorOf(state, "root", more)).toBe("AdminUtils.InvalidValue");
    set(state, "yuma");
    expect(state.read(hyper.MaxAllowedValidators, 1)).toBe(77);
    expect(state.has(subnets.SavedYumaMaxAllowedValidators, 1)).toBe(false);
    expect(errorOf(state, "root", more)).toBe(null);
  });

  it("takes one mechanism, no trimming meanwhile, and ends with the subnet", () => {
    const state = fresh();
    state.write(subnets.MechanismCountCurrent, 1, 2);
    expect(errorOf(state, "root", mode("null"))).toBe("Ledger.NotInNullMode");
    state.write(subnets.MechanismCountCurrent, 1, 1);
    set(state, "null");
    state.write(hyper.MaxAllowedUids, 1, 64);
    const count = calls.admin.setMechanismCount({ netuid: 1, mechanismCount: 2 });
    expect(errorOf(state, "root", count)).toBe("Ledger.NotInNullMode");
    expect(errorOf(state, "root", calls.admin.trimToMaxAllowedUids({ netuid: 1, maxN: 64 }))).toBe(
      "Ledger.NotInNullMode",
    );
    removeNetwork(state, 1);
    const items = [subnets.SubnetEpochConsensus, subnets.LastYumaStepBlock, subnets.SavedYumaMaxAllowedValidators];
    expect(items.map((item) => state.has(item as never, 1))).toEqual([false, false, false]);
  });
});
