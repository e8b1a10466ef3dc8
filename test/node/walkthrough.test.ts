/** The README's walk through a devnet: each command as printed gives what is printed; "…" stands for lines left out. */
import { readFileSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { ROOT } from "../house/source.js";
import { requireBuild, yuma } from "../support/command.js";
import { startDevnet } from "../support/devnet.js";

requireBuild();

/** Some thirty commands, half a second each, and a few hundred blocks. */
const PATIENCE_MS = 300_000;

interface Step {
  readonly words: readonly string[];
  readonly printed: readonly string[];
}

/** The commands of the first block under the heading, and what follows each. */
function steps(): Step[] {
  const text = readFileSync(`${ROOT}README.md`, "utf8");
  const section = text.split(/^## /m).find((part) => part.startsWith("A network to talk to")) ?? "";
  const block = /^```console\n([\s\S]*?)^```/m.exec(section)?.[1] ?? "";
  return block
    .split(/^\$ /m)
    .filter(Boolean)
    .map((step) => {
      const [command = "", ...printed] = step.trimEnd().split("\n");
      return { words: command.split(" "), printed: printed.filter((line) => line !== "") };
    });
}

/** What was printed, with the lines the README leaves out left out. */
function like(expected: readonly string[], actual: readonly string[]): string[] {
  const shown: string[] = [];
  let at = 0;
  for (const [k, line] of expected.entries()) {
    if (line.trim() !== "…") {
      shown.push(actual[at++] ?? "(nothing)");
      continue;
    }
    const next = expected[k + 1];
    const found = next === undefined ? actual.length : actual.indexOf(next, at);
    if (found >= 0) at = found;
    shown.push(line);
  }
  return [...shown, ...actual.slice(at)];
}

test(
  "from a new subnet to a proposal that is enacted",
  async () => {
    const { child, printed } = await startDevnet();
    onTestFinished(() => void child.kill("SIGKILL"));
    const [first, ...rest] = steps();
    expect(first?.words).toEqual(["yuma", "devnet", "&"]);
    expect(rest.length).toBeGreaterThan(15);
    for (const { words, printed: expected } of rest) {
      expect(words[0]).toBe("yuma");
      const { out, err } = yuma(words.slice(1), "", { YUMA_NODE: printed.webSocket });
      const actual = out.split("\n").filter((line) => line !== "");
      expect({ command: words.join(" "), lines: like(expected, actual), err }).toEqual({
        command: words.join(" "),
        lines: expected,
        err: "",
      });
    }
  },
  PATIENCE_MS,
);
