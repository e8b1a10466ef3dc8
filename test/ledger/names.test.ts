/** Every error and every event there is, is met: on a tour of the simulator, or by a test that says what it expects. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { declaredNames } from "./sim/names.js";
import { tour } from "./sim/tour.js";

const SEED = Number(process.env.FC_SEED ?? 20_261_129);

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

it(`every error and event is met, seed ${SEED}`, () => {
  const { errors, events } = tour({ seed: SEED, blocks: 300, accounts: 60, callsABlock: 40 });
  const declared = declaredNames();
  for (const [kind, names, met] of [
    ["errors", declared.errors, errors],
    ["events", declared.events, events],
  ] as const) {
    const expected = names.filter((name) => !met.has(name) && isExpected(name));
    console.log(`${met.size} of ${names.length} ${kind} met on the tour, ${expected.length} more by tests`);
    expect(names.filter((name) => !met.has(name) && !isExpected(name) && !UNREACHABLE[name])).toEqual([]);
    expect([...met.keys()].filter((name) => !names.includes(name) || UNREACHABLE[name])).toEqual([]);
  }
});
