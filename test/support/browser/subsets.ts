/** The published vectors answered and summed up, anywhere: a page, a worker, Node. Takes no part of Node. */
import { conformLine } from "../../../host/api/conform.js";
import { inlinedModule } from "../../../host/load/inlined.js";
import { instantiate } from "../../../host/load/kernel.js";

/** A set of published cases and how it is answered. */
export interface Subset {
  readonly cases: string;
  readonly results: string;
  readonly suite: string;
  readonly trace?: boolean;
  /** Answers to a case that are published, where there are more. */
  readonly most?: number;
}

const jsonLines = (set: string, suite: string, more: Partial<Subset> = {}): Subset => ({
  cases: `${set}.cases.jsonl.gz`,
  results: `${set}.results.jsonl.gz`,
  suite,
  ...more,
});

/** Every set that is shipped. */
export const SUBSETS: readonly Subset[] = [
  jsonLines("epoch-small", "epoch"),
  jsonLines("epoch-subnet", "epoch"),
  jsonLines("epoch-traced", "epoch", { trace: true }),
  jsonLines("chain", "chain", { most: 12 }),
  jsonLines("mechanisms", "mechanisms"),
  jsonLines("emission", "emission"),
  jsonLines("pool", "pool"),
  jsonLines("shares", "shares"),
  jsonLines("registration", "registration"),
  jsonLines("weights", "weights"),
  { cases: "fixed.txt.gz", results: "fixed.out.txt.gz", suite: "fixed" },
];

/** The lines of a gzipped file. */
export async function linesAt(url: URL): Promise<string[]> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  const unpacked = (await answer.blob()).stream().pipeThrough(new DecompressionStream("gzip"));
  const text = await new Response(unpacked).text();
  return text.split("\n").filter(Boolean);
}

/** SHA-256 in hexadecimal over lines, each ended by a line feed. */
export async function checksumOf(lines: readonly string[]): Promise<string> {
  const bytes = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The checksum over this package's answers to a subset whose files lie in the folder at `folder`. */
export async function answersChecksum({ cases, suite, trace = false, most }: Subset, folder: string): Promise<string> {
  const kernel = instantiate(inlinedModule());
  const answers: string[] = [];
  for (const line of await linesAt(new URL(cases, folder))) {
    let left = most ?? Number.POSITIVE_INFINITY;
    for (const answer of conformLine(kernel, suite, line, { trace })) {
      if (left-- === 0) break;
      answers.push(answer);
    }
  }
  return checksumOf(answers);
}
