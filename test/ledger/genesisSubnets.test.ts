/** A genesis with subnets: one form whatever the order, what it makes of the state, what it refuses, and blocks on top of it. */
import { describe, expect, it } from "vitest";
import { checkGenesis, type Genesis, genesisState } from "../../host/ledger/genesis.js";
import { ledgerKernel } from "../../host/ledger/kernel.js";
import { stakeOf } from "../../host/ledger/rules/stake.js";
import { subnetAccount } from "../../host/ledger/rules/subnetAccounts.js";
import { BalancesIssuance, FreeBalance, TotalIssuance } from "../../host/ledger/state/balances.js";
import { Burn } from "../../host/ledger/state/hyperparameters.js";
import { Keys, SubnetworkN } from "../../host/ledger/state/neurons.js";
import { SubnetAlphaIn, SubnetAlphaOut, SubnetTAO, TotalStake } from "../../host/ledger/state/pools.js";
import { Delegates } from "../../host/ledger/state/staking.js";
import { NetworksAdded, SubnetOwner, Tempo, TotalNetworks } from "../../host/ledger/state/subnets.js";
import { memoryStore } from "../../host/ledger/store/memory.js";
import { accountOf, actor, trustingLedger } from "../support/ledger.js";
import { refusalOf } from "../support/refusal.js";
import { allFree, TAO } from "../support/subnets.js";

const [owner, ownerHotkey, coldkey, hotkey, root, rootHotkey] = [20, 21, 22, 23, 24, 25].map(accountOf) as string[] as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const first = {
  netuid: 1,
  owner,
  ownerHotkey,
  neurons: [{ hotkey, coldkey }],
  stakes: [
    { hotkey, coldkey, amountRao: 5n * TAO },
    { hotkey: ownerHotkey, coldkey: root, amountRao: "7" },
  ],
  parameters: { "SubtensorModule.Tempo": 20, "SubtensorModule.Burn": "500000" },
};
const second = { netuid: 7, owner, ownerHotkey, poolTaoRao: 3n * TAO, poolAlphaRao: 6n * TAO };
const genesis: Genesis = {
  schemaVersion: 1,
  name: "subnets",
  balancesRao: { [owner]: TAO },
  subnets: [first, second],
  rootStakes: [{ hotkey: rootHotkey, coldkey: root, amountRao: 100n * TAO }],
};

it("the order of subnets, and how accounts and amounts are spelt, do not matter", () => {
  const other = { ...first, owner: actor(20).address, poolTaoRao: "1000000000000" };
  expect(checkGenesis({ ...genesis, subnets: [second, other] })).toEqual(checkGenesis(genesis));
  expect(checkGenesis({ ...genesis, subnets: [second] }).digest).not.toBe(checkGenesis(genesis).digest);
  const bare = { schemaVersion: 1, name: "", balancesRao: {} } as const;
  expect(checkGenesis({ ...bare, subnets: [], rootStakes: [] })).toEqual(checkGenesis(bare));
});

it("the root is always there", () => {
  const state = genesisState(checkGenesis({ schemaVersion: 1, name: "", balancesRao: {} }));
  expect([state.read(NetworksAdded, 0), state.read(TotalNetworks), state.read(Tempo, 0)]).toEqual([true, 1, 100]);
});

it("makes pools, uids, stake and parameters; all TAO is somebody's", () => {
  const state = genesisState(checkGenesis(genesis));
  expect([0, 1, 7].map((netuid) => state.read(SubnetworkN, netuid))).toEqual([1, 2, 1]);
  expect([state.read(Keys, 1, 0), state.read(Keys, 1, 1), state.read(Keys, 0, 0)]).toEqual([
    ownerHotkey,
    hotkey,
    rootHotkey,
  ]);
  expect(state.read(SubnetOwner, 7)).toBe(owner);
  expect([state.read(SubnetTAO, 1), state.read(SubnetAlphaIn, 1)]).toEqual([1_000n * TAO, 1_000n * TAO]);
  expect([state.read(SubnetTAO, 7), state.read(SubnetAlphaIn, 7)]).toEqual([3n * TAO, 6n * TAO]);
  expect([state.read(SubnetTAO, 0), state.read(TotalStake)]).toEqual([100n * TAO, 1_103n * TAO]);
  expect(state.read(SubnetAlphaOut, 1)).toBe(5n * TAO + 7n);
  expect([state.read(Tempo, 1), state.read(Burn, 1), state.read(Tempo, 7)]).toEqual([20, 500_000n, 360]);
  expect(state.has(Delegates, rootHotkey as `0x${string}`)).toBe(true);
  const context = { state, kernel: ledgerKernel(), emit: () => {} };
  const stakes = [[hotkey, coldkey, 1], [ownerHotkey, root, 1], [rootHotkey, root, 0]] as const; // biome-ignore format: a table
  expect(stakes.map(([a, b, n]) => stakeOf(context, a as `0x${string}`, b as `0x${string}`, n))).toEqual([
    5n * TAO,
    7n,
    100n * TAO,
  ]);
  expect(state.read(FreeBalance, subnetAccount(1))).toBe(1_000n * TAO);
  expect(allFree(state)).toBe(1_104n * TAO);
  expect([state.read(BalancesIssuance), state.read(TotalIssuance)]).toEqual([1_104n * TAO, 1_104n * TAO]);
});

it("a store of it is read back", async () => {
  const store = memoryStore();
  const ledger = await trustingLedger({ store, genesis });
  const { digest } = ledger;
  await ledger.close();
  const again = await trustingLedger({ store, genesis });
  expect(again.digest).toBe(digest);
});

describe("refuses", () => {
  const bad = (change: object) => [{ ...first, ...change }];
  it.each<[string, Partial<Genesis>]>([
    ["netuid 0", { subnets: bad({ netuid: 0 }) }],
    ["netuid 4096", { subnets: bad({ netuid: 4_096 }) }],
    ["a netuid twice", { subnets: [first, first] }],
    ["a pool below the deposit", { subnets: bad({ poolTaoRao: 499n }) }],
    ["a hotkey of two", { subnets: bad({ neurons: [{ hotkey: ownerHotkey, coldkey }] }) }],
    ["stake with nobody", { subnets: bad({ stakes: [{ hotkey: coldkey, coldkey, amountRao: 1n }] }) }],
    ["a parameter of all subnets", { subnets: bad({ parameters: { "SubtensorModule.TaoWeight": "1" } }) }],
    ["a parameter too large", { subnets: bad({ parameters: { "SubtensorModule.Tempo": 65_536 } }) }],
    ["a pool's weight out of range", { subnets: bad({ parameters: { "Swap.SwapBalancer": "1" } }) }],
    ["a number as an amount", { rootStakes: [{ hotkey, coldkey, amountRao: 1_000 as unknown as bigint }] }],
    ["too little on the root", { rootStakes: [{ hotkey, coldkey, amountRao: 499n }] }],
  ])("%s", (_, change) => {
    expect(refusalOf(() => checkGenesis({ ...genesis, ...change })).code).toBe("BAD_VALUE");
  });

  it("an unknown field", () => {
    expect(refusalOf(() => checkGenesis({ ...genesis, subnets: bad({ colour: "red" }) }))).toMatchObject({
      code: "UNKNOWN_FIELD",
      details: { field: "genesis.subnets.0.colour" },
    });
  });
});
