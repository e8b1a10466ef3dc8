/** The calls that set parameters: for each, who may, how often, when, on what, within which bounds, and what is stored. */

import { describe, expect, it } from "vitest";
import { ADMIN_ERRORS } from "../../host/ledger/calls/admin/events.js";
import { GLOBAL_PARAMETERS } from "../../host/ledger/calls/admin/global.js";
import { OWNER_PARAMETERS } from "../../host/ledger/calls/admin/owner.js";
import { ROOT_PARAMETERS } from "../../host/ledger/calls/admin/root.js";
import type { Call } from "../../host/ledger/calls/call.js";
import { calls } from "../../host/ledger/calls/index.js";
import { FREEZE_ERRORS } from "../../host/ledger/rules/freezeWindow.js";
import { MECHANISM_ERRORS } from "../../host/ledger/rules/mechanismCount.js";
import { appendNeuron } from "../../host/ledger/rules/neurons.js";
import { RATE_LIMIT_ERRORS } from "../../host/ledger/rules/rateLimits.js";
import { MinChildkeyTake } from "../../host/ledger/state/children.js";
import * as parameters from "../../host/ledger/state/hyperparameters.js";
import type { Item } from "../../host/ledger/state/item.js";
import { ITEM_BY_NAME } from "../../host/ledger/state/items.js";
import * as neurons from "../../host/ledger/state/neurons.js";
import * as subnets from "../../host/ledger/state/subnets.js";
import { PackedRow } from "../../host/marshal/packedRow.js";
import { accountOf } from "../support/ledger.js";
import { GLOBALS, OWNERS, ROOTS, type Row } from "../support/parameterTables.js";
import { at, errorsOf, expectWell, FROZEN_BLOCK, OTHER, OWNER, run, withSubnet } from "../support/subnets.js";

const { errorOf, reached } = errorsOf();
const admin = calls.admin as unknown as Record<string, (input: Record<string, unknown>) => Call>;

const dropped = (error: string | null) => error?.split(".").at(-1) ?? null;

const named = (rows: readonly Row[]) => rows.map((row) => [row[0], row] as const);

const built = ([builder, field, input]: Row, netuid: number) =>
  (admin[builder] as (typeof admin)[0])({ netuid, [field]: input });
const itemOf = (name: string) =>
  ITEM_BY_NAME.get(`SubtensorModule.${name}`) as unknown as Item<readonly [number], unknown>;

const fresh = withSubnet;

describe("a subnet's owner", () => {
  it("the table is whole", () => {
    expect(OWNERS.map(([builder]) => builder).sort()).toEqual(Object.keys(OWNER_PARAMETERS).sort());
  });

  it.each(named(OWNERS))("%s", (_, row) => {
    const [, , , item, stored, { limitBlocks = 720, existence = true } = {}] = row;
    const state = fresh();
    const call = built(row, 1);
    expect(errorOf(state, OTHER, call)).toBe("BadOrigin");
    at(state, FROZEN_BLOCK);
    expect(dropped(errorOf(state, OWNER, call))).toBe("AdminActionProhibitedDuringWeightsWindow");
    expect(dropped(errorOf(state, "root", call))).toBe("AdminActionProhibitedDuringWeightsWindow");
    at(state, FROZEN_BLOCK - 1);
    expect(errorOf(state, OWNER, call)).toBe(null);
    expect(state.read(itemOf(item), 1)).toEqual(stored);
    const again = at(state, FROZEN_BLOCK - 1 + limitBlocks - 1);
    state.write(subnets.LastEpochBlock, 1, FROZEN_BLOCK - 1 + limitBlocks - 1);
    if (limitBlocks > 0) expect(dropped(errorOf(again, OWNER, call))).toBe("TxRateLimitExceeded");
    expect(errorOf(state, "root", call)).toBe(null);
    expect(errorOf(at(state, FROZEN_BLOCK - 1 + limitBlocks), OWNER, call)).toBe(null);
    expect(dropped(errorOf(at(state, 10), "root", built(row, 9)))).toBe(existence ? "SubnetDoesNotExist" : null);
  });
});

describe("root", () => {
  it("the tables are whole", () => {
    expect(ROOTS.map(([builder]) => builder).sort()).toEqual(Object.keys(ROOT_PARAMETERS).sort());
    expect(GLOBALS.map(([builder]) => builder).sort()).toEqual(Object.keys(GLOBAL_PARAMETERS).sort());
  });

  it.each(named(ROOTS))("%s", (_, row) => {
    const [, , , item, stored, { existence = true, window = true } = {}] = row;
    const state = fresh();
    for (const by of [OWNER, OTHER]) expect(errorOf(state, by, built(row, 1))).toBe("BadOrigin");
    expect(errorOf(state, "root", built(row, 1))).toBe(null);
    expect(state.read(itemOf(item), 1)).toEqual(stored);
    expect(dropped(errorOf(state, "root", built(row, 9)))).toBe(existence ? "SubnetDoesNotExist" : null);
    const frozen = errorOf(at(state, FROZEN_BLOCK), "root", built(row, 1));
    expect(dropped(frozen)).toBe(window ? "AdminActionProhibitedDuringWeightsWindow" : null);
  });

  it.each(named(GLOBALS))("%s", (_, [builder, field, input, item, stored]) => {
    const state = fresh();
    const call = (admin[builder] as (typeof admin)[0])({ [field]: input });
    expect(errorOf(state, OWNER, call)).toBe("BadOrigin");
    expect(errorOf(state, "root", call)).toBe(null);
    expect(state.read(itemOf(item) as unknown as Item<readonly [], unknown>)).toEqual(stored);
  });
});

describe("bounds", () => {
  type Bound = readonly [
    builder: string,
    value: Record<string, unknown>,
    ownerError: string | null,
    rootError?: string | null,
  ];
  const ONE = 1n << 64n;
  // biome-ignore format: a table
  const BOUNDS: readonly Bound[] = [
    ["setMaxAllowedUids", { maxAllowedUids: 63 }, "MaxAllowedUidsLessThanMinAllowedUids"],
    ["setMaxAllowedUids", { maxAllowedUids: 257 }, "MaxAllowedUidsGreaterThanDefaultMaxAllowedUids"],
    ["setActivityCutoff", { activityCutoffBlocks: 359 }, "ActivityCutoffTooLow"],
    ["setMinBurn", { minBurnRao: 1_000_000_000n }, "ValueNotInBounds"],
    ["setMaxBurn", { maxBurnRao: 100_000_000n }, "ValueNotInBounds"],
    ["setBondsMovingAverage", { bondsMovingAverage: 975_001n }, "BondsMovingAverageMaxReached", null],
    ["setCommitRevealWeightsInterval", { intervalEpochs: 0n }, "RevealPeriodTooSmall"],
    ["setCommitRevealWeightsInterval", { intervalEpochs: 101n }, "RevealPeriodTooLarge"],
    ["setAlphaSigmoidSteepness", { steepness: -1 }, "NegativeSigmoidSteepness", null],
    ["setOwnerImmuneNeuronLimit", { immuneNeurons: 0 }, "InvalidValue"],
    ["setOwnerImmuneNeuronLimit", { immuneNeurons: 11 }, "InvalidValue"],
    ["setBurnHalfLife", { burnHalfLifeBlocks: 0 }, "InvalidValue"],
    ["setBurnHalfLife", { burnHalfLifeBlocks: 36_101 }, "InvalidValue"],
    ["setBurnIncreaseMult", { burnIncreaseMultBits: ONE }, null],
    ["setBurnIncreaseMult", { burnIncreaseMultBits: ONE - 1n }, "InvalidValue"],
    ["setBurnIncreaseMult", { burnIncreaseMultBits: 3n * ONE + 1n }, "InvalidValue"],
    ["setMinChildkeyTakePerSubnet", { take: 11_797 }, "InvalidValue"],
    ["setAlphaValues", { alphaLow: 1_638, alphaHigh: 1_638 }, "LiquidAlphaDisabled"],
    ["setMechanismCount", { mechanismCount: 0 }, "InvalidValue"],
    ["setMechanismCount", { mechanismCount: 3 }, "InvalidValue"],
    ["setMechanismCount", { mechanismCount: 2 }, "TooManyUIDsPerMechanism"],
    ["setMechanismEmissionSplit", { split: [] }, "InvalidValue"],
    ["setMechanismEmissionSplit", { split: [65_534] }, "InvalidValue"],
    ["setMechanismEmissionSplit", { split: [65_535, 0] }, "InvalidValue"],
    ["setMechanismEmissionSplit", { split: [65_535] }, null],
    ["setMechanismEmissionSplit", { split: null }, null],
    ["trimToMaxAllowedUids", { maxN: 63 }, "InvalidValue"],
    ["trimToMaxAllowedUids", { maxN: 257 }, "InvalidValue"],
    ["setMaxAllowedValidators", { maxAllowedValidators: 257 }, "BadOrigin", "MaxValidatorsLargerThanMaxUIds"],
    ["setMinAllowedUids", { minAllowedUids: 256 }, "BadOrigin", "MinAllowedUidsGreaterThanMaxAllowedUids"],
    ["setMinAllowedUids", { minAllowedUids: 1 }, "BadOrigin", "MinAllowedUidsGreaterThanCurrentUids"],
    ["setTempo", { tempo: 10 }, "BadOrigin", null],
  ];

  it.each(BOUNDS.map((bound) => [`${bound[0]} ${Object.values(bound[1]).join()}`, bound] as const))(
    "%s",
    (_, bound) => {
      const [builder, values, ownerError, rootError = ownerError] = bound;
      const call = (admin[builder] as (typeof admin)[0])({ netuid: 1, ...values });
      expect(dropped(errorOf(fresh(), OWNER, call))).toBe(ownerError);
      expect(dropped(errorOf(fresh(), "root", call))).toBe(rootError);
    },
  );

  it("the others", () => {
    const state = fresh();
    for (let k = 1; k < 66; k++) appendNeuron(state, 1, accountOf(k + 60));
    const fewer = admin.setMaxAllowedUids?.({ netuid: 1, maxAllowedUids: 65 }) as Call;
    expect(dropped(errorOf(state, OWNER, fewer))).toBe("MaxAllowedUIdsLessThanCurrentUIds");
    state.write(subnets.MechanismCountCurrent, 1, 3);
    const uids = admin.setMaxAllowedUids?.({ netuid: 1, maxAllowedUids: 86 }) as Call;
    expect(dropped(errorOf(state, OWNER, uids))).toBe("TooManyUIDsPerMechanism");
    state.write(parameters.LiquidAlphaOn, 1, true);
    const alphas = (alphaLow: number, alphaHigh: number) =>
      calls.admin.setAlphaValues({ netuid: 1, alphaLow, alphaHigh });
    expect(dropped(errorOf(state, OWNER, alphas(1_638, 1_637)))).toBe("AlphaHighTooLow");
    expect(dropped(errorOf(state, OWNER, alphas(1_637, 1_638)))).toBe("AlphaLowOutOfRange");
    expect(dropped(errorOf(state, OWNER, alphas(1_640, 1_639)))).toBe("AlphaLowOutOfRange");
    expect(errorOf(state, OWNER, alphas(1_638, 65_535))).toBe(null);
    state.write(MinChildkeyTake, 5);
    expect(dropped(errorOf(state, OWNER, calls.admin.setMinChildkeyTakePerSubnet({ netuid: 1, take: 4 })))).toBe(
      "InvalidValue",
    );
    for (const call of [
      calls.admin.setBurnHalfLife({ netuid: 0, burnHalfLifeBlocks: 1 }),
      calls.admin.setSubnetEmissionEnabled({ netuid: 0, enabled: true }),
    ]) {
      state.write(subnets.NetworksAdded, 0, true);
      expect(errorOf(state, "root", call)).toBe("AdminUtils.NotPermittedOnRootSubnet");
    }
    const count = (maxMechanismCount: number) => calls.admin.setMaxMechanismCount({ maxMechanismCount });
    expect([0, 17].map((n) => errorOf(state, "root", count(n)))).toEqual(
      new Array(2).fill("SubtensorModule.InvalidValue"),
    );
    expect(errorOf(state, "root", calls.admin.setMaxEpochsPerBlock({ maxEpochsPerBlock: 0 }))).toBe(
      "AdminUtils.ValueNotInBounds",
    );
    expect(errorOf(state, "root", calls.admin.setMechanismCount({ netuid: 9, mechanismCount: 1 }))).toBe(
      "SubtensorModule.MechanismDoesNotExist",
    );
    expect(errorOf(state, "root", calls.admin.setMechanismEmissionSplit({ netuid: 9, split: null }))).toBe(
      "SubtensorModule.MechanismDoesNotExist",
    );
  });
});

describe("mechanisms, the owner's hotkey", () => {
  it("fewer mechanisms lose what they had, and parts are equal again", () => {
    const state = fresh();
    state.write(parameters.MaxAllowedUids, 1, 128);
    expectWell(run(state, OWNER, calls.admin.setMechanismCount({ netuid: 1, mechanismCount: 2 })));
    expectWell(run(state, OWNER, calls.admin.setMechanismEmissionSplit({ netuid: 1, split: [65_000, 535] })));
    expect(state.read(subnets.MechanismEmissionSplit, 1)).toEqual([65_000, 535]);
    for (const index of [1, 4097]) state.write(neurons.Weights, index, 0, PackedRow.of([[0, 1]]));
    state.write(neurons.LastUpdate, 4097, [5n]);
    expectWell(run(state, "root", calls.admin.setMechanismCount({ netuid: 1, mechanismCount: 1 })));
    expect(state.entries(neurons.Weights).map(([keys]) => keys)).toEqual([[1, 0]]);
    expect([state.has(neurons.LastUpdate, 4097), state.has(subnets.MechanismEmissionSplit, 1)]).toEqual([false, false]);
  });

  it("the hotkey changes once a week, for root too", () => {
    const state = fresh();
    const call = calls.admin.setSubnetOwnerHotkey({ netuid: 1, hotkey: accountOf(77) });
    expect(errorOf(state, OTHER, call)).toBe("BadOrigin");
    expect(errorOf(state, "root", calls.admin.setSnOwnerHotkey({ netuid: 9, hotkey: accountOf(77) }))).toBe(
      "SubtensorModule.SubnetNotExists",
    );
    expectWell(run(state, OWNER, call));
    expect(state.read(subnets.SubnetOwnerHotkey, 1)).toBe(accountOf(77));
    at(state, 10 + 50_399);
    expect(errorOf(state, "root", call)).toBe("SubtensorModule.TxRateLimitExceeded");
    expect(errorOf(at(state, 10 + 50_400), "root", call)).toBe(null);
  });
});

it("every name of an error is reached", () => {
  const lists = [ADMIN_ERRORS, FREEZE_ERRORS, MECHANISM_ERRORS, RATE_LIMIT_ERRORS];
  expect(lists.flat().filter((name) => !reached.has(name))).toEqual([]);
});
