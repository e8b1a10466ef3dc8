/** One question, three answers: foreseeWeights against its parts. */
import { expect, test } from "vitest";
import { checkWeights, epoch, foreseeWeights, storedRow, whatIf } from "../host/index.js";
import { refusalOf } from "./support/refusal.js";
import { validSnapshot } from "./support/snapshots.js";

const document = {
  ...validSnapshot(),
  netuid: 7,
  minAllowedWeights: 1,
  weightsVersionKey: 0,
  weightsSetRateLimit: 10,
} as never as Parameters<typeof foreseeWeights>[0];
const row = { uids: [2, 0], values: [40_000, 10_000] };
const call = { call: "setWeights", uid: 1, versionKey: 0, ...row } as const;

test("accepted: the stored row, and the epoch with it", () => {
  const { verdict, whatIf: next } = foreseeWeights(document, call);
  expect([verdict.accepted, verdict.effect?.row]).toEqual([true, storedRow(row.uids, row.values)]);
  expect(next).toEqual(whatIf(document, 1, row));
  const weights = document.weights.map((stored, uid) => (uid === 1 ? storedRow(row.uids, row.values) : stored));
  const lastUpdate = Array.from(document.lastUpdate, (stored, uid) =>
    uid === 1 ? Number(document.currentBlock) - 1 : stored,
  );
  const after = epoch({ ...document, weights, lastUpdate });
  expect(next?.own.validatorTrust.after).toBe(BigInt(after.validatorTrust[1] ?? -1));
  expect(next?.own.emission.after).toBe(after.emission[1]);
});

test("refused: by the chain's name, and nothing follows", () => {
  const refused = foreseeWeights(document, { ...call, uids: [2, 2] });
  expect([refused.verdict.error, refused.whatIf]).toEqual(["DuplicateUids", null]);
  const committing = { ...document, commitRevealEnabled: true };
  expect(foreseeWeights(committing, call).verdict.error).toBe("CommitRevealEnabled");
});

test("the call is judged in the block before the epoch", () => {
  const current = Number(document.currentBlock);
  const at = (block: number) => ({
    ...document,
    weightsSetRateLimit: 10,
    lastUpdate: Array.from(document.lastUpdate, (stored, uid) => (uid === 1 ? block : stored)),
  });
  expect(foreseeWeights(at(current - 10), call).verdict.error).toBe("SettingWeightsTooFast");
  expect(foreseeWeights(at(current - 11), call).verdict).toEqual(
    checkWeights({ ...at(current - 11), currentBlock: current - 1 }, call),
  );
});

test("what is no document is refused with its field", () => {
  expect(refusalOf(() => foreseeWeights({ ...document, currentBlock: "soon" } as never, call)).code).toBe("BAD_VALUE");
  const { minAllowedWeights, ...short } = document as unknown as Record<string, unknown>;
  expect(refusalOf(() => foreseeWeights(short as never, call)).details.field).toBe("minAllowedWeights");
});
