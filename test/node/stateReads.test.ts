/** Every item of the state is read by JSON keys of its own kinds, and by no others. */
import { expect, it, test } from "vitest";
import { signerOf } from "../../host/ledger/index.js";
import { TimelockedWeightCommits } from "../../host/ledger/state/commits.js";
import { ITEMS } from "../../host/ledger/state/items.js";
import { Weights } from "../../host/ledger/state/neurons.js";
import { State } from "../../host/ledger/state/state.js";
import { PackedRow } from "../../host/marshal/packedRow.js";
import { readEntries, readState } from "../../host/node/stateReads.js";
import { refusalOf } from "../support/refusal.js";

const ALICE = signerOf("//Alice").address;
const state = new State();
state.write(Weights, 1, 2, PackedRow.of([[3, 65535]]));
state.write(TimelockedWeightCommits, 1, 7n, []);

/** Keys as JSON has them that some key of an item takes. */
const CANDIDATES: readonly unknown[] = [0, "0", ALICE];

it("numbers, wide numbers, accounts", () => {
  expect(readState(state, "SubtensorModule.Weights", [1, 2])).toEqual({ value: [[3, 65535]], scale: "0x040300ffff" });
  const commits = ["7", 7].map(
    (epoch) => readState(state, "SubtensorModule.TimelockedWeightCommits", [1, epoch]).scale,
  );
  expect(commits).toEqual(["0x00", "0x00"]);
  expect(readState(state, "System.Nonce", [ALICE]).value).toBe(0);
});

test.each(ITEMS.map(({ name, depth }) => [name, depth] as const))("%s", (name, depth) => {
  const tried = Array.from({ length: depth }).reduce<unknown[][]>(
    (all) => all.flatMap((keys) => CANDIDATES.map((one) => [...keys, one])),
    [[]],
  );
  const taken = tried.filter((keys) => {
    try {
      readState(state, name, keys);
      return true;
    } catch {
      return false;
    }
  });
  expect(taken.length).toBeGreaterThan(0);
  expect(readEntries(state, name, [])).toMatchObject({ entries: expect.any(Array) });
});

test.each([
  ["SubtensorModule.Weights", [1]],
  ["SubtensorModule.Weights", ["1", 2]],
  ["SubtensorModule.Weights", [65536, 2]],
  ["SubtensorModule.TimelockedWeightCommits", [1, -1]],
  ["SubtensorModule.TimelockedWeightCommits", [1, 1.5]],
  ["System.Nonce", [7]],
  ["System.Nonce", ["//Alice"]],
])("%s does not take %j", (name, keys) => {
  expect(refusalOf(() => readState(state, name, keys))).toMatchObject({ code: "BAD_VALUE" });
});
