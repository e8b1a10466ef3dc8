/** Signatures over workers, as the package ships them, and the order of calls that are verified at the same time. */
import { describe, expect, it } from "vitest";
import type { VerifySignature } from "../../host/ledger/accounts/keys.js";
import { calls, type LedgerOptions, signerOf } from "../../host/ledger/index.js";
import { ANN, CLO, trustingLedger } from "../support/ledger.js";
import { rejectionOf } from "../support/refusal.js";

const BUILT = "../../dist/host/ledger/index.js";
const { signatureWorkers }: typeof import("../../host/ledger/index.js") = await import(BUILT);
const pay = (amountRao: bigint) => calls.balances.transferKeepAlive({ to: CLO.address, amountRao });

describe("workers", () => {
  const alice = signerOf("//Alice");
  const message = new TextEncoder().encode("a message");
  const signature = alice.sign(message);

  it("find right signatures right and wrong ones wrong, each its own", async () => {
    const workers = signatureWorkers(2);
    const wrong = signature.map((byte, k) => (k === 7 ? byte ^ 1 : byte));
    const verdicts = [true, false, true, true, false, false, true].map(async (isGenuine) => [
      isGenuine,
      await workers.verifySignature(message, isGenuine ? signature : wrong, alice.account),
    ]);
    for (const [wanted, got] of await Promise.all(verdicts)) expect(got).toBe(wanted);
    expect(await workers.verifySignature(message, signature.subarray(1), alice.account)).toBe(false);
    await workers.close();
  });

  it("that are closed leave nobody waiting", async () => {
    const workers = signatureWorkers(1);
    const asked = workers.verifySignature(message, signature, alice.account) as Promise<boolean>;
    const refusal = expect(asked).rejects.toMatchObject({ code: "BAD_STATE" });
    await workers.close();
    await refusal;
    const later = workers.verifySignature(message, signature, alice.account) as Promise<boolean>;
    await expect(later).rejects.toMatchObject({ code: "BAD_STATE" });
  });

  it.each([0, 1025, 1.5])("there are not %d of them", (count) => {
    expect(() => signatureWorkers(count)).toThrow(expect.objectContaining({ code: "BAD_VALUE" }));
  });
});

describe("calls verified at the same time", () => {
  /** A verifier whose first answers come last. */
  const turned = (): VerifySignature => {
    let asked = 0;
    return () => new Promise((answer) => setTimeout(() => answer(true), 20 - 4 * asked++));
  };
  const slow = (options: Partial<LedgerOptions>) => trustingLedger({ verifySignature: turned(), ...options });

  it("wait in the order they were submitted", async () => {
    const ledger = await slow({});
    const signed = [1, 2, 3, 4].map((k) => ledger.sign(ANN, pay(1000n + BigInt(k)), { nonce: k - 1 }));
    await Promise.all(signed.map((one) => ledger.submit(one)));
    expect(await ledger.produceBlock()).toMatchObject({ calls: 4, refused: [] });
  });

  it("fail each by itself", async () => {
    const ledger = await slow({});
    const good = [0, 1].map((nonce) => ledger.sign(ANN, pay(1000n), { nonce }));
    const outcomes = [good[0]!, Uint8Array.of(1), good[0]!, good[1]!].map((one) => ledger.submit(one));
    const refused = [rejectionOf(outcomes[1]!), rejectionOf(outcomes[2]!)];
    await Promise.all([outcomes[0], outcomes[3]]);
    const [bytes, stale] = await Promise.all(refused);
    expect([bytes!.code, stale!.details.error]).toEqual(["BAD_BINARY", "InvalidTransaction.Stale"]);
    expect((await ledger.produceBlock()).calls).toBe(2);
  });
});
