/** The rules a ledger is under: chosen at genesis, kept with the state; what is refused; the calls they bring. */
import { describe, expect, it } from "vitest";
import { checkGenesis, genesisState } from "../../host/ledger/genesis.js";
import { entriesOf } from "../../host/ledger/genesisEntries.js";
import { calls, createLedger, exportStore, importStore, memoryStore, replayStore } from "../../host/ledger/index.js";
import { chooseRules, readLedgerRules, rulesInForce } from "../../host/ledger/rules/ruleSet.js";
import { LiquidAlphaConsensusMode } from "../../host/ledger/state/hyperparameters.js";
import { ChosenRules } from "../../host/ledger/state/rules.js";
import { LastEpochBlock } from "../../host/ledger/state/subnets.js";
import { rulesOf } from "../../host/marshal/rules.js";
import { GENESIS, ROOT } from "../support/ledger.js";
import { at, errorsOf, expectWell, FROZEN_BLOCK, OTHER, OWNER, run, withSubnet } from "../support/subnets.js";

const { errorOf } = errorsOf();

/** 425 but for liquid alpha's modes. */
const MODES = { ...rulesOf(425), specVersion: null, liquidAlphaConsensus: "perSubnet" } as const;

const checked = (more: object) => checkGenesis({ ...GENESIS, ...more });

describe("a genesis", () => {
  it("is the same where the rules of 425 are chosen and where none are", () => {
    expect(checked({ rules: 425 })).toEqual(checked({}));
    expect(checked({ rules: rulesOf(425) })).toEqual(checked({}));
    const state = genesisState(checked({}));
    expect([state.has(ChosenRules), rulesInForce(state)]).toEqual([false, rulesOf(425)]);
  });

  it("keeps other rules, capability by capability", () => {
    const { text, digest } = checked({ rules: MODES });
    expect(digest).not.toBe(checked({}).digest);
    expect(rulesInForce(genesisState(checked({ rules: MODES })))).toEqual(MODES);
    // What was checked is itself such a document, and of the same digest.
    expect(checkGenesis(JSON.parse(text)).digest).toBe(digest);
    // The version counts even where its rules are those of 425.
    expect(rulesInForce(genesisState(checked({ rules: 432 })))).toEqual(rulesOf(432));
  });

  it("has no capability left out of a record refused: those of emissions have their defaults", () => {
    const { emissionShares: _, emissionGate: __, ...record } = MODES;
    expect(checked({ rules: record })).toEqual(checked({ rules: MODES }));
  });

  it.each<[string, unknown, string, string]>([
    ["a version nobody knows", 426, "UNKNOWN_RULES", "426"],
    ["an old one, whose bonds are masked otherwise", 143, "RULES_CONFLICT", "bondsMask"],
    ["shares by flows nobody counts", { ...MODES, emissionShares: "flow" }, "RULES_CONFLICT", "emissionShares"],
    ["an owner without privilege", { ...MODES, ownerPrivilege: false }, "RULES_CONFLICT", "ownerPrivilege"],
    ["a capability there is not", { ...MODES, baskets: true }, "UNKNOWN_FIELD", "baskets"],
    ["a record with a fault", { ...MODES, nullMode: 1 }, "BAD_VALUE", "nullMode"],
    ["a version no item holds", { ...MODES, specVersion: 2 ** 32 }, "BAD_VALUE", "specVersion"],
    ["text", "446", "BAD_VALUE", "rules must be a spec version"],
  ])("refuses %s", (_, rules, code, named) => {
    expect(() => checked({ rules })).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(named) }),
    );
  });

  it("takes its rules from nothing else", () => {
    const state = genesisState(checked({ rules: MODES }));
    expect(entriesOf(state)).toEqual(entriesOf(genesisState(checked({}))));
  });

  it("sets a mode by its word", () => {
    const subnet = (mode: unknown) => ({
      netuid: 1,
      owner: ROOT.address,
      ownerHotkey: ROOT.address,
      parameters: { "SubtensorModule.LiquidAlphaConsensusMode": mode },
    });
    const state = genesisState(checked({ rules: MODES, subnets: [subnet("previous")] }));
    expect(state.read(LiquidAlphaConsensusMode, 1)).toBe("previous");
    for (const mode of ["Previous", 1, null]) {
      expect(() => checked({ subnets: [subnet(mode)] })).toThrow(expect.objectContaining({ code: "BAD_VALUE" }));
    }
  });
});

it("rules are of the state: read back, replayed, copied", async () => {
  const options = { genesis: { ...GENESIS, rules: MODES }, verifySignature: () => true };
  const store = memoryStore();
  const ledger = await createLedger({ store, ...options });
  await ledger.produceBlock();
  const { digest } = await createLedger({ store, ...options });
  expect(digest).toBe(ledger.digest);
  expect(await replayStore(store, () => true)).toBe(1);
  const copy = memoryStore();
  await importStore(copy, exportStore(store));
  const copied = await createLedger({ store: copy, ...options });
  expect([copied.digest, rulesInForce(copied.state)]).toEqual([ledger.digest, MODES]);
});

describe("setting liquid alpha's mode", () => {
  const call = (mode: "auto" | "current" | "previous", netuid = 1) =>
    calls.admin.setLiquidAlphaConsensusMode({ netuid, mode });
  const fresh = () => {
    const state = withSubnet();
    chooseRules(state, readLedgerRules(MODES));
    return state;
  };

  it("is no call under the rules of 425, whoever makes it", () => {
    for (const by of [OTHER, OWNER, "root"] as const) {
      expect(errorOf(withSubnet(), by, call("previous"))).toBe("System.CallFiltered");
    }
  });

  it("is for owner and root, out of the window, once in two tempos for an owner; existence is not asked", () => {
    const state = fresh();
    expect(errorOf(state, OTHER, call("previous"))).toBe("BadOrigin");
    at(state, FROZEN_BLOCK);
    expect(errorOf(state, OWNER, call("previous"))).toBe("SubtensorModule.AdminActionProhibitedDuringWeightsWindow");
    at(state, FROZEN_BLOCK - 1);
    const { error, events } = run(state, OWNER, call("previous"));
    expectWell({ error, events });
    expect(events).toEqual([{ name: "SubtensorModule.LiquidAlphaConsensusModeSet", netuid: 1, value: "previous" }]);
    expect(state.read(LiquidAlphaConsensusMode, 1)).toBe("previous");
    at(state, FROZEN_BLOCK - 1 + 719).write(LastEpochBlock, 1, FROZEN_BLOCK - 1 + 719);
    expect(errorOf(state, OWNER, call("current"))).toBe("SubtensorModule.TxRateLimitExceeded");
    expect(errorOf(state, "root", call("auto"))).toBe(null);
    expect(errorOf(at(state, FROZEN_BLOCK - 1 + 720), OWNER, call("current"))).toBe(null);
    expect(errorOf(at(state, 10), "root", call("auto", 9))).toBe(null);
  });

  it("travels as the chain's byte", () => {
    for (const [byte, mode] of (["current", "previous", "auto"] as const).entries()) {
      const { definition, values } = call(mode);
      expect([...definition.index, ...definition.codec.enc(values)]).toEqual([19, 104, 1, 0, byte]);
    }
    expect(() => calls.admin.setLiquidAlphaConsensusMode({ netuid: 1, mode: "mixed" as never })).toThrow("mode");
  });
});
