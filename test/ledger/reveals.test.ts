/** Timelocked weights in the ledger: opened by drand's pulses in their epoch, genuine ones among them; and what is dropped, waits or is refused. */
import { describe, expect, it } from "vitest";
import type { Signer } from "../../host/ledger/accounts/keys.js";
import type { Call, Origin } from "../../host/ledger/calls/call.js";
import { dispatch } from "../../host/ledger/calls/dispatch.js";
import type { PulseInput } from "../../host/ledger/calls/drand/index.js";
import type { LedgerEvent } from "../../host/ledger/events.js";
import { calls, createLedger, memoryStore, signerOf } from "../../host/ledger/index.js";
import { fromHex } from "../../host/ledger/state/codecs.js";
import { TimelockedWeightCommits } from "../../host/ledger/state/commits.js";
import { LastStoredRound, OldestStoredRound, Pulses } from "../../host/ledger/state/drand.js";
import { Incentive, Weights } from "../../host/ledger/state/neurons.js";
import { State } from "../../host/ledger/state/state.js";
import { ownBeacon, type SealedWeights, seal as sealPayload, sealWeights } from "../../host/timelock/index.js";
import { payloadOf } from "../../host/timelock/payload.js";
import { smallSubnet } from "../support/smallSubnet.js";

/** drand's quicknet, round 1000. */
const GENUINE = "0xb44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39";
const BEACON = ownBeacon("reveals");
const [ROOT, BOB, CHARLIE, ANYONE] = ["//Alice", "//Bob//hot", "//Charlie//hot", "//Ferdie"].map((secret) =>
  signerOf(secret),
) as [Signer, Signer, Signer, Signer];
const signed = (round: number): PulseInput => ({ round, signature: BEACON.sign(round) });
const rowOf = ({ account }: Signer, more: Partial<SealedWeights> = {}): SealedWeights => ({
  hotkey: fromHex(account),
  uids: [3, 4],
  values: [2, 1],
  versionKey: 0n,
  ...more,
});

/** A subnet under commit-reveal whose epochs run in blocks 8, 16, 24, in block 8. */
async function started(isOwn = true) {
  const genesis = smallSubnet();
  const [subnet] = genesis.subnets;
  const parameters = { ...subnet!.parameters, "SubtensorModule.CommitRevealWeightsEnabled": true };
  const ledger = await createLedger({
    store: memoryStore(),
    genesis: { ...genesis, subnets: [{ ...subnet!, parameters }] },
  });
  const block = async (...sent: (readonly [Signer, Call])[]) => {
    for (const [signer, call] of sent) await ledger.submit(ledger.sign(signer, call));
    const { events } = await ledger.produceBlock();
    return events.map(({ event }) => event);
  };
  const until = async (height: number) => {
    const all = [];
    while (ledger.height < height) all.push(...(await block()));
    return all;
  };
  const config = { publicKey: BEACON.publicKey, periodSeconds: 3, genesisSeconds: 0 };
  if (isOwn) await block([ROOT, calls.sudo.sudo({ call: calls.drand.setBeaconConfig(config) })]);
  await until(8);
  const commit = (round: number, bytes: Uint8Array) =>
    calls.weights.commitTimelockedWeights({
      netuid: 1,
      commit: bytes,
      revealRound: BigInt(round),
      commitRevealVersion: 4,
    });
  const seal = (row: SealedWeights, round: number) =>
    commit(round, sealPayload(payloadOf(row), round, isOwn ? { publicKey: BEACON.publicKey } : {}));
  const pulse = (...pulses: PulseInput[]) => calls.drand.writePulse({ pulses });
  const rows = () => [1, 2].map((uid) => [...ledger.state.read(Weights, 1, uid)].map((pair) => [...pair]));
  const waiting = () => ledger.state.entries(TimelockedWeightCommits, 1).flatMap(([, queue]) => queue.length);
  return { ledger, block, until, commit, seal, pulse, rows, waiting };
}

/** The error or the last event of a call. */
function outcomeOf(state: State, origin: Origin, call: Call): string | undefined {
  const events: LedgerEvent[] = [];
  return dispatch(state, events, origin, call)?.error ?? events.at(-1)?.name;
}

const named = (events: readonly { readonly name: string }[], ...names: string[]) =>
  events.filter(({ name }) => names.includes(name));

describe("a timelocked commit", () => {
  it("is opened by drand's genuine pulse before the next epoch, which counts it", async () => {
    const { ledger, block, until, seal, pulse, rows, waiting } = await started(false);
    await block([BOB, seal(rowOf(BOB), 1000)]);
    const stored = await block([ANYONE, pulse({ round: 1000, signature: GENUINE })]);
    expect(named(stored, "Drand.NewPulse")).toEqual([{ name: "Drand.NewPulse", rounds: [1000n] }]);
    await until(15);
    expect([rows(), waiting()]).toEqual([[[], []], [1]]);
    const events = named(await block(), "SubtensorModule.WeightsSet", "SubtensorModule.TimelockedWeightsRevealed");
    expect(events).toEqual([
      { name: "SubtensorModule.WeightsSet", index: 1, uid: 1 },
      { name: "SubtensorModule.TimelockedWeightsRevealed", index: 1, hotkey: BOB.account },
    ]);
    expect([rows(), waiting()]).toEqual([
      [
        [
          [3, 65535],
          [4, 32768],
        ],
        [],
      ],
      [],
    ]);
    // 65535 and 32768 of 98303, each times 65535, cut off.
    expect(ledger.state.read(Incentive, 1)).toEqual([0, 0, 0, 43689, 21845]);
  });

  it("waits for its pulse through its epoch, and is dropped after it", async () => {
    const { block, until, seal, pulse, rows, waiting } = await started();
    await block([BOB, seal(rowOf(BOB), 20)], [CHARLIE, seal(rowOf(CHARLIE), 30)]);
    await until(18);
    expect([rows(), waiting()]).toEqual([[[], []], [2]]);
    await block([ANYONE, pulse(signed(20))]);
    await block();
    expect([rows(), waiting()]).toEqual([
      [
        [
          [3, 65535],
          [4, 32768],
        ],
        [],
      ],
      [1],
    ]);
    await until(24);
    await block([ANYONE, pulse(signed(30))]);
    await until(33);
    expect([rows()[1], waiting()]).toEqual([[], []]);
  });

  it("counts for whom it names, or in the older form for whoever sent it", async () => {
    const { block, until, seal, pulse, rows, waiting } = await started();
    await block([BOB, seal(rowOf(CHARLIE), 20)], [CHARLIE, seal(rowOf(CHARLIE, { hotkey: null }), 20)]);
    await block([ANYONE, pulse(signed(20))]);
    await until(16);
    expect([rows(), waiting()]).toEqual([
      [
        [],
        [
          [3, 65535],
          [4, 32768],
        ],
      ],
      [],
    ]);
  });

  it("that is no ciphertext, sealed to another round, or against the rules is dropped without a trace", async () => {
    const { block, until, commit, seal, pulse, rows, waiting } = await started();
    const other = sealWeights(rowOf(BOB), 21, { publicKey: BEACON.publicKey });
    await block(
      [BOB, commit(20, Uint8Array.of(1, 2, 3))],
      [BOB, commit(20, other)],
      [BOB, seal(rowOf(BOB, { uids: [3, 99] }), 20)],
      [BOB, seal(rowOf(BOB, { values: [1] }), 20)],
      [CHARLIE, seal(rowOf(CHARLIE, { uids: [3], values: [7] }), 20)],
    );
    expect(waiting()).toEqual([5]);
    await block([ANYONE, pulse(signed(20))]);
    const events = await until(16);
    expect([rows(), waiting()]).toEqual([[[], [[3, 65535]]], []]);
    expect(named(events, "SubtensorModule.WeightsSet")).toHaveLength(1);
  });
});

describe("a pulse", () => {
  const config = { publicKey: BEACON.publicKey, periodSeconds: 3, genesisSeconds: 0 };
  const root = { kind: "root" } as const;
  const by = { kind: "signed", signer: ANYONE.account } as const;
  const own = () => {
    const state = new State();
    expect(outcomeOf(state, root, calls.drand.setBeaconConfig(config))).toBe("Drand.BeaconConfigChanged");
    return state;
  };
  const write = (state: State, ...pulses: PulseInput[]) => outcomeOf(state, by, calls.drand.writePulse({ pulses }));

  it("is stored if the beacon made it, several in order", () => {
    const state = own();
    expect(write(state, signed(5), signed(9))).toBe("Drand.NewPulse");
    expect([state.read(LastStoredRound), state.read(OldestStoredRound)]).toEqual([9n, 5n]);
    expect(state.read(Pulses, 9n)?.signature).toEqual(BEACON.sign(9));
    expect(write(state, signed(9))).toBe("Drand.InvalidRoundNumber");
    expect(write(state, signed(12), signed(11))).toBe("Drand.InvalidRoundNumber");
    expect(state.read(LastStoredRound)).toBe(9n);
  });

  it("of another beacon is passed over, bytes that are no signature are refused", () => {
    const state = own();
    expect(write(state, { round: 1000, signature: GENUINE })).toBeUndefined();
    expect(write(state, { round: 6, signature: BEACON.sign(7) }, signed(7))).toBe("Drand.NewPulse");
    expect([state.has(Pulses, 6n), state.has(Pulses, 7n)]).toEqual([false, true]);
    expect(write(state, { round: 8, signature: new Uint8Array(48) })).toBe("Drand.PulseVerificationError");
  });

  it("pushes the oldest out, a hundred at a time, beyond a week of them", () => {
    const state = own();
    for (let round = 1n; round <= 300n; round++) {
      state.write(Pulses, round, { round, randomness: new Uint8Array(32), signature: new Uint8Array(48) });
    }
    state.write(OldestStoredRound, 1n);
    state.write(LastStoredRound, 300n);
    expect(write(state, signed(216_050))).toBe("Drand.NewPulse");
    expect([state.has(Pulses, 50n), state.has(Pulses, 51n), state.read(OldestStoredRound)]).toEqual([false, true, 51n]);
    expect(write(state, signed(216_250))).toBe("Drand.NewPulse");
    expect([state.has(Pulses, 150n), state.has(Pulses, 151n), state.read(OldestStoredRound)]).toEqual([
      false,
      true,
      151n,
    ]);
  });

  it("is one of ten at most in a call, and whole; whose it must be is root's to say", () => {
    const many = Array.from({ length: 11 }, (_, k) => ({ round: k + 1, signature: GENUINE }));
    expect(() => calls.drand.writePulse({ pulses: many })).toThrow("at most 10 pulses");
    expect(() => calls.drand.writePulse({ pulses: [{ round: 1, signature: "0x00" }] })).toThrow("48 bytes");
    expect(() => calls.drand.writePulse({ pulses: [{ round: -1, signature: GENUINE }] })).toThrow("pulses[0].round");
    expect(outcomeOf(new State(), by, calls.drand.setBeaconConfig(config))).toBe("BadOrigin");
    expect(() => calls.drand.setBeaconConfig({ ...config, publicKey: new Uint8Array(48) })).toThrow("96 bytes");
  });
});
