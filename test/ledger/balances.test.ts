/** The calls on free TAO: each check in its order, each event, and any sequence of calls against the twin. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyBlock } from "../../host/ledger/block/applyBlock.js";
import type { Call } from "../../host/ledger/calls/call.js";
import { ALL_CALLS, calls } from "../../host/ledger/calls/index.js";
import { SUDO_ERRORS } from "../../host/ledger/calls/sudo/sudo.js";
import { MAX_BATCHED_CALLS, UTILITY_ERRORS } from "../../host/ledger/calls/utility/batch.js";
import { SYSTEM_ERRORS } from "../../host/ledger/errors.js";
import type { LedgerEvent } from "../../host/ledger/events.js";
import { checkGenesis, genesisState } from "../../host/ledger/genesis.js";
import { BALANCES_ERRORS } from "../../host/ledger/rules/currency.js";
import { BalancesIssuance, FreeBalance, TotalIssuance } from "../../host/ledger/state/balances.js";
import type { State } from "../../host/ledger/state/state.js";
import { Nonce } from "../../host/ledger/state/system.js";
import { BalancesTwin, type TwinCall } from "../oracle/balances.js";
import { ANN, accountOf, actor, BEN, CLO, GENESIS, ROOT, signedBy } from "../support/ledger.js";

const PARENT = accountOf(0);
const { transferAllowDeath, transferKeepAlive, transferAll, forceTransfer, forceSetBalance } = calls.balances;
const { sudo } = calls.sudo;
const { batch, batchAll, forceBatch } = calls.utility;

const fresh = () => genesisState(checkGenesis(GENESIS));

/** The events of one call by one account, in a block of its own. */
function eventsOf(state: State, by: typeof ANN, call: Call): readonly LedgerEvent[] {
  const { events, refused } = applyBlock(state, PARENT, [signedBy(by, state.read(Nonce, by.account), call)]);
  expect(refused).toEqual([]);
  return events.filter(({ callIndex }) => callIndex === 0).map(({ event }) => event);
}

const reached = new Set<string>();

/** The error of one call; a failed one leaves the state as it was but for the nonce. */
function errorOf(state: State, by: typeof ANN, call: Call): string | null {
  const before = state.entries(FreeBalance);
  const last = eventsOf(state, by, call).at(-1);
  if (last?.name !== "System.ExtrinsicFailed") return null;
  expect(state.entries(FreeBalance)).toEqual(before);
  reached.add(last.error);
  return last.error;
}

const to = CLO.address;
const TAO = 1_000_000_000n;

describe("each check", () => {
  it.each<[string, Call, string | null]>([
    ["more than there is", transferAllowDeath({ to, amountRao: TAO + 1n }), "Token.FundsUnavailable"],
    ["all there is", transferAllowDeath({ to, amountRao: TAO }), null],
    ["more than there is comes first", transferKeepAlive({ to, amountRao: TAO + 1n }), "Token.FundsUnavailable"],
    ["all but 499", transferKeepAlive({ to, amountRao: TAO - 499n }), "Token.NotExpendable"],
    ["all but 500", transferKeepAlive({ to, amountRao: TAO - 500n }), null],
    ["too little for a new account", transferKeepAlive({ to, amountRao: 499n }), "Token.BelowMinimum"],
    ["just enough for one", transferKeepAlive({ to, amountRao: 500n }), null],
    ["nothing", transferKeepAlive({ to, amountRao: 0n }), null],
    ["a rao to a live account", transferKeepAlive({ to: BEN.address, amountRao: 1n }), null],
    ["to oneself", transferAllowDeath({ to: ANN.address, amountRao: TAO }), null],
    ["to oneself, keeping alive", transferKeepAlive({ to: ANN.address, amountRao: TAO }), "Token.NotExpendable"],
    ["as root, without being it", forceSetBalance({ account: to, freeRao: TAO }), "BadOrigin"],
    ["as sudo, without the key", sudo({ call: forceSetBalance({ account: to, freeRao: TAO }) }), "Sudo.RequireSudo"],
    ["a batch in a batch", batch({ calls: [batchAll({ calls: [] })] }), "System.CallFiltered"],
    [
      "too many calls",
      batch({ calls: new Array(MAX_BATCHED_CALLS + 1).fill(transferAll({ to, keepAlive: true })) }),
      "Utility.TooManyCalls",
    ],
  ])("%s", (_, call, error) => {
    expect(errorOf(fresh(), ANN, call)).toBe(error);
  });

  it("a receiver's balance does not overflow", () => {
    const state = fresh();
    state.write(FreeBalance, BEN.account, (1n << 64n) - 1n);
    expect(errorOf(state, ANN, transferAllowDeath({ to: BEN.address, amountRao: 1n }))).toBe("Arithmetic.Overflow");
  });

  it("a transfer of all leaves nothing, or the deposit", () => {
    const state = fresh();
    eventsOf(state, ANN, transferAll({ to, keepAlive: true }));
    expect([state.read(FreeBalance, ANN.account), state.read(FreeBalance, CLO.account)]).toEqual([500n, TAO - 500n]);
    eventsOf(state, BEN, transferAll({ to, keepAlive: false }));
    expect(state.has(FreeBalance, BEN.account)).toBe(false);
  });

  it("every name of an error is reached", () => {
    const all = [...SYSTEM_ERRORS, ...BALANCES_ERRORS, ...SUDO_ERRORS, ...UTILITY_ERRORS];
    expect([...reached].sort()).toEqual([...all].sort());
  });
});

describe("events", () => {
  it("an account ends and another begins; what is below the deposit is dust", () => {
    const state = fresh();
    const [account, from] = [CLO.account, ANN.account];
    expect(eventsOf(state, ANN, transferAllowDeath({ to, amountRao: TAO - 499n }))).toEqual([
      { name: "System.KilledAccount", account: from },
      { name: "Balances.DustLost", account: from, amountRao: 499n },
      { name: "System.NewAccount", account },
      { name: "Balances.Endowed", account, freeRao: TAO - 499n },
      { name: "Balances.Transfer", from, to: account, amountRao: TAO - 499n },
      { name: "System.ExtrinsicSuccess" },
    ]);
    expect(state.read(BalancesIssuance)).toBe(3n * TAO - 499n);
    expect(state.read(TotalIssuance)).toBe(3n * TAO);
  });

  it("a failed call leaves one event and its nonce", () => {
    const state = fresh();
    const call = transferAllowDeath({ to, amountRao: 2n * TAO });
    expect(eventsOf(state, ANN, call)).toEqual([{ name: "System.ExtrinsicFailed", error: "Token.FundsUnavailable" }]);
    expect(state.read(Nonce, ANN.account)).toBe(1);
  });

  it("root's call may fail within a sudo that does not", () => {
    const state = fresh();
    const fails = sudo({ call: forceTransfer({ from: ANN.address, to, amountRao: 2n * TAO }) });
    expect(eventsOf(state, ROOT, fails)).toEqual([
      { name: "Sudo.Sudid", error: "Token.FundsUnavailable" },
      { name: "System.ExtrinsicSuccess" },
    ]);
    const works = sudo({ call: forceSetBalance({ account: ANN.address, freeRao: 499n }) });
    expect(eventsOf(state, ROOT, works).at(-3)).toMatchObject({ name: "Balances.BalanceSet", freeRao: 0n });
  });

  it("three kinds of batches", () => {
    const good = transferKeepAlive({ to, amountRao: 1000n });
    const bad = transferKeepAlive({ to, amountRao: 2n * TAO });
    const error = "Token.FundsUnavailable";
    const arrived = (call: Call) => {
      const state = fresh();
      const names = eventsOf(state, ANN, call).filter(({ name }) => /Utility|Extrinsic/.test(name));
      return [state.read(FreeBalance, CLO.account), names.map(({ name }) => name.split(".")[1])];
    };
    const list = { calls: [good, bad, good] };
    expect(arrived(batch(list))).toEqual([1000n, ["ItemCompleted", "BatchInterrupted", "ExtrinsicSuccess"]]);
    expect(arrived(batchAll(list))).toEqual([0n, ["ExtrinsicFailed"]]);
    expect(arrived(forceBatch(list))).toEqual([
      2000n,
      ["ItemCompleted", "ItemFailed", "ItemCompleted", "BatchCompletedWithErrors", "ExtrinsicSuccess"],
    ]);
    const state = fresh();
    expect(eventsOf(state, ANN, batch(list))).toContainEqual({ name: "Utility.BatchInterrupted", index: 1, error });
  });
});

const ACCOUNTS = 5;
const amount = fc.oneof(
  fc.constantFrom(0n, 1n, 499n, 500n, 501n, 999n, 1000n, 10_000n, (1n << 64n) - 1n, (1n << 64n) - 500n),
  fc.bigInt({ min: 0n, max: 12_000n }),
);
const who = fc.integer({ min: 1, max: ACCOUNTS });
const twinCall: fc.Arbitrary<TwinCall> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom("allowDeath", "keepAlive"), from: who, to: who, amountRao: amount }),
  },
  fc.record({ kind: fc.constant("all" as const), from: who, to: who, keepAlive: fc.boolean() }),
  fc.record({ kind: fc.constant("forceTransfer" as const), from: who, to: who, amountRao: amount }),
  fc.record({ kind: fc.constant("forceSet" as const), account: who, freeRao: amount }),
);

/** The call and its signer. Root is actor 9, who has nothing and whose calls cost nothing. */
function ledgerCall(call: TwinCall): [typeof ANN, Call] {
  if (call.kind === "forceSet") {
    return [actor(9), sudo({ call: forceSetBalance({ account: accountOf(call.account), freeRao: call.freeRao }) })];
  }
  const to = accountOf(call.to);
  if (call.kind === "all") return [actor(call.from), transferAll({ to, keepAlive: call.keepAlive })];
  const { amountRao } = call;
  if (call.kind === "forceTransfer") {
    return [actor(9), sudo({ call: forceTransfer({ from: accountOf(call.from), to, amountRao }) })];
  }
  const transfer = call.kind === "keepAlive" ? transferKeepAlive : transferAllowDeath;
  return [actor(call.from), transfer({ to, amountRao })];
}

it("any calls do what the twin does, and TAO is conserved after each", () => {
  fc.assert(
    fc.property(fc.array(twinCall, { maxLength: 60 }), (sequence) => {
      const twin = new BalancesTwin();
      const balancesRao: Record<string, bigint> = {};
      for (let k = 1; k <= ACCOUNTS - 1; k++) {
        twin.endow(k, 10_000n);
        balancesRao[accountOf(k)] = 10_000n;
      }
      const state = genesisState(checkGenesis({ schemaVersion: 1, name: "", balancesRao, rootKey: accountOf(9) }));
      for (const one of sequence) {
        const [by, call] = ledgerCall(one);
        const events = eventsOf(state, by, call);
        const failed = events.flatMap((event) => ("error" in event && event.error ? [event.error] : []));
        expect(failed[0] ?? null).toBe(twin.apply(one));
        const expected = [...twin.free].map(([account, rao]) => [[accountOf(account)], rao]);
        expect(state.entries(FreeBalance)).toEqual(expected.sort());
        expect(state.read(BalancesIssuance)).toBe(twin.issued);
        expect(twin.issued).toBe([...twin.free.values()].reduce((sum, rao) => sum + rao, 0n));
      }
    }),
    { numRuns: 300 },
  );
});

it("calls have names, indices and builders of their own", () => {
  expect(new Set(ALL_CALLS.map(({ name }) => name)).size).toBe(ALL_CALLS.length);
  expect(new Set(ALL_CALLS.map(({ index }) => index.join("."))).size).toBe(ALL_CALLS.length);
});
