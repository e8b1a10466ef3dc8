/** A short slice of the simulator; that it finds what is wrong and makes it small; and every script kept. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { STEPS, type Step } from "../../host/ledger/block/steps.js";
import type { AnyDefinedCall, SignedContext } from "../../host/ledger/calls/call.js";
import { CALLS, calls } from "../../host/ledger/calls/index.js";
import { checkGenesis, genesisState } from "../../host/ledger/genesis.js";
import { subnetAccount } from "../../host/ledger/rules/subnetAccounts.js";
import { BalancesIssuance, FreeBalance, TotalIssuance } from "../../host/ledger/state/balances.js";
import { ChildKeys, ParentKeys } from "../../host/ledger/state/children.js";
import type { Account } from "../../host/ledger/state/codecs.js";
import { OpenProposals } from "../../host/ledger/state/governance.js";
import { Consensus, IsNetworkMember, SubnetworkN, Uids } from "../../host/ledger/state/neurons.js";
import { SubnetAlphaOut, SubnetTAO } from "../../host/ledger/state/pools.js";
import {
  AlphaV2,
  NumStakingColdkeys,
  OwnedHotkeys,
  Owner,
  TotalHotkeyAlpha,
  TotalHotkeySharesV2,
} from "../../host/ledger/state/staking.js";
import { State } from "../../host/ledger/state/state.js";
import {
  LastMechansimStepBlock,
  NetworksAdded,
  SubnetOwner,
  Tempo,
  TotalNetworks,
} from "../../host/ledger/state/subnets.js";
import { BlockNumber, Nonce } from "../../host/ledger/state/system.js";
import { Books } from "./sim/books.js";
import { genesisOf } from "./sim/genesis.js";
import { broken, RULES, Watch } from "./sim/invariants.js";
import { killOften } from "./sim/kill.js";
import { Unsound } from "./sim/replicas.js";
import { type Script, written } from "./sim/script.js";
import { playScript, shrunk, simulate } from "./sim/simulate.js";
import { Touched } from "./sim/touched.js";
import { coldkey, hotkey } from "./sim/world.js";

const SEED = Number(process.env.FC_SEED ?? 20_261_123);
const BLOCKS = 200;

const touchedIn = (state: State) => state.takeChanges().map((change) => new Touched(change));
const LITTLE = [10n ** 21n, -21n] as const;
const [neuron, stranger] = [hotkey(6), coldkey(19)];

/** A rule, and a change to the first network of a simulation that breaks it. */
const SPOILS: readonly (readonly [rule: keyof typeof RULES, how: string, spoil: (state: State) => void])[] = [
  ["taoIsConserved", "a rao more", (s) => s.write(FreeBalance, stranger, 1000n)],
  ["taoIsConserved", "a debt", (s) => s.write(FreeBalance, stranger, -1000n)],
  ["taoIsConserved", "issued to nobody", (s) => s.write(BalancesIssuance, s.read(BalancesIssuance) + 1n)],
  [
    "depositsAreHeld",
    "less than the deposit",
    (s) => {
      s.write(BalancesIssuance, s.read(BalancesIssuance) - s.read(FreeBalance, coldkey(4)) + 499n);
      s.write(FreeBalance, coldkey(4), 499n);
    },
  ],
  ["numbersFit", "below zero", (s) => s.write(TotalIssuance, -1n)],
  ["numbersFit", "too wide", (s) => s.write(Tempo, 1, 65536)],
  ["ownersAgree", "a list forgets", (s) => s.write(OwnedHotkeys, coldkey(6), [])],
  ["ownersAgree", "an owner forgets", (s) => s.remove(Owner, neuron)],
  ["ownersAgree", "another owner", (s) => s.write(Owner, neuron, stranger)],
  ["ownersAgree", "twice on a list", (s) => s.write(OwnedHotkeys, coldkey(6), [neuron, neuron])],
  ["stakesFit", "shares twice", (s) => s.write(AlphaV2, neuron, stranger, 1, s.read(AlphaV2, neuron, coldkey(6), 1))],
  ["stakesFit", "less to share", (s) => s.write(TotalHotkeySharesV2, neuron, 1, LITTLE)],
  ["poolsAreFunded", "more in the pool", (s) => s.write(SubnetTAO, 1, s.read(FreeBalance, subnetAccount(1)) + 1n)],
  ["numbersOfStakersAgree", "one more", (s) => s.write(NumStakingColdkeys, s.read(NumStakingColdkeys) + 1n)],
  ["uidsAgree", "one more", (s) => s.write(SubnetworkN, 1, s.read(SubnetworkN, 1) + 1)],
  ["uidsAgree", "another's uid", (s) => s.write(Uids, 1, neuron, 0)],
  ["uidsAgree", "no member", (s) => s.remove(IsNetworkMember, neuron, 1)],
  ["uidsAgree", "a vector cut", (s) => s.write(Consensus, 1, [])],
  ["networksAgree", "one more", (s) => s.write(TotalNetworks, s.read(TotalNetworks) + 1)],
  ["networksAgree", "an owner of nothing", (s) => s.write(SubnetOwner, 9, stranger)],
  ["familiesAgree", "a child without a parent", (s) => s.write(ChildKeys, neuron, 1, [[1n, hotkey(8)]])],
  ["familiesAgree", "a parent without a child", (s) => s.write(ParentKeys, neuron, 1, [[1n, hotkey(8)]])],
  ["votesAddUp", "one that is open", (s) => s.write(OpenProposals, 1)],
];
const SCRIPTS = new URL("./sim/scripts/", import.meta.url);

describe("the simulator", () => {
  it(`finds nothing in ${BLOCKS} blocks, seed ${SEED}`, async () => {
    const plan = { seed: SEED, blocks: BLOCKS, accounts: 60, mostCallsABlock: 20, crashOneIn: 12 };
    const { seen, error, script } = await simulate(plan);
    expect(error && `${error.message}\n${JSON.stringify(await shrunk(script as Script))}`).toBeUndefined();
    expect(seen.blocks).toBe(BLOCKS);
    expect(seen.restarts).toBeGreaterThan(5);
    console.log(`${seen.calls} calls; ${seen.errors.size} errors and ${seen.events.size} events met`);
    expect(seen.errors.size).toBeGreaterThan(55);
    expect(seen.events.size).toBeGreaterThan(40);
    expect(seen.exact).toBeGreaterThan(2 * BLOCKS);
  });

  it("plays the same twice, under rules that know all modes", async () => {
    const plan = { seed: SEED + 1, rules: 474, blocks: 40, accounts: 20, mostCallsABlock: 6, crashOneIn: 5 };
    const [one, two] = [await simulate(plan), await simulate(plan)];
    expect(one.error).toBeUndefined();
    expect(one).toEqual(two);
  });

  it.each(SPOILS)("sees at once and everywhere what breaks %s: %s", (rule, _, spoil) => {
    const state = genesisState(checkGenesis(genesisOf(20)));
    state.takeChanges();
    expect(broken(state)).toBeUndefined();
    const watch = new Watch(state);
    spoil(state);
    expect([broken(state)?.rule, watch.follow(touchedIn(state))?.rule]).toEqual([rule, rule]);
  });

  it("knows a way to break every rule", () => {
    expect(new Set(SPOILS.map(([rule]) => rule))).toEqual(new Set(Object.keys(RULES)));
  });

  it("sees alpha that came from nowhere, went nowhere, or is held by two", () => {
    const wrong = (spoil: (state: State) => void) => {
      const state = new State();
      state.write(NetworksAdded, 1, true);
      state.write(SubnetAlphaOut, 1, 1000n);
      state.write(TotalHotkeyAlpha, coldkey(1), 1, 700n);
      state.write(LastMechansimStepBlock, 1, 1);
      state.takeChanges();
      const books = new Books(state);
      spoil(state);
      return books.audit(state, [], touchedIn(state)).wrong;
    };
    expect(wrong(() => {})).toBeUndefined();
    expect(wrong((state) => state.write(SubnetAlphaOut, 1, 1001n))).toMatch("alpha of 1 changed by 1");
    expect(wrong((state) => state.write(SubnetAlphaOut, 1, 999n))).toMatch("alpha of 1 changed by -1");
    expect(wrong((state) => state.write(TotalHotkeyAlpha, coldkey(1), 1, 701n))).toMatch("nobody on 1 changed by -1");
    expect(wrong((state) => state.write(TotalHotkeyAlpha, coldkey(1), 1, 696n))).toMatch("nobody on 1 changed by 4");
    expect(wrong((state) => state.write(TotalHotkeyAlpha, coldkey(1), 1, 1001n))).toMatch("1 alpha of 1 too many");
    expect(wrong((state) => state.write(BalancesIssuance, 1_000_000_001n))).toMatch("came into being");
  });

  it("finds a step that mints once somebody has paid, and says by what little", async () => {
    const spoil: Step = ({ state }) => {
      if (state.read(Nonce, coldkey(0)) > 0 && state.read(BlockNumber) > 3) state.write(FreeBalance, coldkey(99), 600n);
    };
    (STEPS as Step[]).push(spoil);
    const plan = { seed: SEED, blocks: 60, accounts: 12, mostCallsABlock: 4, crashOneIn: 10 };
    const { error, script } = await simulate(plan);
    const small = await shrunk(script as Script);
    (STEPS as Step[]).pop();
    expect([error?.rule, small.broke]).toEqual(["taoIsConserved", "taoIsConserved"]);
    expect(small.blocks.flatMap(({ calls }) => calls)).toMatchObject([{ by: 0 }]);
    expect(small.blocks.length).toBe(4);
    expect(await playScript(small)).toBeUndefined();
  });

  it("makes of a rule that loses a rao a script of two calls, which breaks it as long as it is there", async () => {
    const { transferKeepAlive } = CALLS.balances as Record<string, AnyDefinedCall>;
    const { apply } = transferKeepAlive!;
    const rule = vi.spyOn(transferKeepAlive!, "apply").mockImplementation((context, values, plan) => {
      apply(context, values, plan);
      const { state, signer } = context as SignedContext;
      const { to } = values as { to: Account };
      const hasPaid = to !== signer && state.read(Nonce, to) > 0;
      if (hasPaid) state.write(FreeBalance, to, state.read(FreeBalance, to) - 1n);
    });
    const plan = { seed: SEED, blocks: 100, accounts: 12, mostCallsABlock: 6, crashOneIn: 10 };
    const { script } = await simulate(plan);
    const file = JSON.stringify(await shrunk(script!));
    const [again, made] = [JSON.parse(file) as Script, await playScript(JSON.parse(file) as Script)];
    rule.mockRestore();
    expect([script?.broke, again.broke, made?.rule]).toEqual(["taoIsConserved", "taoIsConserved", "taoIsConserved"]);
    const [one, other, ...more] = again.blocks.flatMap(({ calls }) => calls);
    expect(more).toEqual([]);
    expect(other!.call).toContain(coldkey(one!.by).slice(2));
    expect(await playScript(again)).toBeUndefined();
  });

  it("leaves of a script what it takes to break the rule", async () => {
    const call = (k: number) => written(calls.balances.transferAllowDeath({ to: coldkey(k), amountRao: BigInt(k) }));
    const blocks = Array.from({ length: 30 }, (_, k) => ({
      calls: Array.from({ length: 4 }, (_, n) => ({ by: n, call: call(4 * k + n) })),
      crash: "reopen" as const,
    }));
    const [first, second] = [call(23), call(91)];
    let plays = 0;
    const play = async ({ blocks }: Script) => {
      plays += 1;
      const all = blocks.flatMap(({ calls }) => calls.map(({ call }) => call));
      return all.indexOf(first) >= 0 && all.indexOf(second) > all.indexOf(first)
        ? new Unsound("example", "")
        : undefined;
    };
    const small = await shrunk({ accounts: 4, broke: "example", blocks }, play);
    expect(small.blocks).toEqual([{ calls: [{ by: 3, call: first }] }, { calls: [{ by: 3, call: second }] }]);
    expect(plays).toBeLessThan(200);
  });
});

it("a run on disk that is killed again and again goes on as if it had not been", async () => {
  const kills = await killOften(SEED, 3, { blocks: 3, ms: 30 });
  expect(kills.length).toBe(3);
  expect(kills.at(-1)!.found).toBeGreaterThanOrEqual(3);
});

describe("a script stays sound", () => {
  const names = readdirSync(SCRIPTS).filter((name) => name.endsWith(".json"));
  it.each(names)("%s", async (name) => {
    const script = JSON.parse(readFileSync(new URL(name, SCRIPTS), "utf8")) as Script;
    expect(await playScript(script)).toBeUndefined();
  });
});
