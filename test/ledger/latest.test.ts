/** What is computed once and asked twice, and the hash that is the platform's where it can be. */
import { sha256 as inJavaScript } from "@noble/hashes/sha2.js";
import fc from "fast-check";
import { expect, it } from "vitest";
import { keepingLatest } from "../../host/ledger/rules/latest.js";
import { sha256 } from "../../host/ledger/sha256.js";

it("a kept answer is given for the same arguments only: amounts by value, objects by identity", () => {
  let computed = 0;
  const shares: readonly bigint[] = [1n, 2n];
  const ask = keepingLatest((of: readonly bigint[], amount: bigint, side: string | null) => {
    computed++;
    return `${of.join()} ${amount} ${side}`;
  });
  const answers = [
    ask(shares, 2n ** 70n, "buy"),
    ask(shares, 2n ** 35n * 2n ** 35n, "buy"),
    ask([1n, 2n], 2n ** 70n, "buy"),
    ask(shares, 2n ** 70n, "sell"),
    ask(shares, 2n ** 70n + 1n, "sell"),
    ask(shares, 2n ** 70n + 1n, null),
  ];
  expect(computed).toBe(5);
  expect(new Set(answers).size).toBe(4);
});

it("a failure is not kept", () => {
  const ask = keepingLatest((of: bigint) => {
    if (of === 1n) throw new Error("one");
    return of;
  });
  expect(ask(2n)).toBe(2n);
  expect(() => ask(1n)).toThrow("one");
  expect(() => ask(1n)).toThrow("one");
  expect(ask(2n)).toBe(2n);
});

it("SHA-256 is that of pages, byte for byte, of bytes within a buffer too", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(9), (bytes, from) => {
      const part = bytes.subarray(from);
      expect([...sha256(part)]).toEqual([...inJavaScript(part)]);
    }),
  );
});
