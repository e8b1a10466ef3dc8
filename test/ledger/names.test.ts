/** Every error and every event there is, is met: on a tour of the simulator, or by a test that says what it expects. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Call, Origin } from "../../host/ledger/calls/call.js";
import { dispatch } from "../../host/ledger/calls/dispatch.js";
import { calls } from "../../host/ledger/calls/index.js";
import type { LedgerEvent } from "../../host/ledger/events.js";
import { checkGenesis, genesisState } from "../../host/ledger/genesis.js";
import { SubnetAlphaIn, SubnetTAO } from "../../host/ledger/state/pools.js";
import type { State } from "../../host/ledger/state/state.js";
import { BlockNumber } from "../../host/ledger/state/system.js";
import { genesisOf } from "./sim/genesis.js";
import { declaredNames } from "./sim/names.js";
import { tour } from "./sim/tour.js";
import { coldkey, hotkey } from "./sim/world.js";

const SEED = Number(process.env.FC_SEED ?? 20_261_129);

const MOST_TOURS = 8;

/** Names nothing can meet, and why. */
const UNREACHABLE: Readonly<Record<string, string>> = {};

/** The tests of the ledger, as text. */
const TESTS = ["./", "../"].flatMap((folder) => {
  const at = new URL(folder, import.meta.url);
  const names = readdirSync(at).filter(
    (name) => name.endsWith(".test.ts") && (folder === "./" || /^ledger/.test(name)),
  );
  return names.map((name) => readFileSync(new URL(name, at), "utf8"));
});

/** Whether a test has the name, with its pallet or without, as a text. */
const isExpected = (name: string) =>
  TESTS.some((text) => text.includes(`"${name}"`) || text.includes(`"${name.split(".").at(-1)}"`));

/** The error or the last event of a call on the network a simulation begins with. */
function outcome(origin: Origin, call: Call, prepare: (state: State) => void = () => {}): string | undefined {
  const state = genesisState(checkGenesis(genesisOf(20)));
  prepare(state);
  const events: LedgerEvent[] = [];
  return dispatch(state, events, origin, call)?.error ?? events.at(-1)?.name;
}

describe("what a tour seldom meets", () => {
  const signed = { kind: "signed", signer: coldkey(4) } as const;

  it("registrations that buy from a pool with next to nothing on one side", () => {
    const register = calls.subnets.burnedRegister({ netuid: 2, hotkey: hotkey(19) });
    const poor = (state: State) => state.write(SubnetTAO, 2, 1000n);
    const drained = (state: State) => state.write(SubnetAlphaIn, 2, 999_999n);
    expect(outcome(signed, register, poor)).toBe("Swap.SwapInputTooLarge");
    expect(outcome(signed, register, drained)).toBe("Swap.ReservesTooLow");
    expect(outcome(signed, register)).toBe("SubtensorModule.NeuronRegistered");
  });

  it("a hotkey swapped on one subnet, which must wait for days even the first time", () => {
    const swap = calls.keys.swapHotkey({ hotkey: hotkey(4), newHotkey: hotkey(19), netuid: 1 });
    const late = (state: State) => state.write(BlockNumber, 1_000_000);
    expect(outcome(signed, swap)).toBe("SubtensorModule.HotKeySwapOnSubnetIntervalNotPassed");
    expect(outcome(signed, swap, late)).toBe("SubtensorModule.HotkeySwappedOnSubnet");
  });

  it("governance's own parameters, set by a proposal alone", () => {
    const rules = { decisionDays: 1, enactmentDays: 0, quorum: 1, approval: 500_000, depositRao: 500n };
    const setTrack = calls.governance.setTrack({ track: "subnet", ...rules });
    const setDay = calls.governance.setDayBlocks({ blocks: 5 });
    expect(outcome({ kind: "root" }, setDay)).toBe("Governance.OnlyByProposal");
    expect(outcome({ kind: "root", mandate: 0 }, setDay)).toBe("Governance.ParameterSet");
    expect(outcome({ kind: "root", mandate: 0 }, setTrack)).toBe("Governance.TrackSet");
  });
});

it(`every error and event is met, from seed ${SEED} on`, () => {
  const declared = declaredNames();
  const kinds = ["errors", "events"] as const;
  const met = { errors: new Set<string>(), events: new Set<string>() };
  const unmet = () =>
    kinds.flatMap((kind) => declared[kind].filter((name) => !met[kind].has(name) && !isExpected(name)));
  let tours = 0;
  // Each begins anew: what stopped one network does not stop the next.
  for (; tours < MOST_TOURS && unmet().some((name) => !UNREACHABLE[name]); tours++) {
    const seen = tour({ seed: SEED + tours, blocks: 100, accounts: 60, callsABlock: 40 });
    for (const kind of kinds) for (const name of seen[kind].keys()) met[kind].add(name);
  }
  for (const kind of kinds) {
    console.log(`${met[kind].size} of ${declared[kind].length} ${kind} met on ${tours} tours, the others by tests`);
    expect([...met[kind]].filter((name) => !declared[kind].includes(name))).toEqual([]);
  }
  expect(unmet()).toEqual(Object.keys(UNREACHABLE));
});
