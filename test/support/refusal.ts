/** Refusals: every one is a YumaError whose sentence can be read and whose details survive JSON. */
import { expect } from "vitest";
import { YumaError } from "../../host/errors.js";

const LONGEST_SENTENCE = 400;

/** What `work` throws, which must be a YumaError fit to be shown. */
export function refusalOf(work: () => unknown): YumaError {
  try {
    work();
  } catch (error) {
    return fitToShow(error);
  }
  return expect.fail("accepted what should be refused");
}

/** As `refusalOf`, of a promise. */
export async function rejectionOf(work: Promise<unknown>): Promise<YumaError> {
  const outcome = await work.then(
    () => null,
    (error: unknown) => ({ error }),
  );
  return outcome === null ? expect.fail("accepted what should be refused") : fitToShow(outcome.error);
}

/** Checks that an error is a YumaError, and not a defect, with one readable sentence and details JSON can hold. */
export function fitToShow(error: unknown): YumaError {
  if (!(error instanceof YumaError)) throw error;
  expect(error.code).toMatch(/^[A-Z][A-Z_]+$/);
  expect(error.code, error.message).not.toBe("INTERNAL");
  // One line, not long, beginning with a word and ending as a sentence does.
  expect(error.message).toMatch(/^[A-Za-z0-9"/'-].*[.?]$/);
  expect(error.message.length).toBeLessThan(LONGEST_SENTENCE);
  expect(error.message).not.toMatch(/\[object|undefined is not|\bNaN is not|RuntimeError|TypeError/);
  for (const value of leaves(error.details)) {
    const plain = value === null || ["string", "boolean"].includes(typeof value) || Number.isFinite(value);
    expect(plain, `details of ${error.code}: ${String(value)}`).toBe(true);
  }
  return error;
}

function leaves(value: unknown): unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leaves) : [value];
}
