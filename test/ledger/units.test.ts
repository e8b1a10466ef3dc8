/** Every argument of every call says its unit: by how its name ends, or as one of the field's own terms, listed here with what they mean. */
import { expect, it } from "vitest";
import { compactRao } from "../../host/ledger/calls/arguments.js";
import { ALL_CALLS } from "../../host/ledger/calls/index.js";
import * as numbers from "../../host/ledger/calls/numbers.js";

const ENDINGS = /(Rao|Blocks|Epochs|Days|Seconds|Bits|Milli|Millionths)$/;

/** Numbers whose names are terms or counts. */
const TERMS: Readonly<Record<string, string>> = {
  netuid: "a subnet",
  originNetuid: "a subnet",
  destinationNetuid: "a subnet",
  proposal: "its number",
  nonce: "any number",
  blockNumber: "a block",
  blocks: "blocks",
  epochs: "tempos",
  tempo: "blocks",
  percent: "percent",
  quorum: "millionths",
  approval: "millionths",
  kappa: "of 65535",
  take: "of 65535",
  defaultTake: "of 65535",
  subnetOwnerCut: "of 65535",
  bondsPenalty: "of 65535",
  alphaLow: "of 65535",
  alphaHigh: "of 65535",
  bondsMovingAverage: "of a million",
  adjustmentAlpha: "of 2^64 − 1",
  burn: "of 2^64 − 1",
  steepness: "hundredths",
  rho: "no unit",
  difficulty: "no unit",
  minDifficulty: "no unit",
  maxDifficulty: "no unit",
  immuneNeurons: "how many",
  maxAllowedUids: "how many",
  minAllowedUids: "how many",
  minNonImmuneUids: "how many",
  maxAllowedValidators: "how many",
  maxEpochsPerBlock: "how many",
  maxMechanismCount: "how many",
  mechanismCount: "how many",
  maxN: "how many",
  maxRegistrationsPerBlock: "how many",
  targetRegistrationsPerInterval: "how many",
  maxSubnets: "how many",
  minAllowedWeights: "how many",
  proposals: "how many",
  rank: "which, from the largest",
  version: "which",
  weightsVersionKey: "which",
  ip: "an address",
  ipType: "4 or 6",
  port: "a port",
  protocol: "which",
  placeholder1: "none",
  placeholder2: "none",
};

const NUMBERS = new Set<unknown>([...Object.values(numbers), compactRao]);
const AMOUNTS = new Set<unknown>([numbers.rao, compactRao]);
const all = ALL_CALLS.flatMap(({ name: call, arguments: list }) =>
  Object.entries(list).map(([name, argument]) => ({ call, name, argument: argument as unknown })),
);

it("an amount ends in Rao, whatever ends in Rao is an amount or may be none", () => {
  for (const { call, name, argument } of all) {
    if (AMOUNTS.has(argument)) expect(`${call} ${name}`).toMatch(/Rao$/);
    else if (name.endsWith("Rao")) expect(NUMBERS.has(argument), `${call} ${name}`).toBe(false);
  }
});

it("a number ends in its unit or is a term", () => {
  const plain = all.filter(({ name, argument }) => NUMBERS.has(argument) && !ENDINGS.test(name));
  expect([...new Set(plain.map(({ name }) => name))].sort()).toEqual(Object.keys(TERMS).sort());
});
