/**
 * Kernel and BigInt twin on random input: every output and every matrix of every epoch, exactly. FC_RUNS=100000 makes it a
 * long hunt, FC_SEED another one.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runChain } from "../host/api/chain.js";
import { runEpoch, runTracedEpoch } from "../host/api/epoch.js";
import { runMechanisms } from "../host/api/mechanisms.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import { oracleChain } from "./oracle/chain.js";
import { oracleEpoch } from "./oracle/epoch.js";
import { totalStake } from "./oracle/masks.js";
import { oracleMechanisms } from "./oracle/mechanisms.js";
import { oracleNull } from "./oracle/null.js";
import { snapshotArbitrary } from "./oracle/random.js";
import { chainArbitrary, mechanismsArbitrary } from "./oracle/randomRuns.js";
import type { ChainCase, EpochSnapshot } from "./oracle/types.js";
import { forAll } from "./support/fuzz.js";
import { plain } from "./support/plain.js";

const kernel = instantiate(inlinedModule());

/** The kernel refuses stakes that no chain can hold; up to there the twin and it must agree. */
const possible = { maxUids: 24, extremeStakes: false };
const later = { ...possible, laterRules: true };

const agrees = (snapshot: EpochSnapshot) =>
  expect(plain(runTracedEpoch(kernel, snapshot))).toStrictEqual(oracleEpoch(snapshot));

describe("one epoch", () => {
  test("under the rules of spec 425", () => forAll(snapshotArbitrary(possible), 800, agrees));

  test("under the rules of every known version, and under records of rules", () =>
    forAll(snapshotArbitrary(later), 800, agrees));

  test("with liquid alpha from spec 446 on: each mode, each penalty, any stored consensus", () => {
    const stored = fc.option(fc.array(fc.oneof(fc.constant(0), fc.nat(65535)), { minLength: 12, maxLength: 12 }));
    const settings = fc.record({
      rules: fc.constantFrom(446, 475),
      bondsPenalty: fc.constantFrom(0, 32768, 65535),
      liquidAlphaConsensusMode: fc.constantFrom("auto", "current", "previous"),
      previousConsensus: stored,
    });
    const both = fc
      .tuple(snapshotArbitrary({ ...possible, maxUids: 12 }), settings)
      .map(([snapshot, { previousConsensus, ...chosen }]): EpochSnapshot => {
        const cut = previousConsensus?.slice(0, snapshot.n) ?? null;
        return { ...snapshot, ...chosen, yuma3: true, liquidAlpha: true, previousConsensus: cut };
      });
    forAll(both, 400, agrees);
  });
});

describe("stakes beyond 2^63 rao", () => {
  test("are refused exactly where their sum cannot be held, and leave the kernel usable", () => {
    const anything = snapshotArbitrary({ maxUids: 8, extremeStakes: true });
    let refused = 0;
    forAll(anything, 400, (snapshot) => {
      const threshold = BigInt(snapshot.stakeThreshold);
      const counted = totalStake(snapshot).filter((bits, uid) => uid === snapshot.ownerUid || bits >> 64n >= threshold);
      if (counted.reduce((sum, bits) => sum + bits, 0n) < 1n << 127n) return agrees(snapshot);
      refused++;
      expect(() => runEpoch(kernel, snapshot)).toThrow(expect.objectContaining({ code: "STAKE_OVERFLOW" }));
    });
    expect(refused).toBeGreaterThan(0);
  });
});

describe("Null mode", () => {
  /** What the published behaviour states; the rest of a result is this kernel's own choice. */
  const agreesInPayment = (snapshot: EpochSnapshot) => {
    const { validator, ...expected } = oracleNull(snapshot);
    const result = plain(runEpoch(kernel, { ...snapshot, epochConsensus: "null" })) as Record<string, unknown>;
    expect(Object.fromEntries(Object.keys(expected).map((field) => [field, result[field]]))).toStrictEqual(expected);
    expect(result.validatorPermit).toStrictEqual(snapshot.alphaStake.map((_, uid) => uid === validator));
  };

  test("pays and stores what the twin does", () => {
    const nullSubnet = snapshotArbitrary(possible).map((snapshot) => ({ ...snapshot, rules: 475 }));
    forAll(nullSubnet, 800, agreesInPayment);
  });

  test("so it does without the owner's privilege", () => {
    const rules = {
      specVersion: null,
      liquidAlphaConsensus: "perSubnet",
      nullMode: true,
      bondsMask: "lastEpoch",
      ownerPrivilege: false,
      perSubnetBonds: true,
    } as const;
    forAll(
      snapshotArbitrary({ ...possible, maxUids: 6 }).map((snapshot) => ({ ...snapshot, rules })),
      200,
      agreesInPayment,
    );
  });
});

describe("runs of several epochs", () => {
  const runAgrees = (run: ChainCase) => {
    const ours = [...runChain(kernel, run)].map(({ currentBlock, ...result }) => ({
      ...(plain(result) as object),
      currentBlock: Number(currentBlock),
    }));
    const theirs = [...oracleChain(run)].map((result) => {
      const { weightsBits, weightsForBondsBits, emaBondsBits, ...stored } = result;
      return stored;
    });
    expect(ours).toStrictEqual(theirs);
  };
  const runs = chainArbitrary({ ...later, maxUids: 12 });

  test("under any rules", () => forAll(runs, 150, runAgrees));

  test("with liquid alpha that looks back, from an epoch before which nothing was stored", () => {
    const mode = fc.constantFrom("auto", "previous");
    const lookingBack = fc.tuple(runs, mode).map(
      ([run, liquidAlphaConsensusMode]): ChainCase => ({
        ...run,
        ...{ rules: 446, yuma3: true, liquidAlpha: true, bondsPenalty: 65535 },
        ...{ liquidAlphaConsensusMode, previousConsensus: null },
      }),
    );
    forAll(lookingBack, 150, runAgrees);
  });
});

test("subnets of several mechanisms", () => {
  forAll(mechanismsArbitrary({ ...later, maxUids: 12 }), 250, (subnet) => {
    expect(plain(runMechanisms(kernel, subnet))).toStrictEqual(oracleMechanisms(subnet));
  });
});
