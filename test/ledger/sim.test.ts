/** A short slice of the simulator; that it finds what is wrong and makes it small; and every script kept. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { STEPS, type Step } from "../../host/ledger/block/steps.js";
import { calls } from "../../host/ledger/calls/index.js";
import { BalancesIssuance, FreeBalance } from "../../host/ledger/state/balances.js";
import { SubnetAlphaOut } from "../../host/ledger/state/pools.js";
import { TotalHotkeyAlpha } from "../../host/ledger/state/staking.js";
import { State } from "../../host/ledger/state/state.js";
import { LastMechansimStepBlock, NetworksAdded } from "../../host/ledger/state/subnets.js";
import { BlockNumber, Nonce } from "../../host/ledger/state/system.js";
import { Books } from "./sim/books.js";
import { broken } from "./sim/invariants.js";
import { killOften } from "./sim/kill.js";
import { Unsound } from "./sim/replicas.js";
import { type Script, written } from "./sim/script.js";
import { playScript, shrunk, simulate } from "./sim/simulate.js";
import { coldkey } from "./sim/world.js";

const SEED = Number(process.env.FC_SEED ?? 20_261_123);
const BLOCKS = 200;
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

  it("plays the same twice", async () => {
    const plan = { seed: SEED + 1, blocks: 40, accounts: 20, mostCallsABlock: 6, crashOneIn: 5 };
    const [one, two] = [await simulate(plan), await simulate(plan)];
    expect(one).toEqual(two);
  });

  it("sees TAO that came from nowhere", () => {
    const state = new State();
    state.write(FreeBalance, coldkey(1), 1000n);
    expect(broken(state)?.rule).toBe("taoIsConserved");
    state.write(FreeBalance, coldkey(1), -1000n);
    expect(broken(state)?.rule).toBe("taoIsConserved");
  });

  it("sees alpha that came from nowhere, went nowhere, or is held by two", () => {
    const wrong = (spoil: (state: State) => void) => {
      const state = new State();
      state.write(NetworksAdded, 1, true);
      state.write(SubnetAlphaOut, 1, 1000n);
      state.write(TotalHotkeyAlpha, coldkey(1), 1, 700n);
      state.write(LastMechansimStepBlock, 1, 1);
      const books = new Books(state);
      spoil(state);
      return books.audit(state, []).wrong;
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
