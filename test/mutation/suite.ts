/**
 * The suite mutants must fail: published vectors, seeded epochs answered by the BigInt twin, and refusals. Right answers
 * never come from the kernel; the kernel only fixes the order of fields in which they are written.
 */
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { makeSubnet } from "../../bench/subnet.js";
import { toJson } from "../../host/json.js";
import type { Kernel } from "../../host/load/kernel.js";
import { edgeLines, edgeSnapshots } from "../oracle/edges.js";
import { oracleEpoch } from "../oracle/epoch.js";
import { FORMATS, operationsOf, oracleLine } from "../oracle/fixed.js";
import { AS_ALLOWED } from "../oracle/fusedEdge.js";
import { fusedEdges } from "../oracle/fusedEdges.js";
import { activity, normalizedStake, rawStake } from "../oracle/masks.js";
import { oracleNull } from "../oracle/null.js";
import { operands } from "../oracle/operands.js";
import { oraclePool } from "../oracle/pool.js";
import { snapshotArbitrary } from "../oracle/random.js";
import type { EpochSnapshot } from "../oracle/types.js";
import { plain } from "../support/plain.js";
import { lines, records } from "../support/vectors.js";
import type { Area } from "./areas.js";
import { callsOf } from "./beside.js";
import { answerOf, type Draft, type Item, kernelOf, type Question } from "./judge.js";
import { OF_EMISSION, OF_POOL, OF_ROWS, REFUSED, type RefusalName, refusalText } from "./refusals.js";

const SEED = 77;
/** Uids from which on an epoch is counted, and answered by the twin in its own test alone. */
const COUNTED_BY_TWIN = 100;
const CHAIN_EPOCHS = 12;
const SUBNETS = 6;
/** Lines the twin answers, for each operation of each format. */
const LINES_PER_OPERATION = 200;
/** Cases by both paths, and how many of them are one question. */
const PATH_CASES = 20_000;
const PATH_BATCH = 250;
/** Operations of the emission suite that are of other areas: of mechanisms, and of numbers. */
const OF_MECHANISMS = /"op":"(split_emissions|weighted_acc)"/;
const OF_NUMBERS = /"op":"safe_pow"/;
const OF_EMISSION_ITSELF = /"op":"(?!split_emissions|weighted_acc|safe_pow)/;
const NULL_FIELDS = ["serverEmission", "validatorEmission", "emission", "validatorPermit", "bonds"] as const;

/** An area's suite, quick to refute first, or its first `most` items; throws where the kernel itself gives another answer. */
export function makeSuite(bytes: Uint8Array<ArrayBuffer>, area: Area, most = Number.POSITIVE_INFINITY): Item[] {
  const kernel = kernelOf(bytes);
  const items: Item[] = [];
  for (const [question, expected] of SUITES[area]()) {
    if (items.length >= most) break;
    items.push(itemOf(kernel, question, expected));
  }
  return items;
}

const SUITES: Readonly<Record<Area, () => Generator<Draft>>> = {
  *numbers() {
    yield* vectors("epoch-traced", "epoch");
    yield* published("weights");
    yield* published("emission", OF_NUMBERS);
    yield* published("emission", OF_MECHANISMS);
    yield* besideEpochs();
    yield* twin();
    yield* paths();
    yield* fixed();
    yield* refusalDrafts(EVERY_REFUSAL);
    yield* nullMode();
    yield* explained();
    yield* longEpochs();
  },
  *consensus() {
    yield* vectors("epoch-traced", "epoch");
    yield* twin();
    yield* paths();
    yield* published("emission", OF_MECHANISMS);
    yield* fixed("alpha_sigmoid");
    yield* refusalDrafts(OF_EPOCHS);
    yield* counted();
    yield* nullMode();
    yield* explained();
    yield* longEpochs();
  },
  *fused() {
    yield* vectors("epoch-traced", "epoch");
    yield* counted();
    yield* twin();
    yield* paths();
    yield* refusalDrafts(OF_EPOCHS);
    yield* longEpochs();
  },
  *emission() {
    yield* calls("emission");
    yield* published("emission", OF_EMISSION_ITSELF);
    yield* published("registration");
    yield* refusalDrafts(OF_EMISSION);
  },
  *pool() {
    yield* calls("pool");
    yield* emptyPools();
    yield* published("pool");
    yield* published("shares");
    yield* refusalDrafts(OF_POOL);
  },
};

const EVERY_REFUSAL = Object.keys(REFUSED) as RefusalName[];
const OF_EPOCHS = EVERY_REFUSAL.filter((name) => ![...OF_EMISSION, ...OF_POOL, ...OF_ROWS].includes(name));

/** What both areas beside the epoch are asked. */
function* besideEpochs(): Generator<Draft> {
  yield* SUITES.emission();
  yield* SUITES.pool();
}

function* longEpochs(): Generator<Draft> {
  yield* vectors("mechanisms", "mechanisms");
  yield* vectors("epoch-small", "epoch");
  yield* chains();
  yield* vectors("epoch-subnet", "epoch").slice(0, SUBNETS);
}

function* calls(area: "emission" | "pool"): Generator<Draft> {
  for (const [name, input, expected] of callsOf(area)) yield [{ kind: "call", name, input }, expected];
}

function itemOf(kernel: Kernel, question: Question, expected: unknown): Item {
  const answer = answerOf(kernel, question);
  const same = typeof expected === "string" ? answer === expected : isDeepStrictEqual(parsed(answer), plain(expected));
  if (!same) throw new Error(`The kernel itself is wrong: ${JSON.stringify(question).slice(0, 400)} → ${answer}`);
  return { question, answer };
}

function parsed(answer: string): unknown {
  return answer.includes("\n") ? answer.split("\n").map((line) => JSON.parse(line)) : JSON.parse(answer);
}

function vectors(set: string, kind: "epoch" | "mechanisms"): Draft[] {
  const results = records<object>(`${set}.results.jsonl.gz`);
  return records(`${set}.cases.jsonl.gz`).map((input, k): Draft => {
    const expected = results[k] as object;
    return kind === "epoch" ? [{ kind, input, fields: Object.keys(expected) }, expected] : [{ kind, input }, expected];
  });
}

/** Published answers, byte for byte, to the cases that are of a kind. */
function published(suite: string, kind = /./): Draft[] {
  const answers = lines(`${suite}.results.jsonl.gz`);
  return lines(`${suite}.cases.jsonl.gz`)
    .map((input, k): Draft => [{ kind: "conform", suite, input }, answers[k]])
    .filter(([question]) => kind.test(String((question as { input: string }).input)));
}

/** Pools with nothing in them, begun at a price: no vector has one. */
function emptyPools(): Draft[] {
  return [0n, 1n << 64n].map((price): Draft => {
    const given = { op: "init", alphaReserve: "0", taoReserve: "0", quoteWeight: null, price: price.toString() };
    const answer = toJson({ name: "empty", op: "init", ...oraclePool(given) });
    return [{ kind: "conform", suite: "pool", input: toJson({ name: "empty", ...given }) }, answer];
  });
}

/** The epochs' block is a number in the vectors and an amount in the host. */
function chains(): Draft[] {
  const results = records<{ currentBlock: number }>("chain.results.jsonl.gz");
  return records<object>("chain.cases.jsonl.gz").map((input, k): Draft => {
    const expected = results.slice(k * CHAIN_EPOCHS, (k + 1) * CHAIN_EPOCHS);
    const own = expected.map((result) => ({ ...result, currentBlock: String(result.currentBlock) }));
    return [{ kind: "chain", input: { ...input, epochs: CHAIN_EPOCHS } }, own];
  });
}

/** Lines of fixed point, all or those of an operation. */
function fixed(operation = ""): Draft[] {
  const answers = lines("fixed.out.txt.gz");
  const published = lines("fixed.txt.gz").map((input, k): Draft => [{ kind: "fixed", input }, answers[k]]);
  // Spread, so that a mutant of any operation soon meets a line about it.
  const all = [
    ...fixedTwin(),
    ...published.filter((_, k) => k % 16 === 0),
    ...published.filter((_, k) => k % 16 !== 0),
  ];
  return all.filter(([question]) => String((question as { input: string }).input).includes(operation));
}

function fixedTwin(): Draft[] {
  const edges = edgeLines().map((input): Draft => [{ kind: "fixed", input }, oracleLine(input)]);
  return [...edges, ...fixedRandom()];
}

function fixedRandom(): Draft[] {
  return FORMATS.flatMap((format) =>
    operationsOf(format).flatMap((operation) =>
      fc.sample(operands(format, operation), { seed: SEED, numRuns: LINES_PER_OPERATION }).map((texts): Draft => {
        const input = `${format.name}.${operation} ${texts}`;
        return [{ kind: "fixed", input }, oracleLine(input)];
      }),
    ),
  );
}

function refusalDrafts(names: readonly RefusalName[]): Draft[] {
  return names.map((input): Draft => [{ kind: "refusal", input }, refusalText(input)]);
}

/** Seeded snapshots under any rules. */
function snapshots(numRuns: number, seed: number): EpochSnapshot[] {
  return fc.sample(snapshotArbitrary({ maxUids: 12, extremeStakes: false, laterRules: true }), { numRuns, seed });
}

/** Subnets with more uids than a word of a bit set has bits, and with more validators than are allowed. */
function madeSubnets(): EpochSnapshot[] {
  return [false, true].flatMap((yuma3) =>
    [32768, 65535].map((bondsPenalty): EpochSnapshot => {
      const made = makeSubnet({
        n: 130,
        validators: 9,
        density: 0.6,
        seed: 3,
        yuma3,
        liquidAlpha: false,
        bondsPenalty,
      });
      return { ...(made as EpochSnapshot), maxAllowedValidators: 5, ownerUid: 100 };
    }),
  );
}

function twin(): Draft[] {
  return [...edgeSnapshots(), ...snapshots(400, SEED), ...madeSubnets()].map(epochBy);
}

/** Epochs chosen for the fused path, and what they may fall back on. */
function* counted(): Generator<Draft> {
  for (const { snapshot, allowed } of fusedEdges()) {
    yield [{ kind: "counts", input: snapshot, allowed }, AS_ALLOWED];
    if (snapshot.n < COUNTED_BY_TWIN) yield epochBy(snapshot);
  }
}

function epochBy(input: EpochSnapshot): Draft {
  const expected = oracleEpoch(input);
  return [{ kind: "epoch", input, fields: Object.keys(expected) }, expected];
}

/** Both paths through the epoch, as the long hunt compares them; a mutant of either is one path against the other. */
function paths(): Draft[] {
  return Array.from({ length: PATH_CASES / PATH_BATCH }, (_, k): Draft => {
    return [{ kind: "paths", from: k * PATH_BATCH, cases: PATH_BATCH }, "agree"];
  });
}

function explained(): Draft[] {
  return snapshots(40, SEED + 1).map((input, k): Draft => [{ kind: "explain", input, uid: k % input.n }, "adds up"]);
}

function nullMode(): Draft[] {
  // Without weights, the block of new bonds is as small as the stored one.
  const bare = edgeSnapshots().map((snapshot) => ({ ...snapshot, weights: snapshot.weights.map(() => []) }));
  return [...edgeSnapshots(), ...bare, ...snapshots(120, SEED + 2)].map((snapshot): Draft => {
    const input = { ...snapshot, rules: 475, epochConsensus: "null" };
    const { validator, ...expected } = oracleNull({ ...snapshot, rules: 475 });
    const rao = BigInt(snapshot.raoEmission);
    const validators = validator === null ? 0n : rao / 2n;
    const shares = (parts: readonly string[], whole: bigint) =>
      parts.map((part) => (whole === 0n ? "0" : String((BigInt(part) << 32n) / whole)));
    const bits = {
      incentiveBits: shares(expected.serverEmission, rao - validators),
      dividendsBits: shares(expected.validatorEmission, validators),
      consensusBits: snapshot.alphaStake.map(() => "0"),
      validatorTrustBits: snapshot.alphaStake.map(() => "0"),
      stakeBits: normalizedStake({ ...snapshot, rules: 475 }).map(String),
      active: activity(snapshot),
      stake: rawStake(snapshot).map(String),
      weightsForBondsBits: snapshot.alphaStake.map(() => []),
      emaBondsBits: snapshot.alphaStake.map(() => []),
    };
    return [
      { kind: "epoch", input, fields: [...NULL_FIELDS, ...Object.keys(bits)] },
      { ...expected, ...bits },
    ];
  });
}
