/** Epochs in a row: every shipped run, every output of each published epoch, and what is carried from one to the next. */
import { expect, test } from "vitest";
import { type ChainCase, type ChainResult, runChain } from "../host/api/chain.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import { plain } from "./support/plain.js";
import { records } from "./support/vectors.js";

const kernel = instantiate(inlinedModule());

/** Published of every run. */
const PUBLISHED = 12;

/** As the results write it: the block as a number. */
const printed = (result: ChainResult) => plain({ ...result, currentBlock: Number(result.currentBlock) });

test("chain: 8 runs equal in every output of 12 epochs each", () => {
  const cases = records<ChainCase>("chain.cases.jsonl.gz");
  const results = records<{ name: string; epoch: number }>("chain.results.jsonl.gz");
  expect([cases.length, results.length]).toEqual([8, 8 * PUBLISHED]);
  for (const [run, one] of cases.entries()) {
    expect(one.epochs).toBeGreaterThanOrEqual(PUBLISHED);
    let epoch = 0;
    for (const result of runChain(kernel, one)) {
      if (epoch === PUBLISHED) break;
      expect(printed(result)).toEqual(results[run * PUBLISHED + epoch]);
      epoch++;
    }
    expect(epoch).toBe(PUBLISHED);
  }
});

test("a run yields as many epochs as were asked for, numbered from 0", () => {
  const [one] = records<ChainCase>("chain.cases.jsonl.gz");
  const short = { ...one!, epochs: 3, advance: 7 };
  const blocks = [...runChain(kernel, short)].map((result) => [result.epoch, result.currentBlock]);
  const first = BigInt(one!.currentBlock);
  expect(blocks).toEqual([0n, 1n, 2n].map((k) => [Number(k), first + 7n * k]));
});

test.each([
  [0, 0, 1n],
  [0, 360, 360n],
  [5, 360, 5n],
])("advance %i at tempo %i moves the block on by %i", (advance, tempo, blocks) => {
  const [one] = records<ChainCase>("chain.cases.jsonl.gz");
  const [first, second] = runChain(kernel, { ...one!, epochs: 2, advance, tempo });
  expect(second!.currentBlock - first!.currentBlock).toBe(blocks);
});
