/** The state against a plain model: reads, order, rollback, changes, digest and checksum. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { hashOf } from "../../host/ledger/state/changes.js";
import { EMPTY, moved, plus } from "../../host/ledger/state/checksum.js";
import { account, netuid, rao, toHex, uid } from "../../host/ledger/state/codecs.js";
import { type AnyItem, item, optionalItem } from "../../host/ledger/state/item.js";
import { ITEM_BY_NAME, ITEMS } from "../../host/ledger/state/items.js";
import { State } from "../../host/ledger/state/state.js";
import { accountOf } from "../support/ledger.js";
import { refusalOf } from "../support/refusal.js";

const One = item("Test.One", [], rao, 7n);
const Two = item("Test.Two", [netuid], rao, 0n);
const Three = optionalItem("Test.Three", [account, netuid], uid);
const Four = item("Test.Four", [account, account, netuid], rao, 5n);
(ITEM_BY_NAME as Map<string, AnyItem>).set("Test.One", One).set("Test.Two", Two);
(ITEM_BY_NAME as Map<string, AnyItem>).set("Test.Three", Three).set("Test.Four", Four);

type Key = string | number;
interface Step {
  readonly of: AnyItem;
  readonly keys: readonly Key[];
  /** undefined removes. */
  readonly value: bigint | number | undefined;
}

const someAccount = fc.integer({ min: 0, max: 3 }).map((k) => accountOf([0x00, 0x0a, 0x9f, 0xa0][k]!));
const someNetuid = fc.constantFrom(0, 1, 2, 10, 255, 256, 65535);
const some = fc.option(fc.bigInt({ min: 0n, max: 3n }), { nil: undefined });
const step: fc.Arbitrary<Step> = fc.oneof(
  some.map((value) => ({ of: One, keys: [], value })),
  fc.tuple(someNetuid, some).map(([n, value]) => ({ of: Two, keys: [n], value })),
  fc.tuple(someAccount, someNetuid, some).map(([a, n, value]) => ({
    of: Three,
    keys: [a, n],
    value: value === undefined ? undefined : Number(value),
  })),
  fc
    .tuple(someAccount, someAccount, someNetuid, some)
    .map(([a, b, n, value]) => ({ of: Four, keys: [a, b, n], value })),
);

function take(state: State, { of, keys, value }: Step): void {
  if (value === undefined) state.remove(of, ...keys);
  else state.write(of, ...keys, value);
}

/** Everything in a state, readable, in one order. */
const contents = (state: State) => [...state.encoded()].map(([key, value]) => `${toHex(key)}=${toHex(value)}`).sort();

it("reads what was written last, and the initial value of what was not", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const state = new State();
      const model = new Map<string, unknown>();
      for (const one of steps) {
        take(state, one);
        model.set(`${one.of.name} ${one.keys.join(" ")}`, one.value);
      }
      for (const { of, keys } of steps) {
        const expected = model.get(`${of.name} ${keys.join(" ")}`);
        expect(state.read(of, ...keys)).toBe(expected ?? of.initial);
        expect(state.has(of, ...keys)).toBe(expected !== undefined);
      }
    }),
  );
});

it("walks in the order of keys, whatever the order of writing, and under a first key only its own", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const state = new State();
      for (const one of steps) take(state, one);
      const [all, under] = [state.entries(Four), state.entries(Four, accountOf(0x0a))];
      const text = all.map(([[a, b, n]]) => `${a}${b}${String(n).padStart(5, "0")}`);
      expect(text).toEqual([...text].sort());
      expect(under).toEqual(all.filter(([[a]]) => a === accountOf(0x0a)));
      state.clear(Four, accountOf(0x0a));
      expect(state.entries(Four)).toEqual(all.filter(([[a]]) => a !== accountOf(0x0a)));
    }),
  );
});

it("a rollback leaves nothing: not in the state, not in the changes", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), fc.array(step, { maxLength: 30 }), (kept, undone) => {
      const [state, other] = [new State(), new State()];
      for (const one of kept) take(state, one);
      for (const one of kept) take(other, one);
      const before = contents(state);
      const mark = state.mark();
      for (const one of undone) take(state, one);
      state.rollback(mark);
      expect(contents(state)).toEqual(before);
      expect(hashOf(state.takeChanges())).toEqual(hashOf(other.takeChanges()));
    }),
  );
});

it("what is settled is rolled back no more, but undone with all the rest", () => {
  fc.assert(
    fc.property(fc.array(fc.array(step, { maxLength: 20 }), { minLength: 1, maxLength: 4 }), (calls) => {
      const state = new State();
      for (const one of calls[0]!) take(state, one);
      state.takeChanges();
      const before = contents(state);
      for (const steps of calls) {
        for (const one of steps) take(state, one);
        state.settle();
        const settled = contents(state);
        for (const one of calls[0]!) take(state, one);
        state.rollback(0);
        expect(contents(state)).toEqual(settled);
      }
      expect(hashOf(state.changes())).toEqual(hashOf(state.changes()));
      state.undoAll();
      expect(contents(state)).toEqual(before);
      expect(state.takeChanges()).toEqual([]);
    }),
  );
});

it("the checksum is the one it always was", () => {
  // As the records of existing stores have it: computed before keys were mixed once for both values.
  const key = Uint8Array.from({ length: 40 }, (_, k) => 255 - k * 5);
  const [short, long] = [Uint8Array.of(1, 2, 3), Uint8Array.from({ length: 300 }, (_, k) => k * 7)];
  const change = { key, before: short, after: long };
  const there = plus(EMPTY, key, short);
  expect([there, plus(EMPTY, key, long), moved(there, [change])]).toEqual([
    { low: 667266703, high: 3286362570 },
    { low: 722862067, high: 4257445832 },
    { low: 722862067, high: 4257445832 },
  ]);
});

it("changes are the differences, in order of bytes, and move the checksum to that of a scan", () => {
  fc.assert(
    fc.property(fc.array(fc.array(step, { maxLength: 20 }), { maxLength: 5 }), (blocks) => {
      const state = new State();
      let sum = EMPTY;
      for (const steps of blocks) {
        const before = new Set(contents(state));
        for (const one of steps) take(state, one);
        const changes = state.takeChanges();
        const after = new Set(contents(state));
        const put = changes.flatMap(({ key, after: value }) => (value ? [`${toHex(key)}=${toHex(value)}`] : []));
        const gone = changes.flatMap(({ key, before: value }) => (value ? [`${toHex(key)}=${toHex(value)}`] : []));
        expect(put.sort()).toEqual([...after].filter((line) => !before.has(line)).sort());
        expect(gone.sort()).toEqual([...before].filter((line) => !after.has(line)).sort());
        const keys = changes.map(({ key }) => toHex(key));
        expect(keys).toEqual([...keys].sort());
        sum = moved(sum, changes);
        const scanned = [...state.encoded()].reduce((total, [key, value]) => plus(total, key, value), EMPTY);
        expect(sum).toEqual(scanned);
      }
      const again = new State();
      for (const [key, value] of state.encoded()) again.load(key, value);
      expect(contents(again)).toEqual(contents(state));
    }),
  );
});

it("writes in another order give the same digest", () => {
  fc.assert(
    fc.property(fc.uniqueArray(step, { selector: ({ of, keys }) => `${of.name} ${keys}` }), (steps) => {
      const [one, two] = [new State(), new State()];
      for (const each of steps) take(one, each);
      for (const each of [...steps].reverse()) take(two, each);
      expect(hashOf(one.takeChanges())).toEqual(hashOf(two.takeChanges()));
    }),
  );
});

it("one bit anywhere changes the checksum", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1 }), fc.uint8Array({ minLength: 1 }), fc.nat(), (key, value, bit) => {
      const all = Uint8Array.of(...key, ...value);
      all[(bit >> 3) % all.length]! ^= 1 << (bit & 7);
      const flipped = plus(EMPTY, all.subarray(0, key.length), all.subarray(key.length));
      expect(flipped).not.toEqual(plus(EMPTY, key, value));
    }),
  );
});

it("refuses entries no item reads", () => {
  const key = Uint8Array.of(3, 0x61, 0x2e, 0x62);
  expect(refusalOf(() => new State().load(key, Uint8Array.of(1))).code).toBe("BAD_STORE");
  expect(refusalOf(() => new State().load(One.prefix, Uint8Array.of(1))).code).toBe("BAD_BINARY");
  expect(refusalOf(() => new State().load(Two.prefix, new Uint8Array(8))).code).toBe("BAD_BINARY");
});

it("items have names of their own, at most 255 bytes", () => {
  expect(new Set(ITEMS.map(({ name }) => name)).size).toBe(ITEMS.length);
  for (const { name } of ITEMS) expect(name).toMatch(/^[A-Z]\w+\.[A-Z]\w{1,200}$/);
});
