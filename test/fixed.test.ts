import { expect, test } from "vitest";
import { type FixedKernel, fixedLine } from "../host/api/fixed.js";
import { instantiate } from "./support/kernel.js";
import { lines } from "./support/vectors.js";

const SHOWN = 5;
const kernel = instantiate<FixedKernel["exports"]>();

test("every line of fixed.txt gets the reference's answer", () => {
  const questions = lines("fixed.txt.gz");
  const answers = lines("fixed.out.txt.gz");
  expect(questions.length).toBe(100_000);
  expect(answers.length).toBe(questions.length);
  const wrong: string[] = [];
  for (const [i, question] of questions.entries()) {
    const answer = fixedLine(kernel, question);
    if (answer !== answers[i]) wrong.push(`line ${i + 1}: ${question} → ${answer}, expected ${answers[i]}`);
  }
  expect(wrong.slice(0, SHOWN), `${wrong.length} lines differ`).toEqual([]);
});
