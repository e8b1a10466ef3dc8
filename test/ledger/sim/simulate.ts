/** Simulations: made from a seed, or played from a script; and the smallest script that still breaks a rule. */
import { Draw } from "./draw.js";
import { drawGenerator } from "./generators/index.js";
import { rulesOfSeed } from "./genesis.js";
import { Replicas, type Seen, Unsound } from "./replicas.js";
import { CRASHES, ODDITIES, type Script, type ScriptBlock, type ScriptCall, written } from "./script.js";

/** How a simulation is made. */
export interface Plan {
  readonly seed: number;
  readonly blocks: number;
  readonly accounts: number;
  /** The spec version whose rules hold; by default the seed chooses. */
  readonly rules?: number;
  readonly mostCallsABlock: number;
  /** One block in so many has its store fail. */
  readonly crashOneIn: number;
  /** Hears of each block; the simulation ends after one it answers with true. */
  readonly progress?: (seen: Seen) => boolean;
}

/** How a simulation ended: soundly if there is no script. */
export interface Outcome {
  readonly seen: Seen;
  readonly error?: Unsound;
  readonly script?: Script;
}

const ODD_ONE_IN = 25;
const MOST_TRIALS = 400;

/** Makes a simulation from its seed, block by block, and stops where a rule breaks. */
export async function simulate(plan: Plan): Promise<Outcome> {
  const draw = new Draw(plan.seed);
  const { seed, accounts, rules = rulesOfSeed(seed) } = plan;
  const replicas = await Replicas.begin(accounts, rules);
  const blocks: ScriptBlock[] = [];
  try {
    for (let k = 0; k < plan.blocks; k++) {
      const block = drawBlock(draw, replicas, plan);
      blocks.push(block);
      await replicas.play(block);
      if (plan.progress?.(replicas.seen)) break;
    }
    await replicas.finish();
  } catch (error) {
    if (!(error instanceof Unsound)) throw error;
    return { seen: replicas.seen, error, script: { accounts, rules, broke: error.rule, blocks } };
  }
  return { seen: replicas.seen };
}

function drawBlock(draw: Draw, { steady }: Replicas, plan: Plan): ScriptBlock {
  const world = { state: steady.state, count: plan.accounts };
  const calls = Array.from({ length: draw.below(plan.mostCallsABlock + 1) }, (): ScriptCall => {
    const { by, call } = drawGenerator(draw).make(draw, world);
    const plain = { by, call: written(call) };
    return draw.oneIn(ODD_ONE_IN) ? { ...plain, oddity: draw.pick(ODDITIES) } : plain;
  });
  return draw.oneIn(plan.crashOneIn) ? { calls, crash: draw.pick(CRASHES) } : { calls };
}

/** Plays a script; gives the rule it breaks, if it breaks one. */
export async function playScript({ accounts, rules, blocks }: Script): Promise<Unsound | undefined> {
  const replicas = await Replicas.begin(accounts, rules);
  try {
    for (const block of blocks) await replicas.play(block);
    await replicas.finish();
  } catch (error) {
    if (error instanceof Unsound) return error;
    throw error;
  }
  return undefined;
}

/** The script with whatever can be left out left out: blocks, then calls and crashes, while it still breaks the same rule. */
export async function shrunk(script: Script, play = playScript): Promise<Script> {
  let trials = 0;
  const stillBreaks = async (blocks: readonly ScriptBlock[]) =>
    trials++ < MOST_TRIALS && (await play({ ...script, blocks }))?.rule === script.broke;
  let blocks = await fewest(script.blocks, stillBreaks);
  for (let at = 0; at < blocks.length; at++) {
    const block = blocks[at]!;
    const withBlock = (one: ScriptBlock) => blocks.map((other, k) => (k === at ? one : other));
    const calls = await fewest(block.calls, (fewer) => stillBreaks(withBlock({ ...block, calls: fewer })));
    blocks = withBlock({ ...block, calls });
    if (block.crash && (await stillBreaks(withBlock({ calls })))) blocks = withBlock({ calls });
  }
  return { ...script, blocks };
}

/** Leaves out halves, quarters and so on down to single elements, as long as the rest is still enough. */
async function fewest<T>(all: readonly T[], isEnough: (some: readonly T[]) => Promise<boolean>): Promise<readonly T[]> {
  let kept = all;
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < kept.length; ) {
      const fewer = [...kept.slice(0, at), ...kept.slice(at + size)];
      if (await isEnough(fewer)) kept = fewer;
      else at += size;
    }
  }
  return kept;
}
